"""What the inbox stores, by noun."""

from twoway.desk.inbox.models.conversation import (
    Box,
    Conversation,
    ConversationChannel,
    ConversationTag,
    Count,
    Tag,
)
from twoway.desk.inbox.models.post import Gone, Mark, Post, Reference, Signal, Thread
from twoway.desk.inbox.models.rejudging import Rejudging
from twoway.desk.inbox.models.teamwork import (
    Draft,
    ExpertQuestion,
    Mention,
    Note,
    Presence,
    SavedView,
)

__all__ = [
    "Box",
    "Conversation",
    "ConversationChannel",
    "ConversationTag",
    "Count",
    "Draft",
    "ExpertQuestion",
    "Gone",
    "Mark",
    "Mention",
    "Note",
    "Post",
    "Presence",
    "Reference",
    "Rejudging",
    "SavedView",
    "Signal",
    "Tag",
    "Thread",
]

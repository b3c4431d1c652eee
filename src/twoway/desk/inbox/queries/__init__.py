"""What pages ask of the inbox. Who may see it stands in every name; nothing of others is found."""

from twoway.desk.inbox.queries.counted import Counted, counts_for_observer
from twoway.desk.inbox.queries.dressing import Row, Said, Who
from twoway.desk.inbox.queries.exchange import Window
from twoway.desk.inbox.queries.joining import Joining, worth_joining_for_observer
from twoway.desk.inbox.queries.lists import Filters, Page, list_for_observer
from twoway.desk.inbox.queries.one import (
    conversation_for_observer,
    conversation_for_suggests,
    conversation_for_voice,
    draft_for_suggests,
    mentions_of,
    post_for_observer,
    post_for_suggests,
    post_for_voice,
    tags_for_observer,
    views_for_observer,
)
from twoway.desk.inbox.queries.person import PersonShown, history_for_observer
from twoway.desk.inbox.queries.rejudged import rejudging_for_observer
from twoway.desk.inbox.queries.search import Found, Hit, Narrowed, search_for_observer
from twoway.desk.inbox.queries.talk import Talk, talk_for_observer, thread_for_observer

__all__ = [
    "Counted",
    "Filters",
    "Found",
    "Hit",
    "Joining",
    "Narrowed",
    "Page",
    "PersonShown",
    "Row",
    "Said",
    "Talk",
    "Who",
    "Window",
    "conversation_for_observer",
    "conversation_for_suggests",
    "conversation_for_voice",
    "counts_for_observer",
    "draft_for_suggests",
    "history_for_observer",
    "list_for_observer",
    "mentions_of",
    "post_for_observer",
    "post_for_suggests",
    "post_for_voice",
    "rejudging_for_observer",
    "search_for_observer",
    "tags_for_observer",
    "talk_for_observer",
    "thread_for_observer",
    "views_for_observer",
    "worth_joining_for_observer",
]

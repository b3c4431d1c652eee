"""What teammates do in the inbox. Each takes the teammate first, and checks what they may."""

from twoway.desk.inbox.services.bulk import BULK, in_bulk
from twoway.desk.inbox.services.deciding import (
    correct_kind,
    keep_promise,
    mark_spam,
    no_answer_needed,
    promise,
)
from twoway.desk.inbox.services.drafting import (
    Saved,
    be_present,
    discard_draft,
    leave,
    save_draft,
)
from twoway.desk.inbox.services.sorting import (
    assign,
    drop_view,
    hand_over,
    keep_view,
    snooze,
    tag,
    untag,
    wake,
)
from twoway.desk.inbox.services.talking import (
    UnknownQuestion,
    answer_of_expert,
    ask_expert,
    note,
    see_mentions,
)

__all__ = [
    "BULK",
    "Saved",
    "UnknownQuestion",
    "answer_of_expert",
    "ask_expert",
    "assign",
    "be_present",
    "correct_kind",
    "discard_draft",
    "drop_view",
    "hand_over",
    "in_bulk",
    "keep_promise",
    "keep_view",
    "leave",
    "mark_spam",
    "no_answer_needed",
    "note",
    "promise",
    "save_draft",
    "see_mentions",
    "snooze",
    "tag",
    "untag",
    "wake",
]

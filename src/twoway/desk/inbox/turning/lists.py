"""The lists that a conversation stands in besides its box: by tag, and by further channels."""

from collections.abc import Mapping, Sequence
from operator import attrgetter

from twoway.desk.database import ask, change, insert
from twoway.desk.inbox.models import Conversation, ConversationChannel


def follow(rows: Sequence[Conversation], further: Mapping[int, frozenset[int]]) -> None:
    """Bring tags and further channels to the boxes and ranks that conversations now have.

    `further` are channels by the identity of the row object, since new rows had no id.
    """
    order([row.pk for row in rows])
    wanted = {(row.pk, channel) for row in rows for channel in further.get(id(row), ())}
    here = {
        (conversation, channel)
        for conversation, channel in ask(
            "select conversation_id, channel_id from inbox_conversationchannel "
            "where conversation_id in (%s)",
            [row.pk for row in rows],
        )
    }
    for conversation, channel in here - wanted:
        ConversationChannel.objects.filter(
            conversation_id=conversation, channel_id=channel
        ).delete()
    by_pk = {row.pk: row for row in rows}
    insert(
        ConversationChannel,
        ("conversation_id", "channel_id", *_ORDERED),
        [(pk, channel, *_ordered(by_pk[pk])) for pk, channel in sorted(wanted - here)],
    )


_ORDERED = ("organisation_id", "box", "rank", "assignee", "kind", "language")
"""What lists by further channel are ordered and filtered by."""
_ordered = attrgetter("organisation_id", "box", "rank", "assignee_id", "kind", "language")

_FOLLOWING = {
    "inbox_conversationchannel": "",
    "inbox_conversationtag": "channel = c.channel_id, ",
}
"""The tables that follow, and what one of them keeps besides."""


def order(conversations: Sequence[int]) -> None:
    """Copy what lists by tag and by further channel are ordered and filtered by."""
    if not conversations:
        return
    for table, also in _FOLLOWING.items():
        change(
            f"update {table} set {also}box = c.box, rank = c.rank, assignee = c.assignee_id, "
            "kind = c.kind, language = c.language from inbox_conversation c "
            f"where c.id = {table}.conversation_id and {table}.conversation_id in (%s)",
            conversations,
        )

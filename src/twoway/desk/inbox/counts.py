"""How many conversations lie where: rows kept by whoever moves one, because counting all grows."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection

from twoway.desk.inbox.models import Box, Conversation, ConversationChannel, Count

KIND_WORD = 0
"""The lane of kind words has no box of its own, so it counts under 0."""

Place = tuple[int, int, int]
"""Box, channel (0: all), assignee (0: nobody)."""

Deltas = Counter[Place]


def places(
    box: int, kind_word_rank: int | None, assignee: int | None, channels: Iterable[int]
) -> list[Place]:
    """Return where one conversation counts."""
    boxes = ([] if box == Box.GONE else [box]) + ([] if kind_word_rank is None else [KIND_WORD])
    return [(b, channel, assignee or 0) for b in boxes for channel in (0, *channels)]


def places_of(row: Conversation) -> list[Place]:
    """Return where a stored conversation counts."""
    further = ConversationChannel.objects.filter(conversation_id=row.pk)
    channels = [row.channel_id, *further.values_list("channel_id", flat=True)]
    return places(row.box, row.kind_word_rank, row.assignee_id, channels)


def change(organisation: int, deltas: Deltas) -> None:
    """Add to the counts; last in a transaction, because everybody changes these rows."""
    rows = sorted((place, n) for place, n in deltas.items() if n)
    if not rows:
        return
    marks = ", ".join(["(%s, %s, %s, %s, %s)"] * len(rows))
    given = [value for place, n in rows for value in (organisation, *place, n)]
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into inbox_count (organisation_id, box, channel, assignee, conversations) "
            f"values {marks} on conflict (organisation_id, box, channel, assignee) do update "
            "set conversations = inbox_count.conversations + excluded.conversations",
            given,
        )


def recount(organisation: int) -> int:
    """Count everything anew; return how many counts were wrong.

    Holds off whoever would change a count meanwhile: they commit before this reads, or after it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("lock table inbox_count in share row exclusive mode")
    further: dict[int, list[int]] = {}
    pairs = ConversationChannel.objects.filter(organisation_id=organisation)
    for conversation, channel in pairs.values_list("conversation_id", "channel_id"):
        further.setdefault(conversation, []).append(channel)
    right: Deltas = Counter()
    rows = Conversation.objects.filter(organisation_id=organisation).exclude(box=Box.GONE)
    for pk, box, kind_word, assignee, channel in rows.values_list(
        "pk", "box", "kind_word_rank", "assignee_id", "channel_id"
    ).iterator():
        right.update(places(box, kind_word, assignee, [channel, *further.get(pk, ())]))
    stored = {
        (box, channel, assignee): n
        for box, channel, assignee, n in Count.objects.filter(
            organisation_id=organisation
        ).values_list("box", "channel", "assignee", "conversations")
    }
    right.subtract(stored)
    change(organisation, right)
    return sum(1 for n in right.values() if n)

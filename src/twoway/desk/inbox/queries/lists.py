"""The lists: our turn and its sisters, a page at a time, at the same cost wherever one is in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twoway.desk.database import RowAfter, ask, fetch
from twoway.desk.inbox.models import Box, Conversation, ConversationTag
from twoway.desk.inbox.queries.dressing import Row, dress
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate

KIND_WORD = "kind_word"
"""The lane beside the boxes."""

LOOKED_THROUGH = 20_000
"""Rows of an index looked through for one page that has several filters: 2 to 5 ms.

What lies beyond is the next page, so that no page costs more because the archive is larger.
"""

LINKS_LOOKED_UP = 500
"""Links of conversations to a further channel that are looked up for a page with other filters."""

Place = tuple[int, int]
"""Rank and id: where a page begins or ends."""

_TOP = (-(2**63), -(2**63))
"""Said even on a first page: without it SQLite may take another index and sort a whole box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which list, and what of it. `assignee` is "mine", "nobody" or a teammate's id."""

    box: int | str = Box.OURS
    channel: int | None = None
    assignee: str | int | None = None
    kind: str = ""
    tag: str = ""
    language: str = ""


@dataclass(slots=True)
class Page:
    """Some rows, and where the next page begins; None at the end."""

    rows: list[Row]
    next: str | None


def list_for_observer(
    teammate: Teammate, filters: Filters, after: str | None = None, size: int = 50
) -> Page:
    """Return a page of a list, beginning after the place that the page before gave.

    With several filters a page may hold few rows, or none, and still name a next one.
    """
    needs(teammate, "observer")
    narrowed = _narrowed(teammate, filters)
    place = _place(after)
    if filters.box == KIND_WORD:
        found, end = _of_lane(teammate, filters.tag, narrowed, place, size), None
    else:
        found, end = _of_box(teammate, filters, narrowed, place, size)
    rank = "kind_word_rank" if filters.box == KIND_WORD else "rank"
    if filters.channel is not None and not filters.tag:
        found, end = _with_further(teammate, filters, place or _TOP, [*found], end, size)
    shown = found[:size]
    if len(found) > size:
        end = (getattr(shown[-1], rank), shown[-1].pk)
    return Page(dress(shown), None if end is None else f"{end[0]}.{end[1]}")


def carried(text: str | None) -> int | None:
    """Return a number that a page's address carries; None where it carries none."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 19:
        return None
    found = int(text)
    return found if found < 2**63 else None


def _place(after: str | None) -> Place | None:
    """Return a page's beginning; a torn one begins at the top."""
    rank, _, number = (after or "").partition(".")
    try:
        place = int(rank), int(number)
    except ValueError:
        return None
    return place if all(-(2**63) <= n < 2**63 for n in place) else None


def _narrowed(teammate: Teammate, filters: Filters) -> dict[str, Any]:
    """Return the filters by column, first the one that usually leaves least."""
    found: dict[str, Any] = {}
    if filters.channel is not None:
        found["channel"] = filters.channel
    if filters.assignee == "mine":
        found["assignee"] = teammate.pk
    elif isinstance(filters.assignee, int):
        found["assignee"] = filters.assignee
    if filters.language:
        found["language"] = filters.language
    if filters.kind:
        found["kind"] = filters.kind
    if filters.assignee == "nobody":
        found["assignee"] = None
    return found


def _of_lane(
    teammate: Teammate, tag: str, narrowed: Mapping[str, Any], place: Place | None, size: int
) -> list[Conversation]:
    """Return rows of the lane for kind words, which holds what a week brought."""
    rows = Conversation.objects.filter(
        organisation_id=teammate.organisation_id, kind_word_rank__isnull=False, **narrowed
    )
    if tag:
        tagged = ConversationTag.objects.filter(
            tag__organisation_id=teammate.organisation_id, tag__name=tag
        )
        rows = rows.filter(pk__in=tagged.values("conversation_id"))
    if place is not None:
        rows = rows.filter(RowAfter(("kind_word_rank", "id"), place))
    return list(rows.order_by("kind_word_rank", "id")[: size + 1])


def _of_box(
    teammate: Teammate,
    filters: Filters,
    narrowed: Mapping[str, Any],
    place: Place | None,
    size: int,
) -> tuple[list[Conversation], Place | None]:
    """Return rows of a box, and where it stopped looking if that was before the end."""
    if len(narrowed) < 2 and not filters.tag:
        return _of_index(teammate, filters.box, narrowed, place or _TOP, size), None
    rows: Any = Conversation.objects
    number, rest = "id", dict(narrowed)
    if filters.tag:
        # The links to a tag hold what lists are ordered and filtered by.
        rows, number = (
            ConversationTag.objects.filter(tag=_tag(teammate, filters.tag)),
            "conversation",
        )
    else:
        first = next(iter(narrowed))
        rows = rows.filter(**{first: rest.pop(first)})
    rows = rows.filter(organisation_id=teammate.organisation_id, box=filters.box)
    rows = rows.filter(RowAfter(("rank", number), place or _TOP)).order_by("rank", number)
    columns = rows.values_list("rank", number, *rest)
    sql, given = columns[:LOOKED_THROUGH].query.sql_with_params()
    fitting = [f"{column} = %s" for column, value in rest.items() if value is not None]
    fitting += [f"{column} is null" for column, value in rest.items() if value is None]
    found = ask(
        f"select {number} from ({sql}) as looked where {' and '.join(fitting) or '1 = 1'} "
        f"order by rank, {number} limit {size + 1}",
        *given,
        *[value for value in rest.values() if value is not None],
    )
    end = columns[LOOKED_THROUGH - 1 : LOOKED_THROUGH].first() if len(found) <= size else None
    numbers = [pk for (pk,) in found]
    known = Conversation.objects.in_bulk(numbers) if numbers else {}
    return [known[pk] for pk in numbers], None if end is None else (end[0], end[1])


_COLUMNS = {
    "channel": "channel_id",
    "assignee": "assignee_id",
    "language": "language",
    "kind": "kind",
}


def _of_index(
    teammate: Teammate, box: int | str, narrowed: Mapping[str, Any], place: Place, size: int
) -> list[Conversation]:
    """Return rows of a box with one filter at most, for each of which there is an index."""
    also, values = _also(narrowed)
    return fetch(
        Conversation,
        f"where organisation_id = %s and box = %s {also} "
        f"and (rank, id) > (%s, %s) order by rank, id limit {size + 1}",
        teammate.organisation_id,
        box,
        *values,
        *place,
    )


def _tag(teammate: Teammate, name: str) -> int:
    """Return the number of a tag, 0 where there is none of that name."""
    rows = ask(
        "select id from inbox_tag where organisation_id = %s and name = %s",
        teammate.organisation_id,
        name,
    )
    return next((number for (number,) in rows), 0)


def _with_further(
    teammate: Teammate,
    filters: Filters,
    place: Place,
    found: list[Conversation],
    end: Place | None,
    size: int,
) -> tuple[list[Conversation], Place | None]:
    """Merge in conversations that span the channel without beginning there; else as `_of_box`."""
    rank = "kind_word_rank" if filters.box == KIND_WORD else "rank"
    spanning = _of_lane_further if filters.box == KIND_WORD else _of_box_further
    rows, stop = spanning(teammate, filters, _narrowed(teammate, filters), place, size)
    if stop is not None:
        end = stop if end is None else min(end, stop)
    places = {row.pk: (getattr(row, rank), row.pk) for row in [*found, *rows]}
    within = [row for row in [*found, *rows] if end is None or places[row.pk] <= end]
    return sorted(within, key=lambda row: places[row.pk]), end


def _of_box_further(
    teammate: Teammate, filters: Filters, narrowed: dict[str, Any], place: Place, size: int
) -> tuple[list[Conversation], Place | None]:
    """Return rows of a box that span a channel, and where it stopped looking before the end.

    The links lie in the order of the list; what else is asked for is looked up for some of them.
    """
    channel = narrowed.pop("channel")
    many = max(size + 1, LINKS_LOOKED_UP) if narrowed else size + 1
    links = ask(
        "select rank, conversation_id from inbox_conversationchannel "
        "where organisation_id = %s and channel_id = %s and box = %s "
        f"and (rank, conversation_id) > (%s, %s) order by rank, conversation_id limit {many}",
        teammate.organisation_id,
        channel,
        filters.box,
        *place,
    )
    if not links:
        return [], None
    also, values = _also(narrowed)
    numbers = [number for _, number in links]
    first = f"order by rank, id limit {size + 1}"
    rows = fetch(Conversation, f"where id in (%s) {also} {first}", numbers, *values)
    return rows, (links[-1][0], links[-1][1]) if len(links) == many else None


def _of_lane_further(
    teammate: Teammate, _filters: Filters, narrowed: dict[str, Any], place: Place, size: int
) -> tuple[list[Conversation], None]:
    """Return rows of the lane for kind words that span a channel."""
    channel = narrowed.pop("channel")
    also, values = _also(narrowed)
    rows = fetch(
        Conversation,
        "where organisation_id = %s and kind_word_rank is not null "
        f"and (kind_word_rank, id) > (%s, %s) {also} "
        "and exists (select 1 from inbox_conversationchannel l where l.organisation_id = "
        "inbox_conversation.organisation_id and l.conversation_id = inbox_conversation.id "
        f"and l.channel_id = %s) order by kind_word_rank, id limit {size + 1}",
        teammate.organisation_id,
        *place,
        *values,
        channel,
    )
    return rows, None


def _also(narrowed: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Return filters as they stand in a statement, and their values."""
    said = [
        f"and {_COLUMNS[name]} {'is null' if value is None else '= %s'}"
        for name, value in narrowed.items()
    ]
    return " ".join(said), [value for value in narrowed.values() if value is not None]

"""Where the rows of a list stand: looked up in indexes that hold its order and all its filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twoway.desk.database import ask

LOOKED_THROUGH = 20_000
"""Rows of an index looked through for one page that has several filters: 2 to 5 ms.

What lies beyond is the next page, so that no page costs more because the archive is larger.
"""

PROBED = 500
"""Rows counted to find the filter that leaves least: 0.1 ms each.

A kind that no settled conversation has took 12 ms where all those of a channel were looked through.
"""

Place = tuple[int, int]
"""Rank and id: where a page begins or ends."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A table whose indexes lie in the order of lists: the conversation's number, filters by column."""

    table: str
    number: str
    columns: Mapping[str, str]


CONVERSATIONS = Lying(
    "inbox_conversation",
    "id",
    {"channel": "channel_id", "assignee": "assignee_id", "kind": "kind", "language": "language"},
)
TAGGED = Lying(
    "inbox_conversationtag",
    "conversation_id",
    {
        "tag": "tag_id", "channel": "channel", "assignee": "assignee", "kind": "kind",
        "language": "language",
    },
)  # fmt: skip
SPANNING = Lying(
    "inbox_conversationchannel",
    "conversation_id",
    {"channel": "channel_id", "assignee": "assignee", "kind": "kind", "language": "language"},
)
"""Conversations that span a channel without beginning there."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a box: what it is narrowed to, by the names of filters, and after which place."""

    organisation: int
    box: int | str
    narrowed: Mapping[str, Any]
    after: Place


def look(lying: Lying, part: Part, size: int, first: str = "") -> tuple[list[Place], Place | None]:
    """Return places of one row more than a page has, and where it stopped looking before the end.

    The index that is looked through begins with the filter `first`, else with the one that leaves
    least.
    """
    is_short = False
    if not first:
        first, is_short = _least(lying, part)
    rest = {name: value for name, value in part.narrowed.items() if name != first}
    inside, given = _range(lying, part, first, rest)
    if not rest:
        return [(rank, pk) for rank, pk in ask(f"{inside} limit {size + 1}", *given)], None
    fits, also = conditions(rest, {name: name for name in rest})
    found = ask(
        f"select rank, number from ({inside} limit {LOOKED_THROUGH}) as looked where 1 = 1 {fits} "
        f"order by rank, number limit {size + 1}",
        *given,
        *also,
    )
    places = [(rank, number) for rank, number in found]
    if is_short or len(places) > size:
        return places, None
    last = ask(f"{inside} limit 1 offset {LOOKED_THROUGH - 1}", *given)
    return places, next(((rank, number) for rank, number, *_ in last), None)


def conditions(narrowed: Mapping[str, Any], columns: Mapping[str, str]) -> tuple[str, list[Any]]:
    """Return filters as they stand in a statement, and their values."""
    said = [
        f"and {columns[name]} {'is null' if value is None else '= %s'}"
        for name, value in narrowed.items()
    ]
    return " ".join(said), [value for value in narrowed.values() if value is not None]


def _least(lying: Lying, part: Part) -> tuple[str, bool]:
    """Return the filter that leaves least, and whether that is so little that all of it is looked through."""
    names = [*part.narrowed]
    if len(names) == 1:
        return names[0], False
    probes = [_range(lying, part, name, {}) for name in names]
    counted = ask(
        " union all ".join(
            f"select {nth}, count(*) from ({inside} limit {PROBED}) as p{nth}"
            for nth, (inside, _) in enumerate(probes)
        ),
        *[value for _, given in probes for value in given],
    )
    nth, many = min(counted, key=lambda row: row[1])
    return names[nth], many < min(PROBED, LOOKED_THROUGH)


def _range(lying: Lying, part: Part, first: str, rest: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Return the question for a part of an index in its order, with the columns to filter by.

    It says where it begins even at the top: SQLite took another index otherwise, and sorted a box.
    """
    begins, given = conditions({first: part.narrowed[first]}, lying.columns)
    others = "".join(f", {lying.columns[name]} as {name}" for name in rest)
    return (
        f"select rank, {lying.number} as number{others} from {lying.table} "
        f"where organisation_id = %s and box = %s {begins} "
        f"and (rank, {lying.number}) > (%s, %s) order by rank, {lying.number}"
    ), [part.organisation, part.box, *given, *part.after]

"""Old and new rows become one: by identity, the newest observation wins, nothing known is lost.

A cell keeps the newest value that says something, so an observation without a follower count does
not wipe out an earlier one; what was deleted stays deleted. The outcome depends on which rows
there are, never on the order in which they came. One range of keys is merged at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from twoway.collection.cells import merged_rows
from twoway.collection.database import Workbench, existing, quoted
from twoway.collection.deletions import DELETIONS, honour
from twoway.collection.manifest import Part
from twoway.collection.records import Rejected
from twoway.collection.resolving import Resolved, finish, resolve
from twoway.core.tables import (
    ACCOUNTS,
    BRANDS,
    FOLLOWS,
    LINKS,
    MARKS,
    MEDIA,
    MENTIONS,
    ORGANISATIONS,
    POSTS,
    REACTIONS,
    VERSIONS,
    Table,
)  # fmt: skip

MERGED: Final = (
    ACCOUNTS, POSTS, MENTIONS, LINKS, MEDIA, VERSIONS, REACTIONS, MARKS, FOLLOWS, ORGANISATIONS,
    BRANDS,
)  # fmt: skip
# Rows merged at a time: 250,000 posts with their texts take some 200 MB.
RANGE: Final = 250_000
_LEAST_KEY: Final = -(2**63)


@dataclass(frozen=True, slots=True)
class Merged:
    """The new parts of every merged table, and rows refused because another id has their key."""

    tables: Mapping[str, tuple[Part, ...]]
    collided: tuple[Rejected, ...]


def merge(database: Workbench, staged: Mapping[str, Sequence[Path]]) -> Merged:
    """Merge staged files into the folder's state; the new parts are not committed yet."""
    for table in MERGED:
        old = existing(database.change, table)
        database.view(f"all_{table.name}", table, [*old, *staged.get(table.name, ())])
    honour(database, staged.get(DELETIONS.name, ()))
    resolved = resolve(database)
    tables: dict[str, tuple[Part, ...]] = {}
    collided: list[Rejected] = []
    for table in MERGED:
        tables[table.name], refused = _merge_table(database, table, resolved)
        collided += refused
    return Merged(tables, tuple(collided))


def _merge_table(
    database: Workbench, table: Table, resolved: Resolved
) -> tuple[tuple[Part, ...], list[Rejected]]:
    parts: tuple[Part, ...] = ()
    collided: list[Rejected] = []
    for condition in _ranges(database, table):
        everything = f"from all_{table.name} where {condition}"
        if _find_twins(database, table, f"all_{table.name} where {condition}"):
            database.run(f"create or replace temp table batch as {everything}")
            if table in (ACCOUNTS, POSTS):
                collided += _refuse_collisions(database, table)
            everything = merged_rows(table, _find_twins(database, table, "batch"))
        parts += database.keep(table, finish(table, f"({everything})", condition, resolved))
    return parts, collided


def _find_twins(database: Workbench, table: Table, rows: str) -> int:
    """Make table `twins`: identities that several rows share; return how many at most, 0 for none.

    It has the first and the last row of each.
    """
    places = "min(rowid) as one, max(rowid) as other" if rows == "batch" else "0 as one, 0 as other"
    database.run(
        f"create or replace temp table twins as select {', '.join(table.identity)}, "
        f"count(*) as rows, {places} from {rows} group by {', '.join(table.identity)} "
        "having count(*) > 1"
    )
    return database.number("select max(rows) from twins")


def _ranges(database: Workbench, table: Table) -> Iterator[str]:
    """Cut the keys, which are evenly spread, into ranges; tables keyed by text are small."""
    first = table.columns[0]
    rows = database.number(f"select count(*) from all_{table.name}")
    count = -(-rows // RANGE) if first.type == "bigint" else min(rows, 1)
    for number in range(count):
        low = _LEAST_KEY + number * 2**64 // count
        high = _LEAST_KEY + (number + 1) * 2**64 // count - 1
        yield f"{first.name} between {low} and {high}" if count > 1 else "true"


def _refuse_collisions(database: Workbench, table: Table) -> list[Rejected]:
    """Take out rows whose key another id has; the first id in the alphabet stays."""
    own = table.identity[0]
    name = "network || ' ' || id"
    found = database.rows(
        f"select distinct {own}, {name}, min({name}) over (partition by {own}) as stays "
        f"from batch semi join twins using ({own}) qualify {name} <> stays"
    )
    for key, refused, _ in found:
        database.run(f"delete from batch where {own} = {key} and {name} = {quoted(str(refused))}")
    return [
        Rejected(table.name, 0, f"its id has the same key as {stays}, which stays", str(refused))
        for _, refused, stays in found
    ]

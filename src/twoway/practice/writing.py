"""A world, or any number of them, as a collection folder, with the readings the world gives itself.

Everything is written straight as Parquet, world after world, so that memory holds one batch:
importing the same records would merge and read them anew, which is not what is to be measured.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from twoway.collection import rows
from twoway.collection.manifest import Import, Part
from twoway.collection.opening import writing
from twoway.collection.parts import NewPart, schema
from twoway.collection.reading_rows import ReadPost, to_arrow
from twoway.collection.tree import plant_from
from twoway.collection.writing import Writing, now
from twoway.core.identity import key
from twoway.core.posts import Post
from twoway.core.readings import Reading
from twoway.core.tables import (
    ACCOUNTS,
    BRANDS,
    COVERAGE,
    FOLLOWS,
    KINDS,
    LINKS,
    MARKS,
    MEDIA,
    MENTIONS,
    ORGANISATIONS,
    POSTS,
    REACTIONS,
    READINGS,
    THREADS,
    TREE,
    VERSIONS,
    WORDS,
)  # fmt: skip
from twoway.core.threads import place
from twoway.practice.lines import Line, as_it_stands
from twoway.practice.world import World

MODEL = "practice 1"
# Posts held before they are written: some 100 MB with their words.
BATCH = 20_000
_PLAIN = (
    ACCOUNTS,
    POSTS,
    MENTIONS,
    LINKS,
    MEDIA,
    VERSIONS,
    REACTIONS,
    MARKS,
    FOLLOWS,
    COVERAGE,
    ORGANISATIONS,
    BRANDS,
    THREADS,
)
_READ = (READINGS, KINDS, WORDS)

Read = tuple[Post, tuple[Reading, ...]]


def write(world: World, folder: Path | str) -> int:
    """Write one world as a collection; return how many posts it holds."""
    return write_all([world], folder)


def write_all(worlds: Iterable[World], folder: Path | str) -> int:
    """Write worlds of different numbers into one new collection, one after the other."""
    with writing(Path(folder)) as change:
        with ExitStack() as stack:
            parts = {
                table.name: stack.enter_context(NewPart(change, table))
                for table in (*_PLAIN, *_READ)
            }
            count = sum(_write_one(world, parts) for world in worlds)
        tables = {name: part.parts for name, part in parts.items()}
        commit(change, tables | {TREE.name: plant_from(change, tables)}, count)
    return count


def commit(change: Writing, tables: dict[str, tuple[Part, ...]], count: int) -> None:
    """Make what was written count."""
    entry = Import(
        source="practice",
        fingerprint="practice",
        reader="practice world",
        read_at=now(),
        posts=count,
    )
    change.commit(replace(change.manifest, tables=tables, model=MODEL).with_import(entry))


def _write_one(world: World, parts: dict[str, NewPart]) -> int:
    held: dict[str, list[tuple[Any, ...]]] = {
        ACCOUNTS.name: [rows.of_account(account) for account in world.accounts()],
        REACTIONS.name: [rows.of_reaction(reaction) for reaction in world.reactions()],
        MARKS.name: [rows.of_mark(mark) for _, mark in world.stage.marks],
        FOLLOWS.name: [rows.of_follow(follow) for follow in world.follows()],
        COVERAGE.name: [rows.of_coverage(coverage) for coverage in world.coverage()],
        ORGANISATIONS.name: list(_organisations(world)),
        BRANDS.name: list(_brands(world)),
        THREADS.name: list(_places(world)),
    }
    for name, found in held.items():
        parts[name].add([_to_arrow(name, found)])
    count = 0
    posts = world.posts()
    while batch := list(islice(posts, BATCH)):
        count += len(batch)
        for name, table in _to_tables(batch).items():
            parts[name].add(table)
    return count


def _to_arrow(name: str, found: list[tuple[Any, ...]]) -> pa.Table:
    fields = schema(next(table for table in _PLAIN if table.name == name))
    columns = zip(*found, strict=True) if found else [()] * len(fields)
    return pa.Table.from_arrays(
        [pa.array(cells, field.type) for cells, field in zip(columns, fields, strict=True)],
        schema=fields,
    )


def _to_tables(batch: list[Read]) -> dict[str, list[pa.Table]]:
    """Return the rows of posts and of what hangs on them, by table."""
    made: dict[str, list[tuple[Any, ...]]] = {
        t.name: [] for t in (POSTS, MENTIONS, LINKS, MEDIA, VERSIONS)
    }
    read: list[ReadPost] = []
    for post, readings in batch:
        row = rows.of_post(post)
        own = row[0]
        made[POSTS.name].append(row)
        made[MENTIONS.name].extend(rows.of_mentions(own, post))
        made[LINKS.name].extend(rows.of_links(own, post))
        made[MEDIA.name].extend(rows.of_media(own, post))
        made[VERSIONS.name].extend(rows.of_versions(own, post))
        last = len(readings) - 1
        read += [
            ReadPost(own, version, version == last, 0, one) for version, one in enumerate(readings)
        ]
    tables = {name: [_to_arrow(name, found)] for name, found in made.items()}
    return tables | to_arrow(read, MODEL)


def _organisations(world: World) -> Iterator[tuple[str, int]]:
    for who in world.organisations:
        for account in who.accounts:
            yield who.name, rows.account_key(account.network, account.id)


def _brands(world: World) -> Iterator[tuple[str, str, str]]:
    for who in world.organisations:
        yield who.name, "word", who.brand.casefold()
        yield who.name, "site", who.site


def _places(world: World) -> Iterator[tuple[Any, ...]]:
    """Place every post in its thread, network by network."""
    found: dict[str, list[_Node]] = {}
    withdrawals: set[str] = set()
    for line in world.lines():
        found.setdefault(line.by.network, []).append(_node(line, world.ends))
        if "withdrawal" in as_it_stands(line, world.ends)[2]:
            withdrawals.add(line.id)
    for network, nodes in found.items():
        keys = {node.id: key(network, node.id) for node in nodes}
        for spot in place(nodes, withdrawals):
            yield (
                keys[spot.post], keys.get(spot.thread) or key(network, spot.thread), keys[spot.first_piece],
                None if spot.above is None else keys[spot.above], spot.enter, spot.leave, keys[spot.chain_top],
            )  # fmt: skip


class _Node(NamedTuple):
    """What core.threads asks of a post."""

    id: str
    author: str
    said_at: int
    parent: str | None
    root: str | None
    visibility: str
    nesting: str
    deleted_at: int | None


def _node(line: Line, ends: int) -> _Node:
    root = line.root
    deleted = line.deleted_at if line.deleted_at is not None and line.deleted_at <= ends else None
    return _Node(
        line.id, line.by.id, line.at, line.parent.id if line.parent else line.lost_parent,
        root.lost_parent or (root.id if line.parent else None), "private" if line.is_private else "public",
        line.nesting, deleted,
    )  # fmt: skip

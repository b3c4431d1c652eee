"""A repository in a CAR file: whose it is, when it changed last, and which block is which record."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from twoway.collection.errors import Unreadable
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.collection.values import identifier, mapping, text
from twoway.networks.bluesky.car import read_blocks, read_roots
from twoway.networks.bluesky.times import key_time
from twoway.networks.bluesky.tree import is_node, walk

WANTED: Final = frozenset([
    "app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.feed.like", "app.bsky.feed.threadgate",
    "app.bsky.graph.follow", "app.bsky.actor.profile", "chat.bsky.actor.declaration",
])  # fmt: skip


@dataclass(slots=True)
class Repository:
    """What one pass over a file found: the commit, the keys of records worth reading, what is wrong.

    Two records that say the same are one block with two keys, a space between them.
    Costs some 400 bytes of memory a record: blocks come in any order, so keys must be known first.
    """

    account: str
    changed_at: int | None
    keys: dict[bytes, str]
    rejected: list[Rejected]


@dataclass(frozen=True, slots=True)
class Entry:
    """One record and its key, such as `app.bsky.feed.post` and a time as text."""

    number: int
    collection: str
    key: str
    value: Mapping[str, Any]


def open_repository(source: Source, name: str) -> Repository:
    """Read a file once for its commit and tree; Unreadable where it has no commit."""
    roots = set(read_roots(source, name))
    nodes: dict[bytes, bytes] = {}
    rejected: list[Rejected] = []
    commit: Mapping[str, Any] = {}
    for block in read_blocks(source, name):
        if isinstance(block, Rejected):
            rejected.append(block)
        elif is_node(block.value):
            nodes[block.id] = block.raw
        elif _is_commit(block.value) and (block.id in roots or not commit):
            commit = block.value
    account = identifier(commit.get("did"))
    if account is None:
        raise Unreadable(f"{name} does not say whose repository it is: its commit is missing.")
    faults: Counter[str] = Counter()
    keys: dict[bytes, str] = {}
    for key, place in walk(commit["data"], nodes, faults):
        if key.partition("/")[0] in WANTED:
            keys[place] = f"{keys[place]} {key}" if place in keys else key
    for fault, times in faults.items():
        rejected.append(Rejected(name, 0, f"{fault} ({times} times)", ""))
    return Repository(account, key_time(text(commit.get("rev"))), keys, rejected)


def read_entries(source: Source, name: str, repository: Repository) -> Iterator[Entry | Rejected]:
    """Read a file again and hand over its records in the order in which they lie there, once."""
    keys = repository.keys
    for block in read_blocks(source, name):
        if isinstance(block, Rejected) or is_node(block.value):
            continue
        if block.id not in keys and mapping(block.value).get("$type") in WANTED:
            raw = show(block.value)
            yield Rejected(name, block.number, "a record without a place in the tree", raw)
        for key in keys.get(block.id, "").split():
            collection, _, last = key.partition("/")
            yield Entry(block.number, collection, last, mapping(block.value))
        if block.id in keys:
            keys[block.id] = ""
    for left in keys.values():
        for key in left.split():
            yield Rejected(name, 0, "a record that the tree names is not in the file", key)


def show(value: object) -> str:
    """Return the part of a bad record that is kept."""
    try:
        return text(repr(value)[:2_000])
    except RecursionError:
        return ""


def _is_commit(value: object) -> bool:
    match value:
        case {"did": str(did), "data": bytes(), "rev": str()}:
            return did.startswith("did:")
    return False

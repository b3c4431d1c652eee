"""Reads what Reddit hands out on a data request: a flat zip of tables."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Own, Record, Rejected
from twoway.collection.source import Source
from twoway.collection.tabular.named_rows import Cells, parse_rows
from twoway.collection.values import moment, need
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage, Stream
from twoway.core.posts import Link, Mention, Post
from twoway.core.reactions import Reaction

NAME = "Reddit data request"
PRIORITY = 10
NETWORK: Final = "reddit"

Parse = Callable[[Account, Cells], Iterator[Post | Reaction]]

_POST_ADDRESS = re.compile(r"(?:https?://[^/]+)?/r/[^/]+/comments/(\w+)(?:/.*)?")
_PERSON = re.compile(r"(?<![\w/])/?u/([\w-]{3,20})")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"']+[^\s<>()\[\]\"'.,;:!?]")


def recognises(source: Source) -> bool:
    """Tell by the names of its tables; statistics.csv sets it apart from any folder of tables."""
    here = {PurePosixPath(name).name for name in source.names()}
    return "statistics.csv" in here and bool(here & {"posts.csv", "comments.csv"})


def read(source: Source, options: Options) -> Iterator[Record]:
    """Hand over what the account posted, commented and voted up, and its private messages."""
    facts: dict[str, str] = {}
    for found in parse_rows(source, source.find("statistics.csv"), lambda cells: [cells]):
        if isinstance(found, Rejected):
            yield found
        else:
            facts[found.get("statistic", "").lower().replace("_", " ")] = found.get("value", "")
    name = facts.get("account name") or (options.account or "").removeprefix("@")
    name = name.removeprefix("u/")
    if not name:
        raise Unreadable(
            f"{source.path} does not say whose data it is. Say the user name with --account."
        )
    owner = Account(
        network=NETWORK,
        id=f"@{name}",
        handle=name,
        made_at=read_time(facts.get("registration date", "")),
        observed_at=read_time(facts.get("export time", "")),
    )
    yield Own(NETWORK, owner.id)
    yield owner
    begins, ends = None, owner.observed_at
    streams: set[Stream] = set()
    for stream, record in _read_streams(source, owner):
        if isinstance(record, Post):
            begins = min(begins or record.said_at, record.said_at)
            ends = max(ends or record.said_at, record.said_at)
        if not isinstance(record, Rejected):
            streams.add(stream)
        yield record
    begins = owner.made_at or begins
    if begins is not None and ends is not None:
        for stream in sorted(streams):
            yield Coverage(
                network=NETWORK,
                account=owner.id,
                stream=stream,
                begins=min(begins, ends),
                ends=ends,
                is_complete=True,
                how="Reddit's answer to the account's data request",
            )


def _read_streams(source: Source, owner: Account) -> Iterator[tuple[Stream, Record]]:
    tables: tuple[tuple[Stream, str, Parse], ...] = (
        ("originals", "posts.csv", _posts),
        ("replies", "comments.csv", _comments),
        ("likes", "post_votes.csv", partial(_votes, "t3")),
        ("likes", "comment_votes.csv", partial(_votes, "t1")),
        ("private", "messages.csv", _messages),
        ("private", "messages_archive.csv", _messages),
    )
    for stream, table, parse in tables:
        for record in parse_rows(source, source.find(table), partial(parse, owner)):
            yield stream, record


def read_time(value: str) -> int | None:
    """Return a time written as 2024-03-01 12:00:00 UTC."""
    return moment(value.removesuffix(" UTC"))


def _posts(owner: Account, cells: Cells) -> Iterator[Post]:
    own_id, address = need(cells.get("id"), "id"), cells.get("permalink", "")
    words = "\n\n".join(filter(None, (cells.get("title"), cells.get("body"))))
    shown = cells.get("url", "")
    links = [*_ADDRESS.findall(words), *([shown] if "://" in shown and shown != address else [])]
    yield Post(
        network=NETWORK,
        id=_full_name("t3", own_id),
        author=owner.id,
        said_at=need(read_time(cells.get("date", "")), "time"),
        text=words,
        address=address or None,
        mentions=_mentions(words),
        links=tuple(Link(link) for link in dict.fromkeys(links)),
    )


def _comments(owner: Account, cells: Cells) -> Iterator[Post]:
    """Read a comment; without a parent it stands directly below the post."""
    words = cells.get("body", "")
    match = _POST_ADDRESS.fullmatch(cells.get("link", ""))
    root = _full_name("t3", match[1]) if match else None
    parent = cells.get("parent")
    yield Post(
        network=NETWORK,
        id=_full_name("t1", need(cells.get("id"), "id")),
        author=owner.id,
        said_at=need(read_time(cells.get("date", "")), "time"),
        text=words,
        address=cells.get("permalink") or None,
        parent=_full_name("t1", parent) if parent else root,
        root=root,
        is_reply=True,
        mentions=_mentions(words),
        links=tuple(Link(link) for link in dict.fromkeys(_ADDRESS.findall(words))),
    )


def _votes(kind: str, owner: Account, cells: Cells) -> Iterator[Reaction]:
    """Read a vote; one down is no like. Reddit gives no times of votes."""
    if cells.get("direction") == "up":
        post = _full_name(kind, need(cells.get("id"), "id"))
        yield Reaction(network=NETWORK, account=owner.id, post=post, kind="like")


def _messages(owner: Account, cells: Cells) -> Iterator[Post]:  # noqa: ARG001  as all the others
    sender, recipient = need(cells.get("from"), "sender"), cells.get("to")
    own_id = need(cells.get("id"), "id")
    yield Post(
        network=NETWORK,
        id=own_id,
        author=f"@{sender.removeprefix('u/')}",
        said_at=need(read_time(cells.get("date", "")), "time"),
        text="\n\n".join(filter(None, (cells.get("subject"), cells.get("body")))),
        visibility="private",
        nesting="chat",
        root=cells.get("thread_id") or own_id,
        mentions=(Mention(f"@{recipient.removeprefix('u/')}"),) if recipient else (),
    )


def _full_name(kind: str, own_id: str) -> str:
    return own_id if own_id[:3] in ("t1_", "t3_") else f"{kind}_{own_id}"


def _mentions(words: str) -> tuple[Mention, ...]:
    return tuple(Mention(f"@{name}") for name in dict.fromkeys(_PERSON.findall(words)))

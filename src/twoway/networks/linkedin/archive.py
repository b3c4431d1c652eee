"""Reads the data export of a LinkedIn member: tables of what they posted, said and liked."""

import re
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from twoway.collection.errors import Unreadable
from twoway.collection.meta import made_id
from twoway.collection.reader import Options
from twoway.collection.records import Own, Record, Rejected
from twoway.collection.source import Source
from twoway.collection.tabular.named_rows import Cells, parse_rows
from twoway.collection.values import moment, need
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage, Stream
from twoway.core.posts import Link, Media, Mention, Post
from twoway.core.reactions import Reaction

NAME = "LinkedIn export"
PRIORITY = 10
NETWORK: Final = "linkedin"

# Large exports come in parts, named with a number behind.
_FILES: Final = {
    "profile": re.compile(r"profile\.csv", re.IGNORECASE),
    "shares": re.compile(r"shares(_\d+)?\.csv", re.IGNORECASE),
    "comments": re.compile(r"comments(_\d+)?\.csv", re.IGNORECASE),
    "reactions": re.compile(r"reactions(_\d+)?\.csv", re.IGNORECASE),
    "messages": re.compile(r"messages(_\d+)?\.csv", re.IGNORECASE),
}
_OURS: Final = (b"ShareCommentary", b"CONVERSATION ID", b"First Name,Last Name")
_ADDRESS = re.compile(r"https?://[^\s,\]]+")
_PROFILE_PAGE = re.compile(
    r"https?://[^/]*linkedin\.com/(?:in|company)/([^/?#]{1,200})", re.IGNORECASE
)

Parse = Callable[[Account, Cells], Iterator[Post | Reaction]]


def recognises(source: Source) -> bool:
    """Tell by two tables of its names, one with columns that only LinkedIn has."""
    files = _sort_files(source)
    found = [name for names in files.values() for name in names]
    is_several = sum(map(bool, files.values())) > 1
    return is_several and any(mark in source.head(name) for name in found for mark in _OURS)


def read(source: Source, options: Options) -> Iterator[Record]:
    """Hand over the member's own side, and private messages with both."""
    files = _sort_files(source)
    owner = yield from _read_owner(source, files["profile"], options)
    yield Own(NETWORK, owner.id)
    yield owner
    tables: tuple[tuple[Stream, str, Parse], ...] = (
        ("originals", "shares", _shares),
        ("replies", "comments", _comments),
        ("likes", "reactions", _reactions),
        ("private", "messages", _messages),
    )
    spans: dict[Stream, list[int]] = {}
    for stream, kind, parse in tables:
        for record in parse_rows(source, files[kind], partial(parse, owner)):
            at = record.said_at if isinstance(record, Post) else getattr(record, "reacted_at", None)
            if at is not None:
                times = (*spans.get(stream, ()), at)
                spans[stream] = [min(times), max(times)]
            yield record
    ends = max((last for _, last in spans.values()), default=0)
    for stream, (begins, _) in spans.items():
        yield Coverage(
            network=NETWORK,
            account=owner.id,
            stream=stream,
            begins=begins,
            ends=ends,
            is_complete=True,
            how="the LinkedIn export of the member",
        )


def _sort_files(source: Source) -> dict[str, list[str]]:
    return {
        kind: [n for n in source.names() if pattern.fullmatch(PurePosixPath(n).name)]
        for kind, pattern in _FILES.items()
    }


def _read_owner(
    source: Source, names: list[str], options: Options
) -> Generator[Record, None, Account]:
    """Find the member's name; the export gives no id, so a handle made of it has to stand for one."""
    said: Cells = {}
    for found in parse_rows(source, names, lambda cells: [cells]):
        if isinstance(found, Rejected):
            yield found
        else:
            said = said or found
    name = " ".join(filter(None, (said.get("first_name"), said.get("last_name"))))
    handle = (options.account or "").removeprefix("@") or "-".join(name.lower().split())
    if not handle:
        raise Unreadable(
            f"{source.path} does not say whose export it is. Say the handle with --account."
        )
    about = "\n\n".join(filter(None, (said.get("headline"), said.get("summary"))))
    sites = _ADDRESS.search(said.get("websites", ""))
    return Account(
        network=NETWORK,
        id=f"@{handle.lower()}",
        handle=handle,
        name=name,
        biography=about or None,
        site=sites[0] if sites else None,
        person_name=name or None,
    )


def _shares(owner: Account, cells: Cells) -> Iterator[Post]:
    """Read a post; a line's end in it is written as a quote, a break and a quote."""
    address = need(cells.get("sharelink"), "address")
    words = cells.get("sharecommentary", "").replace('"\n"', "\n").replace('""', '"').strip('" ')
    shown = cells.get("sharedurl", "")
    is_public = cells.get("visibility", "").upper() not in ("CONNECTIONS", "CONNECTIONS_ONLY")
    is_post = "linkedin.com/feed/update/" in shown
    yield Post(
        network=NETWORK,
        id=address,
        author=owner.id,
        said_at=need(_time(cells.get("date")), "time"),
        text=words,
        address=address,
        visibility="public" if is_public else "followers",
        shared=shown if is_post and not words else None,
        quoted=shown if is_post and words else None,
        links=(Link(shown),) if shown and not is_post else (),
        media=(Media("other"),) if cells.get("mediaurl") else (),
    )


def _comments(owner: Account, cells: Cells) -> Iterator[Post]:
    """Read a comment; of what it stands below only the address is known."""
    below, words = need(cells.get("link"), "address"), cells.get("message", "")
    at = need(_time(cells.get("date")), "time")
    yield Post(
        network=NETWORK,
        id=made_id(at // 1_000_000, below, words),
        author=owner.id,
        said_at=at,
        text=words,
        address=below,
        parent=below,
        is_reply=True,
    )


def _reactions(owner: Account, cells: Cells) -> Iterator[Reaction]:
    post = need(cells.get("link"), "address")
    at = _time(cells.get("date"))
    yield Reaction(network=NETWORK, account=owner.id, post=post, kind="like", reacted_at=at)


def _messages(owner: Account, cells: Cells) -> Iterator[Post]:
    at = need(_time(cells.get("date")), "time")
    author = need(
        _person(owner, cells.get("from", ""), cells.get("sender_profile_url", "")), "sender"
    )
    root = need(cells.get("conversation_id"), "conversation")
    words = "\n\n".join(filter(None, (cells.get("subject"), cells.get("content"))))
    to, pages = cells.get("to", ""), cells.get("recipient_profile_urls", "")
    recipient = _person(owner, to, pages) if "," not in pages else None  # groups name several
    yield Post(
        network=NETWORK,
        id=made_id(at // 1_000_000, root, author, words),
        author=author,
        said_at=at,
        text=words,
        visibility="private",
        nesting="chat",
        root=root,
        mentions=(Mention(recipient),) if recipient else (),
    )


def _person(owner: Account, name: str, page: str) -> str | None:
    """Return whom a message names: by the address of the profile, else by name."""
    if name and name.lower() == owner.name.lower():
        return owner.id
    match = _PROFILE_PAGE.match(page)
    found = (match[1] if match else "-".join(name.split())).lower()
    return f"@{found}" if found else None


def _time(value: str | None) -> int | None:
    """Return a time written as 2024-03-01 12:00:00, with or without UTC behind; it is UTC."""
    return moment((value or "").removesuffix(" UTC"))

"""Reads the YouTube part of Google Takeout: the comments an account wrote, and its videos."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, Final

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Note, Own, Record
from twoway.collection.source import Source
from twoway.collection.tabular.named_rows import Cells, parse_rows
from twoway.collection.values import mapping, mappings, moment, need, text
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage, Stream
from twoway.core.posts import Link, Media, Post

NAME = "YouTube Takeout"
PRIORITY = 10
NETWORK: Final = "youtube"

# Folders are named in the account's language, the product is not.
_PLACE = re.compile(r"(^|/)YouTube[^/]*/", re.IGNORECASE)
_COMMENTS = re.compile(rb"\s*(?:\xef\xbb\xbf)?Comment ID,", re.IGNORECASE)
_VIDEOS = re.compile(rb"\s*(?:\xef\xbb\xbf)?Video ID,(?=[^\n]*Video Title)", re.IGNORECASE)


def recognises(source: Source) -> bool:
    """Tell by the folder of the product, and a table of comments or videos in it."""
    return any(_kind(source, name) for name in source.names())


def read(source: Source, options: Options) -> Iterator[Record]:
    """Hand over videos as originals and comments as replies; nobody else's are in it."""
    names: dict[str | None, list[str]] = {}
    for name in source.names():
        names.setdefault(_kind(source, name), []).append(name)
    spans: dict[Stream, list[int]] = {}
    channel: str | None = None
    tables: tuple[tuple[Stream, str, Callable[[Cells], Iterator[Post]]], ...] = (
        ("originals", "videos", _videos),
        ("replies", "comments", _comments),
    )
    for stream, kind, parse in tables:
        for record in parse_rows(source, names.get(kind, []), parse):
            if isinstance(record, Post):
                if channel is None:
                    channel = record.author
                    yield from _introduce(channel, options)
                times = (*spans.get(stream, ()), record.said_at)
                spans[stream] = [min(times), max(times)]
            yield record
    if channel is None:
        raise Unreadable(f"{source.path} holds no comment and no video of its owner.")
    yield from _coverage(channel, spans)


def _kind(source: Source, name: str) -> str | None:
    if PurePosixPath(name).suffix.lower() != ".csv" or not _PLACE.search(name):
        return None
    head = source.head(name, 512)
    return "comments" if _COMMENTS.match(head) else "videos" if _VIDEOS.match(head) else None


def _introduce(channel: str, options: Options) -> Iterator[Record]:
    handle = (options.account or channel).removeprefix("@")
    yield Own(NETWORK, channel)
    yield Account(network=NETWORK, id=channel, handle=handle)


def _videos(cells: Cells) -> Iterator[Post]:
    """Read a video; what is not public says nothing to anybody."""
    own_id = need(cells.get("video_id"), "id")
    published = cells.get("video_publish_timestamp") or cells.get("video_create_timestamp")
    title = cells.get("video_title_original") or cells.get("video_title", "")
    if cells.get("privacy", "public").lower() != "public":
        return
    yield Post(
        network=NETWORK,
        id=own_id,
        author=need(cells.get("channel_id"), "channel"),
        said_at=need(moment(published), "time"),
        text=title,
        address=f"https://www.youtube.com/watch?v={own_id}",
        media=(Media("video"),),
    )


def _comments(cells: Cells) -> Iterator[Post]:
    """Read a comment: below another comment, else below the video or the post of a channel."""
    own_id = need(cells.get("comment_id"), "id")
    root = cells.get("video_id") or cells.get("post_id") or None
    words, links = _read_text(cells.get("comment_text", ""))
    video = cells.get("video_id")
    yield Post(
        network=NETWORK,
        id=own_id,
        author=need(cells.get("channel_id"), "channel"),
        said_at=need(moment(cells.get("comment_create_timestamp")), "time"),
        text=words,
        address=f"https://www.youtube.com/watch?v={video}&lc={own_id}" if video else None,
        parent=cells.get("parent_comment_id") or root,
        root=root,
        is_reply=True,
        links=links,
    )


def _read_text(raw: str) -> tuple[str, tuple[Link, ...]]:
    """Join the pieces of a text, which are JSON: under `takeoutSegments`, since 2024 bare."""
    try:
        pieces: Any = json.loads(f"[{raw}]", strict=False)
    except (ValueError, RecursionError):
        return raw, ()
    if len(pieces) == 1:
        pieces = mapping(pieces[0]).get("takeoutSegments", pieces)
    words, links = [], []
    for piece in mappings(pieces):
        address = text(mapping(piece.get("link")).get("linkUrl"))
        words.append(text(piece.get("text")) or address)
        if address:
            links.append(Link(address))
    joined = "".join(words)
    return joined or raw, tuple({link.address: link for link in links}.values())


def _coverage(channel: str, spans: dict[Stream, list[int]]) -> Iterator[Record]:
    ends = max(times[-1] for times in spans.values())
    for stream, (begins, _) in spans.items():
        yield Coverage(
            network=NETWORK,
            account=channel,
            stream=stream,
            begins=begins,
            ends=ends,
            is_complete=True,
            how="Google Takeout of the account",
        )
    if "originals" not in spans:
        yield Note("The Takeout lists no videos: originals count as not covered. Export them too.")

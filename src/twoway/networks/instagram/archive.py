"""Reads the JSON export of an Instagram account."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Final

from twoway.collection.elements import ends_early, parse_elements, parse_json
from twoway.collection.errors import Unreadable
from twoway.collection.meta import made_id, mend, person, read_thread, second
from twoway.collection.reader import Options
from twoway.collection.records import Own, Record
from twoway.collection.source import Source
from twoway.collection.values import mapping, mappings, need
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage, Stream
from twoway.core.posts import Media, Mention, Post
from twoway.core.reactions import Reaction

NAME = "Instagram export"
PRIORITY = 10
NETWORK: Final = "instagram"

# Names of folders and files from 2020 to 2026. Lists stand bare or under one key, by age.
_PLACES = re.compile(
    r"your_instagram_activity/|(^|/)(post_comments|reels_comments|liked_posts)(_\d+)?\.json$"
)
_FILES: Final = {
    "posts": re.compile(r"posts(_\d+)?\.json"),
    "reels": re.compile(r"reels\.json"),
    "comments": re.compile(r"(post|reels)_comments(_\d+)?\.json"),
    "likes": re.compile(r"liked_posts\.json"),
    "followers": re.compile(r"followers(_\d+)?\.json"),
    "following": re.compile(r"following\.json"),
    "profile": re.compile(r"personal_information\.json"),
    "messages": re.compile(r"message(_\d+)?\.json"),
}
_LARGEST_PROFILE: Final = 16 * 1024**2
_POST_ADDRESS = re.compile(
    r"https?://(?:www\.)?instagram\.com/(?:[\w.]+/)?(?:p|reel|tv)/([\w-]{5,64})"
)
_HANDLE = re.compile(r"(?<![\w@/.])@([A-Za-z0-9_.]{0,29}[A-Za-z0-9_])")

Fields = Mapping[str, Any]


def recognises(source: Source) -> bool:
    """Tell by the names of folders and files."""
    return any(_PLACES.search(name) for name in source.names())


def read(source: Source, options: Options) -> Iterator[Record]:
    """Hand over what the account did, and its private messages with both sides."""
    files = {
        kind: [n for n in source.names() if pattern.fullmatch(PurePosixPath(n).name)]
        for kind, pattern in _FILES.items()
    }
    owner = _read_owner(source, files["profile"], options)
    yield Own(NETWORK, owner.id)
    yield owner
    spans: dict[Stream, tuple[int, int]] = {}
    is_torn = False
    for stream, record in _read_streams(source, files, owner):
        is_torn |= ends_early(record)
        at = record.said_at if isinstance(record, Post) else getattr(record, "reacted_at", None)
        if stream and at is not None:
            begins, ends = spans.get(stream, (at, at))
            spans[stream] = min(begins, at), max(ends, at)
        yield record
    yield from _coverage(spans, owner, is_torn=is_torn)


def _read_streams(
    source: Source, files: Mapping[str, list[str]], owner: Account
) -> Iterator[tuple[Stream | None, Record]]:
    for kind in ("posts", "reels"):
        for post in parse_elements(source, files[kind], partial(_posts, owner)):
            yield "originals", post
    for comment in parse_elements(source, files["comments"], partial(_comments, owner)):
        yield "replies", comment
    for like in parse_elements(source, files["likes"], partial(_likes, owner)):
        yield "likes", like
    for kind in ("followers", "following"):
        is_follower = kind == "followers"
        for follow in parse_elements(source, files[kind], partial(_follows, owner, is_follower)):
            yield None, follow
    for name in files["messages"]:
        for message in read_thread(source, name, NETWORK, owner):
            yield "private", message


def _read_owner(source: Source, names: list[str], options: Options) -> Account:
    """Find the owner by the profile or by what the user says; handles stand for ids here."""
    said: Fields = {}
    for name in names:
        try:
            profile = mapping(parse_json(source.read(name, _LARGEST_PROFILE)))
        except (Unreadable, ValueError, RecursionError):
            continue
        users = mappings(profile.get("profile_user"))
        said = mapping(users[0].get("string_map_data")) if users else {}
    handle = (options.account or _value(said, "Username")).removeprefix("@").strip()
    if not handle:
        raise Unreadable(
            f"{source.path} does not say whose export it is. Say the handle with --account."
        )
    return Account(
        network=NETWORK,
        id=f"@{handle.lower()}",
        handle=handle,
        name=_value(said, "Name"),
        biography=_value(said, "Bio") or None,
        site=_value(said, "Website") or None,
    )


def _posts(owner: Account, value: object) -> Iterator[Post]:
    item = mapping(value)
    media = mappings(item.get("media"))
    first = media[0] if media else {}
    at = need(
        second(item.get("creation_timestamp")) or second(first.get("creation_timestamp")), "time"
    )
    words = mend(item.get("title")) or mend(first.get("title"))
    yield Post(
        network=NETWORK,
        id=made_id(at // 1_000_000, owner.id, words),
        author=owner.id,
        said_at=at,
        text=words,
        mentions=_mentions(words),
        media=tuple(_read_media(media)),
    )


def _comments(owner: Account, value: object) -> Iterator[Post]:
    """Read a comment; of the post it stands below only the owner is known."""
    said = mapping(mapping(value).get("string_map_data"))
    at = need(second(mapping(said.get("Time")).get("timestamp")), "time")
    words = _value(said, "Comment")
    yield Post(
        network=NETWORK,
        id=made_id(at // 1_000_000, owner.id, words),
        author=owner.id,
        said_at=at,
        text=words,
        parent_author=person(_value(said, "Media Owner")),
        is_reply=True,
        mentions=_mentions(words),
    )


def _likes(owner: Account, value: object) -> Iterator[Reaction]:
    for entry in mappings(mapping(value).get("string_list_data")):
        match = _POST_ADDRESS.match(mend(entry.get("href")))
        post = need(match[1] if match else None, "post")
        at = second(entry.get("timestamp"))
        yield Reaction(network=NETWORK, account=owner.id, post=post, kind="like", reacted_at=at)


def _follows(owner: Account, is_follower: bool, value: object) -> Iterator[Account | Follow]:
    item = mapping(value)
    for entry in mappings(item.get("string_list_data")):
        handle = mend(entry.get("value")) or mend(item.get("title"))
        other = need(person(handle), "handle")
        yield Account(network=NETWORK, id=other, handle=other[1:])
        yield Follow(
            network=NETWORK,
            follower=other if is_follower else owner.id,
            followed=owner.id if is_follower else other,
            seen_at=second(entry.get("timestamp")),
        )


def _mentions(words: str) -> tuple[Mention, ...]:
    """Name the handles in a text, all typed; the import finds their accounts."""
    return tuple(Mention(f"@{handle.lower()}") for handle in dict.fromkeys(_HANDLE.findall(words)))


def _read_media(media: list[dict[str, Any]]) -> Iterator[Media]:
    for one in media:
        is_video = mend(one.get("uri")).lower().endswith((".mp4", ".mov", ".webm"))
        yield Media("video" if is_video else "image")


def _value(said: Fields, label: str) -> str:
    return mend(mapping(said.get(label)).get("value")).strip()


def _coverage(
    spans: Mapping[Stream, tuple[int, int]], owner: Account, *, is_torn: bool
) -> Iterator[Coverage]:
    """Say what the export holds, up to the last thing in it."""
    ends = max((last for _, last in spans.values()), default=None)
    for stream, (begins, _) in spans.items():
        yield Coverage(
            network=NETWORK,
            account=owner.id,
            stream=stream,
            begins=begins,
            ends=ends or begins,
            is_complete=not is_torn,
            how="the Instagram export" + (", a file of which is cut short" if is_torn else ""),
        )

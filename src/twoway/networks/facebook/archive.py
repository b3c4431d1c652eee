"""Reads the JSON export of a Facebook page or profile."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from twoway.collection.elements import ends_early, parse_elements, parse_json
from twoway.collection.errors import Unreadable
from twoway.collection.meta import made_id, mend, person, read_thread, second
from twoway.collection.reader import Options
from twoway.collection.records import Own, Record, Rejected
from twoway.collection.source import Source
from twoway.collection.values import mapping, mappings, need
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage, Stream
from twoway.core.posts import Link, Media, Mention, Post

NAME = "Facebook export"
PRIORITY = 10
NETWORK: Final = "facebook"

# Folders and files by their names of 2019 to 2026. They differ by language, what is in them does
# not: what a file holds is told by its first key.
_PLACES = re.compile(
    r"activity_across_facebook/|your_facebook_activity/|(^|/)(your|profile|page)_posts\w*\.json$"
)
_FIRST_KEY = re.compile(rb'\s*\{\s*"(\w+)"')
_LIST_OF_POSTS = re.compile(rb'\s*\[[\s\S]*"(?:post|update_timestamp)"\s*:')
_LARGEST_PROFILE: Final = 16 * 1024**2
# "Larch Tea House replied to Ann Example's comment." Only English titles tell to whom.
_ANSWERED = re.compile(
    r"(?:replied to|commented on) (?:(his|her|its|their) own |(.{1,100}?)['’]s? )"
    r"(?:comment|post|photo|video|link|status|reel)"
)

Fields = Mapping[str, Any]


def recognises(source: Source) -> bool:
    """Tell by the names of folders and files."""
    return any(name.endswith(".json") and _PLACES.search(name) for name in source.names())


def read(source: Source, options: Options) -> Iterator[Record]:
    """Hand over what the page wrote, and its private messages with both sides."""
    files = _sort_files(source)
    owner = _read_owner(source, files.get("profile_v2", []), options)
    yield Own(NETWORK, owner.id)
    yield owner
    spans: dict[Stream, tuple[int, int]] = {}
    is_torn = False
    for stream, record in _read_streams(source, files, owner):
        is_torn |= ends_early(record)
        if isinstance(record, Post):
            begins, ends = spans.get(stream, (record.said_at, record.said_at))
            spans[stream] = min(begins, record.said_at), max(ends, record.said_at)
        yield record
    yield from _coverage(spans, owner, is_torn=is_torn)


def _read_streams(
    source: Source, files: Mapping[str, list[str]], owner: Account
) -> Iterator[tuple[Stream, Post | Rejected]]:
    for record in parse_elements(source, files.get("posts", []), lambda v: _posts(v, owner)):
        yield "originals", record
    for key in ("comments_v2", "group_comments_v2"):
        names = files.get(key, [])
        for record in parse_elements(source, names, lambda v: _comments(v, owner), key):
            yield "replies", record
    for name in files.get("participants", []):
        for record in read_thread(source, name, NETWORK, owner):
            yield "private", record


def _sort_files(source: Source) -> dict[str, list[str]]:
    """Sort files by the first key in them; lists of posts have none."""
    files: dict[str, list[str]] = {}
    for name in source.names():
        if not name.endswith(".json"):
            continue
        head = source.head(name)
        if match := _FIRST_KEY.match(head):
            files.setdefault(match[1].decode(), []).append(name)
        elif _LIST_OF_POSTS.match(head):
            files.setdefault("posts", []).append(name)
    return files


def _read_owner(source: Source, names: list[str], options: Options) -> Account:
    """Find the owner's name; the export gives no id, so a name has to stand for one."""
    profile: Fields = {}
    for name in names:
        try:
            profile = mapping(
                mapping(parse_json(source.read(name, _LARGEST_PROFILE))).get("profile_v2")
            )
        except (Unreadable, ValueError, RecursionError):
            continue
    full_name = mend(mapping(profile.get("name")).get("full_name"))
    handle = (
        (options.account or mend(profile.get("username")) or full_name).removeprefix("@").strip()
    )
    if not handle:
        raise Unreadable(
            f"{source.path} does not say whose export it is. Say the page's name with --account."
        )
    sites = (mend(site.get("address")) for site in mappings(profile.get("websites")))
    return Account(
        network=NETWORK,
        id=f"@{handle.lower()}",
        handle=handle,
        name=full_name or handle,
        biography=mend(profile.get("about_me")) or None,
        site=next(filter(None, sites), None),
        made_at=second(profile.get("registration_timestamp")),
    )


def _posts(value: object, owner: Account) -> Iterator[Post]:
    item = mapping(value)
    attached = [
        part for one in mappings(item.get("attachments")) for part in mappings(one.get("data"))
    ]
    media = [mapping(part.get("media")) for part in attached if "media" in part]
    said = (mend(part.get("post")) for part in mappings(item.get("data")))
    described = (mend(one.get("description")) for one in media)
    at = need(second(item.get("timestamp")), "time")
    words = next(filter(None, (*said, *described)), "")
    people = (person(tag.get("name")) for tag in mappings(item.get("tags")))
    yield Post(
        network=NETWORK,
        id=made_id(at // 1_000_000, owner.id, words),
        author=owner.id,
        said_at=at,
        text=words,
        mentions=tuple(Mention(one) for one in dict.fromkeys(filter(None, people))),
        links=tuple({link.address: link for link in _links(attached)}.values()),
        media=tuple(_read_media(media)),
        poll=tuple(_read_poll(attached)),
    )


def _comments(value: object, owner: Account) -> Iterator[Post]:
    """Read a comment; whom it answers stands in the title alone, and which post it is below nowhere."""
    item = mapping(value)
    comments = [mapping(part.get("comment")) for part in mappings(item.get("data"))]
    comment = next(filter(None, comments), {})
    at = need(second(comment.get("timestamp")) or second(item.get("timestamp")), "time")
    words = mend(comment.get("comment"))
    attached = [
        part for one in mappings(item.get("attachments")) for part in mappings(one.get("data"))
    ]
    answered = _ANSWERED.search(mend(item.get("title")))
    is_own = answered is not None and answered[1] is not None
    yield Post(
        network=NETWORK,
        id=made_id(at // 1_000_000, owner.id, words),
        author=owner.id,
        said_at=at,
        text=words,
        parent_author=owner.id if is_own else person(answered[2]) if answered else None,
        is_reply=True,
        links=tuple({link.address: link for link in _links(attached)}.values()),
        media=tuple(
            _read_media([mapping(part.get("media")) for part in attached if "media" in part])
        ),
    )


def _links(attached: list[dict[str, Any]]) -> Iterator[Link]:
    for part in attached:
        card = mapping(part.get("external_context"))
        if address := mend(card.get("url")):
            yield Link(address, mend(card.get("name")) or None)


def _read_media(media: list[dict[str, Any]]) -> Iterator[Media]:
    for one in media:
        is_video = mend(one.get("uri")).lower().endswith((".mp4", ".mov", ".webm"))
        yield Media("video" if is_video else "image")


def _read_poll(attached: list[dict[str, Any]]) -> Iterator[str]:
    for part in attached:
        for option in mappings(mapping(part.get("poll")).get("options")):
            yield mend(option.get("option"))


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
            how="the Facebook export" + (", a file of which is cut short" if is_torn else ""),
        )

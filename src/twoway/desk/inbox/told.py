"""What networks told about a post, kept so that it can be merged: newer over older, in any order."""

from collections.abc import Iterable
from dataclasses import fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from twoway.core.posts import Link, Media, Mention, Nesting, Post, Visibility


class Text(NamedTuple):
    """A text, and when it was first and last seen to stand (µs)."""

    first: int
    last: int
    text: str


class Rest(msgspec.Struct, omit_defaults=True, frozen=True):
    """The fields of core.posts.Post that have no column of their own, and the texts that stood."""

    address: str | None = None
    language: str | None = None
    visibility: Visibility = "public"
    nesting: Nesting = "threaded"
    parent_author: str | None = None
    root: str | None = None
    root_author: str | None = None
    quoted: str | None = None
    quoted_author: str | None = None
    is_reply: bool = False
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    media: tuple[Media, ...] = ()
    poll: tuple[str, ...] = ()
    client: str | None = None
    automatic: bool = False
    author_followers: int | None = None
    seen_replies: int | None = None
    seen_shares: int | None = None
    seen_likes: int | None = None
    texts: tuple[Text, ...] = ()


class Told(NamedTuple):
    """A post as the latest observation has it, and all texts of it that were seen, oldest first."""

    post: Post
    texts: tuple[Text, ...]


_REST = tuple(name for name in Rest.__struct_fields__ if name != "texts")
_rest = attrgetter(*_REST)
_ENCODE = msgspec.json.Encoder().encode
_DECODE = msgspec.json.Decoder(Rest).decode
# What an edit may take away; of everything else the latest that is known counts.
_AS_LAST_SEEN = frozenset({"text", "mentions", "links", "media", "poll", "visibility", "nesting"})
_MERGED = tuple(
    field.name
    for field in fields(Post)
    if field.name not in {"network", "id", "earlier", "deleted_at", "automatic", "observed_at"}
)


def tell(post: Post) -> Told:
    """Return what one delivery says of a post."""
    seen = max(post.said_at if post.observed_at is None else post.observed_at, post.said_at)
    texts, begins = [], post.said_at
    for version in sorted(post.earlier, key=lambda version: version.replaced_at):
        texts.append(Text(begins, begins, version.text))
        begins = version.replaced_at
    if post.earlier:
        texts.append(Text(begins, begins, post.text))
    texts.append(Text(seen, seen, post.text))
    if len(texts) == 1:
        plain = post if post.observed_at == seen else replace(post, observed_at=seen)
        return Told(plain, tuple(texts))
    return Told(replace(post, observed_at=seen, earlier=()), _runs(texts))


def merge(one: Told, other: Told) -> Told:
    """Return what both say together; the order in which they came does not matter."""
    if one == other:
        return one
    newer, older = sorted((one.post, other.post), key=_age, reverse=True)
    changed: dict[str, Any] = {
        name: getattr(older, name)
        for name in _MERGED
        if name not in _AS_LAST_SEEN
        and getattr(newer, name) is None
        and getattr(older, name) is not None
    }
    gone = [post.deleted_at for post in (newer, older) if post.deleted_at is not None]
    return Told(
        replace(
            newer,
            deleted_at=min(gone, default=None),
            automatic=newer.automatic or older.automatic,
            is_reply=newer.is_reply or older.is_reply,
            **changed,
        ),
        _runs([*one.texts, *other.texts]),
    )


def _age(post: Post) -> tuple[int, bytes]:
    return post.observed_at or 0, _ENCODE(post)


def _runs(texts: Iterable[Text]) -> tuple[Text, ...]:
    """Return texts in the order of time, each run of equal ones as one."""
    ends = {(text.first, text.text) for text in texts} | {(text.last, text.text) for text in texts}
    runs: list[Text] = []
    for at, text in sorted(ends):
        if runs and runs[-1].text == text:
            runs[-1] = Text(runs[-1].first, at, text)
        else:
            runs.append(Text(at, at, text))
    return tuple(runs)


def erased(told: Told) -> Told:
    """Return a deleted post without its words: deleted there means deleted here."""
    bare = replace(told.post, text="", media=(), poll=())
    return Told(bare, (Text(bare.said_at, bare.observed_at or bare.said_at, ""),))


def encode(told: Told) -> str:
    """Return the `record` of a post: all that has no column."""
    texts = told.texts if len(told.texts) > 1 else ()
    rest = Rest(*(*_rest(told.post), texts))
    return _ENCODE(rest).decode()


@lru_cache(maxsize=16_384)
def rest_of(record: str) -> Rest:
    """Return what a `record` holds; of one post it is asked four times in a delivery."""
    return _DECODE(record)


def decode(  # noqa: PLR0913, PLR0917  the columns of one row
    network: str,
    remote_id: str,
    author: str,
    said_at: int,
    text: str,
    parent: str | None,
    deleted_at: int | None,
    observed_at: int,
    record: str,
) -> Told:
    """Return what was told, from the columns of a stored post."""
    rest = rest_of(record)
    post = Post(
        network=network,
        id=remote_id,
        author=author,
        said_at=said_at,
        text=text,
        parent=parent,
        deleted_at=deleted_at,
        observed_at=observed_at,
        **dict(zip(_REST, _rest(rest), strict=True)),
    )
    return Told(post, rest.texts or (Text(observed_at, observed_at, text),))

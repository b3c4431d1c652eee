"""What the practice network's events say, in the core's words."""

from collections.abc import Iterator
from typing import Final

import msgspec

from twoway.collection.records import Deletion, Record, Rejected
from twoway.core.accounts import Account, Follow
from twoway.core.posts import Mention, Post, Version
from twoway.core.reactions import Reaction

NETWORK: Final = "practice"


class _By(msgspec.Struct):
    id: str
    handle: str
    name: str = ""
    followers: int | None = None


class _Earlier(msgspec.Struct):
    until: int
    text: str


class _Post(msgspec.Struct):
    id: str
    by: _By
    at: int
    text: str
    private: bool = False
    below: str | None = None
    below_by: str | None = None
    root: str | None = None
    root_by: str | None = None
    quotes: str | None = None
    quotes_by: str | None = None
    names: list[str] = []
    earlier: list[_Earlier] = []


class _Reaction(msgspec.Struct):
    by: _By
    post: str
    undo: bool = False


class _Follow(msgspec.Struct):
    by: str
    whom: str
    undo: bool = False


class _Event(msgspec.Struct):
    """One of these happened."""

    at: int = 0
    post: _Post | None = None
    like: _Reaction | None = None
    share: _Reaction | None = None
    follow: _Follow | None = None
    gone: str | None = None


_decode: Final = msgspec.json.Decoder(_Event).decode


def records(body: bytes) -> Iterator[Record]:
    """Hand over what an event tells; one that makes no sense becomes a Rejected."""
    try:
        event = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        yield Rejected("practice network", 0, str(error), body[:2000].decode(errors="replace"))
        return
    if event.post is not None:
        yield _account(event.post.by, event.at)
        yield _post(event.post, event.at)
    for kind, reaction in (("like", event.like), ("share", event.share)):
        if reaction is not None:
            yield _account(reaction.by, event.at)
            yield Reaction(
                network=NETWORK, account=reaction.by.id, post=reaction.post,
                kind="like" if kind == "like" else "share", reacted_at=event.at,
                taken_back_at=event.at if reaction.undo else None,
            )  # fmt: skip
    if event.follow is not None and not event.follow.undo:
        yield Follow(
            network=NETWORK,
            follower=event.follow.by,
            followed=event.follow.whom,
            seen_at=event.at,
        )
    if event.gone is not None:
        yield Deletion(network=NETWORK, id=event.gone, deleted_at=event.at)


def _account(by: _By, at: int) -> Account:
    return Account(
        network=NETWORK, id=by.id, handle=by.handle, name=by.name, followers=by.followers,
        observed_at=at,
    )  # fmt: skip


def _post(post: _Post, seen_at: int) -> Post:
    return Post(
        network=NETWORK, id=post.id, author=post.by.id, said_at=post.at, text=post.text,
        address=f"https://practice.example/{post.id}", visibility="private" if post.private else "public",
        nesting="chat" if post.private else "threaded", parent=post.below, parent_author=post.below_by,
        root=post.root, root_author=post.root_by, quoted=post.quotes, quoted_author=post.quotes_by,
        mentions=tuple(Mention(name) for name in post.names), author_followers=post.by.followers,
        observed_at=seen_at, earlier=tuple(Version(one.until, one.text) for one in post.earlier),
    )  # fmt: skip

"""What raw answers of Bluesky hold, by their kind; pure, and never an error for what cannot be read."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import orjson

from twoway.collection.records import Deletion, Note, Record, Rejected
from twoway.collection.values import (
    Lacking,
    identifier,
    mapping,
    moment,
    need,
    text,
    texts,
)
from twoway.connectors.interface import Raw
from twoway.core.accounts import Follow
from twoway.core.reactions import Reaction
from twoway.networks.bluesky.connector import conversations, events, notices
from twoway.networks.bluesky.connector.trees import read_tree
from twoway.networks.bluesky.connector.views import (
    HIDDEN,
    is_gone,
    read_account,
    read_share,
    read_view,
    shared_by,
    wants_no_strangers,
)
from twoway.networks.bluesky.posts import NETWORK

_SHOWN: Final = 2_000


def parse(raw: Raw, *, is_public: bool) -> Iterable[Record]:
    """Say what a raw answer holds.

    `is_public` leaves out who asks not to be shown to people that are not signed in. What cannot be
    read becomes a Rejected; what was read before it stays.
    """
    reader = _READERS.get(raw.kind, _unknown)
    try:
        yield from reader(mapping(orjson.loads(raw.body)), raw, is_public)
    except (Lacking, orjson.JSONDecodeError, RecursionError) as error:
        shown = raw.body[:_SHOWN].decode(errors="replace")
        yield Rejected(f"Bluesky, {raw.kind}", 0, str(error)[:300], text(shown))


def _feed(item: dict[str, Any], raw: Raw, is_public: bool) -> Iterator[Record]:
    """Read a post of an author's feed: with what it answers, or as what the author shared."""
    post, reply = mapping(item.get("post")), mapping(item.get("reply"))
    for above in (mapping(reply.get("root")), mapping(reply.get("parent"))):
        if text(above.get("$type")).endswith("#postView"):
            yield from read_view(above, raw.fetched_at, is_public=is_public)
        elif is_gone(above) and (gone := identifier(above.get("uri"))):
            yield Deletion(NETWORK, gone, raw.fetched_at)
    yield from read_view(post, raw.fetched_at, is_public=is_public)
    reason = mapping(item.get("reason"))
    if text(reason.get("$type")).endswith("#reasonRepost"):
        yield read_share(post, reason, raw.fetched_at)


def _post(item: dict[str, Any], raw: Raw, is_public: bool) -> Iterator[Record]:
    yield from read_view(item, raw.fetched_at, is_public=is_public)


def _thread(item: dict[str, Any], raw: Raw, is_public: bool) -> Iterator[Record]:
    yield from read_tree(mapping(item.get("thread")), raw.fetched_at, is_public=is_public)


def _profile(item: dict[str, Any], raw: Raw, is_public: bool) -> Iterator[Record]:
    if is_public and wants_no_strangers(item):
        yield HIDDEN
        return
    yield read_account(item, raw.fetched_at)


def _followed(item: dict[str, Any], raw: Raw, is_public: bool) -> Iterator[Record]:
    """Read one of those whom the account follows."""
    yield from _profile(item, raw, is_public)
    yield Follow(
        network=NETWORK,
        follower=need(raw.about, "account that follows"),
        followed=need(identifier(item.get("did")), "account that is followed"),
        seen_at=raw.fetched_at,
    )


def _follower(item: dict[str, Any], raw: Raw, is_public: bool) -> Iterator[Record]:
    yield from _profile(item, raw, is_public)
    yield Follow(
        network=NETWORK,
        follower=need(identifier(item.get("did")), "account that follows"),
        followed=need(raw.about, "account that is followed"),
        seen_at=raw.fetched_at,
    )


def _like(item: dict[str, Any], raw: Raw, _: bool) -> Iterator[Record]:
    """Read a like out of the account's own repository; feeds and labellers are liked too."""
    record = mapping(item.get("value"))
    post = need(shared_by(record), "post that is liked")
    if "/app.bsky.feed.post/" in post:
        yield Reaction(
            network=NETWORK,
            account=need(raw.about, "account that likes"),
            post=post,
            kind="like",
            reacted_at=moment(record.get("createdAt")),
            id=identifier(item.get("uri")),
        )


def _gone(item: dict[str, Any], raw: Raw, _: bool) -> Iterator[Record]:
    for address in texts(item.get("posts")):
        yield Deletion(NETWORK, address, raw.fetched_at)


def _unread(item: dict[str, Any], raw: Raw, _: bool) -> Iterator[Record]:
    """Tell of an answer that could not be taken: too large, or refused."""
    address, why = text(item.get("post")), text(item.get("why"))
    yield Rejected(f"Bluesky, {raw.kind}", 0, f"{address}: {why}"[:300], address)


def _note(item: dict[str, Any], _raw: Raw, _: bool) -> Iterator[Record]:
    yield Note(text(item.get("note"))[:300])


def _unknown(_item: dict[str, Any], raw: Raw, _: bool) -> Iterator[Record]:
    raise Lacking(f"nothing that we know: {raw.kind[:100]}")


_Reader = Callable[[dict[str, Any], Raw, bool], Iterator[Record]]
_READERS: Final[dict[str, _Reader]] = {
    "feed": _feed,
    "post": _post,
    "thread": _thread,
    "profile": _profile,
    "followed": _followed,
    "follower": _follower,
    "like": _like,
    "gone": _gone,
    "unread": _unread,
    "note": _note,
    "notification": notices.read,
    "event": events.read,
    "message": conversations.read,
}

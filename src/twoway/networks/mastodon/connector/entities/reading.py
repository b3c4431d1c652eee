"""Raw answers into records: pure, so that a better parser can read old answers anew.

An answer is kept as {"item": what the server gave, "about": whom it was asked for, "us": who asked,
"domain": its server's, "posts": […], "people": {…}, "history": […]}: these say what ids in it mean, which only that server knows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import orjson

from twoway.collection.records import Deletion, Record, Rejected
from twoway.collection.values import identifier, mapping, mappings, need, text
from twoway.connectors.interface import Raw
from twoway.core.accounts import Follow
from twoway.core.reactions import Reaction
from twoway.networks.mastodon.connector.entities.accounts import completed, read_account
from twoway.networks.mastodon.connector.entities.notifications import read_notification
from twoway.networks.mastodon.connector.entities.statuses import Beside, read_status, uri_of
from twoway.networks.mastodon.notes import NETWORK

Entity = Mapping[str, Any]

_LONGEST_EXCERPT: Final = 2_000
_NOTHING: Final = Beside()


def pack(
    kind: str, item: object, at: int, *, about: str | None = None, beside: Beside = _NOTHING
) -> Raw:
    """Keep an answer, fetched at `at` (µs UTC), with what was learned beside it."""
    body = {
        "item": item,
        "about": about,
        "us": beside.us,
        "domain": beside.domain,
        "posts": [{**post, "id": local} for local, post in beside.posts.items()],
        "people": beside.people,
        "history": [*beside.history],
    }
    kept = {key: value for key, value in body.items() if value or key == "item"}
    return Raw(network=NETWORK, kind=kind, body=orjson.dumps(kept), fetched_at=at, about=about)


def read(raw: Raw) -> Iterator[Record]:
    """Say what a raw answer holds; what cannot be read becomes a Rejected, and nothing else does."""
    try:
        body = _loaded(raw.body)
        about = raw.about or identifier(body.get("about"))
        item, known = mapping(body.get("item")), replace(raw, about=about)
        yield from _READ[raw.kind](item, _beside(body), known)
    except (ValueError, KeyError, RecursionError) as error:
        reason = "not JSON" if isinstance(error, orjson.JSONDecodeError) else str(error)
        excerpt = raw.body[:_LONGEST_EXCERPT].decode("utf-8", "replace")
        yield Rejected(f"{NETWORK} {raw.kind}", 0, f"cannot be read ({reason})", excerpt)


def _loaded(body: bytes) -> Entity:
    kept = mapping(orjson.loads(body))
    return mapping(completed(kept, text(kept.get("domain"))))


def _beside(body: Entity) -> Beside:
    posts = {identifier(one.get("id")) or "": one for one in mappings(body.get("posts"))}
    people = {key: value for key, value in mapping(body.get("people")).items() if value}
    return Beside(posts, people, mappings(body.get("history")), identifier(body.get("us")))


def _status(item: Entity, beside: Beside, raw: Raw) -> Iterator[Record]:
    yield from read_status(item, beside, raw.fetched_at)


def _notification(item: Entity, beside: Beside, raw: Raw) -> Iterator[Record]:
    yield from read_notification(item, beside, raw.about, raw.fetched_at)


def _context(item: Entity, beside: Beside, raw: Raw) -> Iterator[Record]:
    """Read a whole thread; each of its posts may be unreadable without the others being so."""
    own = mapping(item.get("status"))
    posts = [*mappings(item.get("ancestors")), own, *mappings(item.get("descendants"))]
    known = {identifier(one.get("id")) or "": one for one in posts}
    around = replace(beside, posts={**beside.posts, **known})
    for post in filter(None, posts):
        try:
            yield from [*read_status(post, around, raw.fetched_at)]
        except ValueError as error:
            excerpt = orjson.dumps(post)[:_LONGEST_EXCERPT].decode("utf-8", "replace")
            yield Rejected(f"{NETWORK} context", 0, f"cannot be read ({error})", excerpt)


def _account(item: Entity, _: Beside, raw: Raw) -> Iterator[Record]:
    yield read_account(item, raw.fetched_at)


def _follower(item: Entity, _: Beside, raw: Raw) -> Iterator[Record]:
    yield from _follow(item, raw, follows_us=True)


def _followed(item: Entity, _: Beside, raw: Raw) -> Iterator[Record]:
    yield from _follow(item, raw, follows_us=False)


def _follow(item: Entity, raw: Raw, *, follows_us: bool) -> Iterator[Record]:
    account, about = read_account(item, raw.fetched_at), need(raw.about, "account")
    yield account
    yield Follow(
        network=NETWORK,
        follower=account.id if follows_us else about,
        followed=about if follows_us else account.id,
        seen_at=raw.fetched_at,
    )


def _liked(item: Entity, beside: Beside, raw: Raw) -> Iterator[Record]:
    yield from read_status(item, beside, raw.fetched_at)
    yield Reaction(
        network=NETWORK,
        account=need(raw.about, "account"),
        post=need(uri_of(item), "post"),
        kind="like",
    )


def _gone(item: Entity, _: Beside, raw: Raw) -> Iterator[Record]:
    yield Deletion(NETWORK, need(identifier(item.get("uri")), "uri"), raw.fetched_at)


_READ: Final[Mapping[str, Callable[[Entity, Beside, Raw], Iterator[Record]]]] = {
    "status": _status,
    "notification": _notification,
    "context": _context,
    "account": _account,
    "follower": _follower,
    "followed": _followed,
    "favourite": _liked,
    "gone": _gone,
}

"""Learns beside posts what their ids mean, so that what is kept of them can be read without us."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from twoway.collection.values import identifier, mapping, mappings
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Raw
from twoway.networks.mastodon.connector.entities.reading import pack
from twoway.networks.mastodon.connector.entities.statuses import Beside
from twoway.networks.mastodon.connector.place import Place
from twoway.networks.mastodon.connector.refusals import Gone

Entity = Mapping[str, Any]

# Mastodon refuses more in one go (4.3 to 4.7).
_AT_ONCE: Final = 20


async def packed(
    place: Place, kind: str, items: Sequence[Entity], about: str | None = None
) -> list[Raw]:
    """Keep posts, or notifications of them, each with its parent's address and its history."""
    posts = [mapping(item.get("status")) if kind == "notification" else item for item in items]
    for item, post in zip(items, posts, strict=True):
        place.known.meet(mapping(item.get("account")))
        if post:
            place.known.learn(post)
    await _fetch_parents(place, posts)
    return [
        pack(kind, item, place.now, about=about, beside=await _beside(place, post))
        for item, post in zip(items, posts, strict=True)
    ]


def known_beside(place: Place, post: Entity) -> Beside:
    """Return what is known beside a post without asking anybody."""
    parents = {local: known for local in _above(post) if (known := place.known.post(local))}
    inside = (post, mapping(post.get("reblog")), _quoted(post))
    people = {local: who for one in inside for local, who in place.known.people_in(one).items()}
    return Beside(posts=parents, people=people, us=place.own_id, domain=place.server.domain)


async def _beside(place: Place, post: Entity) -> Beside:
    return replace(known_beside(place, post), history=await _history(place, post))


def _above(post: Entity) -> Iterator[str]:
    """Return the local ids of the posts that a post, and what it shares or quotes, answers."""
    for one in (post, mapping(post.get("reblog")), _quoted(post)):
        if local := identifier(one.get("in_reply_to_id")):
            yield local


def _quoted(post: Entity) -> Entity:
    return mapping(mapping(post.get("quote")).get("quoted_status"))


async def _fetch_parents(place: Place, posts: Sequence[Entity]) -> None:
    """Fetch the parents we do not know, many at once where the server can (Mastodon 4.3)."""
    above = dict.fromkeys(local for post in posts for local in _above(post))
    missing = [one for one in above if place.known.post(one) is None and one not in place.absent]
    for begin in range(0, len(missing), _AT_ONCE):
        chunk = missing[begin : begin + _AT_ONCE]
        if len(chunk) > 1 and "many" not in place.lacks:
            await _fetch_many(place, chunk)
        for local in chunk:
            if place.known.post(local) is None:
                await _fetch_one(place, local)


async def _fetch_many(place: Place, locals_: Sequence[str]) -> None:
    try:
        told = await place.server.get("/api/v1/statuses", [("id[]", one) for one in locals_])
    except GiveUp:
        place.lacks.add("many")
        return
    found = mappings(told)
    for status in found:
        place.known.learn(status)
    if found:  # whatever it left out is not here, or not for us
        place.absent.update(one for one in locals_ if place.known.post(one) is None)
    else:
        place.lacks.add("many")


async def _fetch_one(place: Place, local: str) -> None:
    if local in place.absent:
        return
    try:
        status = mapping(await place.server.get(f"/api/v1/statuses/{local}"))
    except GiveUp:
        place.absent.add(local)
        return
    place.known.learn(status)
    if place.known.post(local) is None and status:
        place.known.learn({**status, "id": local})  # another spelling of its id (snac 2.94)


async def _history(place: Place, post: Entity) -> list[dict[str, Any]]:
    """Return what an edited post said before, where its server keeps that."""
    local = identifier(post.get("id"))
    if not post.get("edited_at") or local is None or "history" in place.lacks:
        return []
    try:
        return mappings(await place.server.get(f"/api/v1/statuses/{local}/history"))
    except Gone:
        return []
    except GiveUp:
        place.lacks.add("history")
        return []

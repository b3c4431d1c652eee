"""Threads: what stands above and below posts, as far as their server knows."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from twoway.collection.values import count, identifier, mapping, mappings, moment
from twoway.connectors.backwards import Batch, Item
from twoway.connectors.errors import TryLater
from twoway.connectors.interface import Raw
from twoway.networks.mastodon.connector.entities.reading import pack
from twoway.networks.mastodon.connector.entities.statuses import Beside, uri_of
from twoway.networks.mastodon.connector.hearing.told import Told
from twoway.networks.mastodon.connector.place import Place
from twoway.networks.mastodon.connector.refusals import Gone

Entity = Mapping[str, Any]
Fetch = Callable[[str | None], Awaitable[Batch]]

# Each post may cost a request of its own.
POSTS: Final = 20


def threads(place: Place, local: str, about: str, told: Told) -> Fetch:
    """Walk the threads in which an account spoke, each once, and again when more was said below."""
    covered: set[str] = set()
    listed: set[str] = set()

    async def fetch(older: str | None) -> Batch:
        params = {"limit": POSTS} | ({"max_id": older} if older is not None else {})
        page = mappings(await place.server.get(f"/api/v1/accounts/{local}/statuses", params))
        if all(_id(status) in listed for status in page):
            return Batch(
                (), None
            )  # the end, or a server that gives the same list whatever is asked
        names = [f"{uri_of(status)} {status.get('replies_count')}" for status in page]
        new, has_met = told.sift(older, page, names)
        wanted = {_id(status) for status in new if _is_talk(status)}
        items: list[Item] = []
        for number, status in enumerate(page):
            if _id(status) in wanted - covered:
                try:
                    raw, seen = await _context(place, status, about)
                except TryLater:
                    if number == 0:
                        raise
                    return Batch(items, _id(page[number - 1]))  # keeps what was read so far
                covered.update(seen)
                at = moment(status.get("created_at")) or place.now
                items += [Item(at, uri_of(status) or "", raw)] if raw is not None else []
            listed.add(_id(status))
        return Batch(items, None if has_met else _id(page[-1]))

    return fetch


async def read_thread(place: Place, uri: str) -> list[Raw]:
    """Read the thread around one post; what was here and is no more is said to be gone."""
    status = await place.status(uri)
    if status is None:
        is_gone = await place.is_gone(uri)
        return [pack("gone", {"uri": uri}, place.now, about=uri)] if is_gone else []
    raw, _ = await _context(place, status, uri)
    return [raw] if raw is not None else []


def _id(status: Entity) -> str:
    return identifier(status.get("id")) or ""


def _is_talk(status: Entity) -> bool:
    """Tell posts that answer or were answered; a share is somebody else's post."""
    if mapping(status.get("reblog")):
        return False
    return status.get("in_reply_to_id") is not None or count(status.get("replies_count")) != 0


async def _context(place: Place, status: Entity, about: str) -> tuple[Raw | None, set[str]]:
    """Return a thread as it stands, and the local ids of all posts in it."""
    try:
        told = mapping(await place.server.get(f"/api/v1/statuses/{status.get('id')}/context"))
    except Gone:
        return None, set()
    above, below = mappings(told.get("ancestors")), mappings(told.get("descendants"))
    everybody = [*above, status, *below]
    for one in everybody:
        place.known.learn(one)
    people = {k: v for one in everybody for k, v in place.known.people_in(one).items()}
    item = {"status": status, "ancestors": above, "descendants": below}
    beside = Beside(people=people, us=place.own_id, domain=place.server.domain)
    raw = pack("context", item, place.now, about=about, beside=beside)
    return raw, {_id(one) for one in everybody}

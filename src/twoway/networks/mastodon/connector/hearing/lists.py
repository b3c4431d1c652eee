"""Lists in the order of hidden ids: followers, those followed, favourites. Only Link leads on."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit

from twoway.collection.values import mappings
from twoway.connectors.answer import Answer
from twoway.connectors.backwards import Batch, Item
from twoway.networks.mastodon.connector.entities.accounts import id_of
from twoway.networks.mastodon.connector.entities.reading import pack
from twoway.networks.mastodon.connector.entities.statuses import uri_of
from twoway.networks.mastodon.connector.hearing.beside import packed
from twoway.networks.mastodon.connector.place import Place

Fetch = Callable[[str | None], Awaitable[Batch]]

_PEOPLE: Final = 80
_POSTS: Final = 40


def followers(place: Place, local: str, about: str) -> Fetch:
    """Walk who follows the account."""
    return _people(place, f"/api/v1/accounts/{local}/followers", "follower", about)


def following(place: Place, local: str, about: str) -> Fetch:
    """Walk whom the account follows."""
    return _people(place, f"/api/v1/accounts/{local}/following", "followed", about)


def favourites(place: Place, _: str, about: str) -> Fetch:
    """Walk what we liked; when, no server says."""

    async def fetch(older: str | None) -> Batch:
        answer = await _asked(place, "/api/v1/favourites", _POSTS, older)
        told = mappings(answer.json())
        raws = await packed(place, "favourite", told, about)
        pairs = zip(told, raws, strict=True)
        items = [Item(place.now, uri_of(one) or "", raw) for one, raw in pairs]
        return Batch(items, _next(answer))

    return fetch


def _people(place: Place, path: str, kind: str, about: str) -> Fetch:
    async def fetch(older: str | None) -> Batch:
        answer = await _asked(place, path, _PEOPLE, older)
        items = []
        for one in mappings(answer.json()):
            place.known.meet(one)
            raw = pack(kind, one, place.now, about=about)
            items.append(Item(place.now, id_of(one) or "", raw))
        return Batch(items, _next(answer))

    return fetch


async def _asked(place: Place, path: str, limit: int, older: str | None) -> Answer:
    params = {"limit": limit} | ({"max_id": older} if older is not None else {})
    return await place.server.look(path, params)


def _next(answer: Answer) -> str | None:
    """Return the hidden id in the Link header; the address around it is not followed."""
    link = answer.link("next")
    found = parse_qs(urlsplit(link).query).get("max_id") if link else None
    return found[0] if found else None

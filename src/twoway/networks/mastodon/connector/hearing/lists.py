"""Lists in the order of hidden ids: followers, those followed, favourites. Only Link leads on."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit

from twoway.collection.values import mappings
from twoway.connectors.answer import Answer
from twoway.connectors.backwards import Batch, Item
from twoway.networks.mastodon.connector.entities.accounts import id_of
from twoway.networks.mastodon.connector.entities.reading import pack
from twoway.networks.mastodon.connector.entities.statuses import Beside, uri_of
from twoway.networks.mastodon.connector.hearing.beside import packed
from twoway.networks.mastodon.connector.hearing.told import Told
from twoway.networks.mastodon.connector.place import Place

Fetch = Callable[[str | None], Awaitable[Batch]]

_PEOPLE: Final = 80
_POSTS: Final = 40
# The latest 4,000 people: a museum has a hundred thousand, at 300 pages in a quarter of an hour.
_MOST_PAGES: Final = 50


def followers(place: Place, local: str, about: str, told: Told) -> Fetch:
    """Walk who follows the account, the latest first."""
    return _people(place, f"/api/v1/accounts/{local}/followers", "follower", about, told)


def following(place: Place, local: str, about: str, told: Told) -> Fetch:
    """Walk whom the account follows, the latest first."""
    return _people(place, f"/api/v1/accounts/{local}/following", "followed", about, told)


def favourites(place: Place, _: str, about: str, told: Told) -> Fetch:
    """Walk what we liked; when, no server says."""

    async def fetch(older: str | None) -> Batch:
        answer = await _asked(place, "/api/v1/favourites", _POSTS, older)
        page = mappings(answer.json())
        new, has_met = told.sift(older, page, [uri_of(one) or "" for one in page])
        raws = await packed(place, "favourite", new, about)
        pairs = zip(new, raws, strict=True)
        items = [Item(place.now, uri_of(one) or "", raw) for one, raw in pairs]
        return Batch(items, None if has_met else _next(answer))

    return fetch


def _people(place: Place, path: str, kind: str, about: str, told: Told) -> Fetch:
    left = iter(range(_MOST_PAGES))

    async def fetch(older: str | None) -> Batch:
        answer = await _asked(place, path, _PEOPLE, older)
        page = mappings(answer.json())
        new, has_met = told.sift(older, page, [id_of(one) or "" for one in page])
        items = []
        for one in new:
            place.known.meet(one)
            beside = Beside(domain=place.server.domain)
            raw = pack(kind, one, place.now, about=about, beside=beside)
            items.append(Item(place.now, id_of(one) or "", raw))
        is_end = has_met or next(left, None) is None
        return Batch(items, None if is_end else _next(answer))

    return fetch


async def _asked(place: Place, path: str, limit: int, older: str | None) -> Answer:
    params = {"limit": limit} | ({"max_id": older} if older is not None else {})
    return await place.server.look(path, params)


def _next(answer: Answer) -> str | None:
    """Return the hidden id in the Link header; the address around it is not followed."""
    link = answer.link("next")
    found = parse_qs(urlsplit(link).query).get("max_id") if link else None
    return found[0] if found else None

"""What a server hands out: posts of an account, threads around them, notifications, people.

All of it is walked from the newest back: `max_id` is understood everywhere, `min_id` is not (snac
takes it for `since_id`), and a Link header is not always there.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from twoway.collection.values import identifier, mapping, mappings, moment
from twoway.connectors.backwards import Batch, Item, walk
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Feed, Page
from twoway.networks.mastodon.connector.entities.notifications import KINDS
from twoway.networks.mastodon.connector.entities.reading import pack
from twoway.networks.mastodon.connector.entities.statuses import Beside, uri_of
from twoway.networks.mastodon.connector.hearing.beside import packed
from twoway.networks.mastodon.connector.hearing.covering import Covering
from twoway.networks.mastodon.connector.hearing.lists import favourites, followers, following
from twoway.networks.mastodon.connector.hearing.threads import POSTS, read_thread, threads
from twoway.networks.mastodon.connector.hearing.told import Told
from twoway.networks.mastodon.connector.place import Place

Fetch = Callable[[str | None], Awaitable[Batch]]

FEEDS: Final = (
    Feed(
        name="statuses",
        covers=frozenset({"originals", "replies", "shares", "profile"}),
        is_public=True,
        every=60,
    ),
    Feed(name="threads", covers=frozenset({"comments"}), is_public=True, every=1_800),
    Feed(
        name="notifications",
        covers=frozenset({"comments", "mentions", "quotes", "private"}),
        is_public=False,
        # Mastodon allows 300 pages in 15 minutes and account; every 15 s is the most that is wise.
        every=30,
    ),
    Feed(name="favourites", covers=frozenset({"likes"}), is_public=False, every=3_600),
    Feed(name="followers", covers=frozenset(), is_public=True, every=86_400),
    Feed(name="following", covers=frozenset(), is_public=True, every=86_400),
    Feed(name="thread", covers=frozenset(), is_public=True, every=900, about="post"),
)
"""`thread` is about one post: its remote id is given in place of an account's."""
_PAGE: Final = {"statuses": 40, "notifications": 80, "threads": POSTS}


async def pull(
    place: Place, feed: str, cursor: str | None, about: str, since: int | None
) -> AsyncIterator[Page]:
    """Walk a feed about an account (remote id); raises GiveUp where there is neither here."""
    if feed == "thread":
        yield Page(items=tuple(await read_thread(place, about)), cursor="", is_last=True)
        return
    known = next((one for one in FEEDS if one.name == feed), None)
    if known is None:
        raise GiveUp("Mastodon has no feed called {feed}.", feed=feed)
    local = await place.account(about)
    if local is None:
        raise GiveUp(
            "{host} does not know the account {about}.", host=place.server.host, about=about
        )
    told = Told(cursor, place.now)
    instance = await place.server.instance()
    covering = Covering(place, known, about, _PAGE.get(feed, 0), instance)
    covering.starts = told.at
    if not cursor:
        account = mapping(await place.server.get(f"/api/v1/accounts/{local}"))
        covering.starts = since or moment(account.get("created_at"))
        if feed == "statuses":
            beside = Beside(domain=instance.domain)
            raw = pack("account", account, place.now, about=about, beside=beside)
            yield Page(items=(raw,), cursor="")
    fetch = covering.watched(_FETCHES[feed](place, local, about, told))
    async for page in walk(fetch, told.walk, server=place.server.host, since=since):
        coverage = covering.of(page)
        if feed == "favourites" and not (page.items or told.is_begun or instance.api):
            coverage = ()  # snac 2.75 hands out an empty list whatever its user likes
        yield replace(page, cursor=told.cursor(page), coverage=coverage)


def _statuses(place: Place, local: str, about: str, told: Told) -> Fetch:
    async def fetch(older: str | None) -> Batch:
        page = await _asked(place, f"/api/v1/accounts/{local}/statuses", "statuses", older)
        # An edit is worth telling; where it is not in the newest page, only its thread tells it.
        names = [f"{uri_of(one)} {one.get('edited_at')}" for one in page]
        new, has_met = told.sift(older, page, names)
        raws = await packed(place, "status", new, about)
        pairs = zip(new, raws, strict=True)
        items = [Item(_time(place, one), uri_of(one) or "", raw) for one, raw in pairs]
        return Batch(items, None if has_met else _last(page))

    return fetch


def _notifications(place: Place, _: str, about: str, told: Told) -> Fetch:
    async def fetch(older: str | None) -> Batch:
        extra = [("include_filtered", "true")]
        if (await place.server.instance()).api >= 10:  # 4.6 sends words for kinds not named here
            extra += [("supported_types[]", kind) for kind in KINDS]
        page = await _asked(place, "/api/v1/notifications", "notifications", older, extra)
        names = [identifier(one.get("id")) or "" for one in page]
        new, has_met = told.sift(older, page, names)
        raws = await packed(place, "notification", new, about)
        pairs = zip(new, raws, strict=True)
        items = [
            Item(_time(place, one), identifier(one.get("id")) or "", raw) for one, raw in pairs
        ]
        return Batch(items, None if has_met else _last(page))

    return fetch


async def _asked(
    place: Place,
    path: str,
    feed: str,
    older: str | None,
    extra: Sequence[tuple[str, str]] = (),
) -> list[dict[str, Any]]:
    params: list[tuple[str, Any]] = [("limit", _PAGE[feed]), *extra]
    if older is not None:
        params.append(("max_id", older))
    return mappings(await place.server.get(path, params))


def _last(told: Sequence[Mapping[str, Any]]) -> str | None:
    """Return where to go on; only an empty page is an end, as servers leave out what they hide."""
    return identifier(told[-1].get("id")) if told else None


def _time(place: Place, item: Mapping[str, Any]) -> int:
    return moment(item.get("created_at")) or place.now


_FETCHES: Final[Mapping[str, Callable[[Place, str, str, Told], Fetch]]] = {
    "statuses": _statuses,
    "threads": threads,
    "notifications": _notifications,
    "favourites": favourites,
    "followers": followers,
    "following": following,
}

"""Which posts are gone: nothing tells of deletions, so what was there is compared with what is.

A deleted post vanishes from the notifications. So the cursor of this feed holds the addresses of the
people's posts that were there last time, and those that are not there any more are asked for.
"""

import zlib
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import AsyncIterator, Iterable
from typing import Final

from twoway.collection.values import identifier, mapping, mappings, text
from twoway.connectors.interface import Page
from twoway.connectors.paging import Trail
from twoway.networks.bluesky.connector.reading.subject import (
    PAGE,
    Fields,
    Subject,
    listed,
    older,
    sorted_at,
)
from twoway.networks.bluesky.connector.xrpc import Refused

_METHOD: Final = "app.bsky.notification.listNotifications"
_POST: Final = "/app.bsky.feed.post/"
# Conversations are open that long; a post takes some 40 bytes of the cursor.
_WINDOW: Final = 14 * 86_400 * 1_000_000
_MOST: Final = 1_000
_AT_ONCE: Final = 25


async def pages(subject: Subject, cursor: str | None) -> AsyncIterator[Page]:
    """Say what is gone since the cursor, and keep what is there now."""
    before, shown = _read(cursor), await _shown(subject)
    gone = await missing(subject, [address for address in before if address not in shown])
    items = (subject.raw("gone", {"posts": gone}),) if gone else ()
    yield Page(items=items, cursor=_write(shown), is_last=True)


async def missing(subject: Subject, addresses: list[str]) -> list[str]:
    """Return which of these posts are no longer there.

    What the app view does not show may only be hidden from us, by a block for one; the repository
    of its author decides.
    """
    hidden: list[str] = []
    for start in range(0, len(addresses), _AT_ONCE):
        asked = addresses[start : start + _AT_ONCE]
        answer = await subject.ask("app.bsky.feed.getPosts", uris=asked)
        seen = {text(view.get("uri")) for view in mappings(answer.get("posts"))}
        hidden += [address for address in asked if address not in seen]
    return [address for address in hidden if not await _stands(subject, address)]


async def _stands(subject: Subject, address: str) -> bool:
    repository, _, place = address.removeprefix("at://").partition("/")
    collection, _, key = place.partition("/")
    try:
        await subject.ask(
            "com.atproto.repo.getRecord", repo=repository, collection=collection, rkey=key
        )
    except Refused:
        return False
    return True


async def _shown(subject: Subject) -> dict[str, None]:
    """Return the posts that the notifications of the window tell of, latest first."""
    floor, trail, cursor = subject.now - _WINDOW, Trail(subject.xrpc.server), None
    found: dict[str, None] = {}
    while len(found) < _MOST:
        answer = await subject.ask(_METHOD, limit=PAGE, cursor=cursor)
        notices = listed(answer, "notifications")
        found.update(dict.fromkeys(_posts(notices)))
        cursor = older(answer)
        trail.step(cursor)
        times = [sorted_at(one, mapping(one.get("record"))) or 0 for one in notices]
        if cursor is None or (times and max(times) < floor):
            break
    return dict.fromkeys(list(found)[:_MOST])


def _posts(notices: Iterable[Fields]) -> Iterable[str]:
    for one in notices:
        if (address := identifier(one.get("uri"))) and _POST in address:
            yield address


def _read(cursor: str | None) -> list[str]:
    """Read a cursor of ours; one that is not knows of nothing."""
    try:
        return zlib.decompress(b64decode(cursor or "", validate=True)).decode("ascii").split()
    except (zlib.error, Error, ValueError):
        return []


def _write(addresses: Iterable[str]) -> str:
    return b64encode(zlib.compress(" ".join(addresses).encode())).decode()

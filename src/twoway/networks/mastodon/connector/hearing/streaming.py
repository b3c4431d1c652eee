"""The stream of a server: a hint that something happened, never the truth, which is polled.

Mastodon streams lines (SSE) and frames (websocket), GoToSocial only frames, most others nothing.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import orjson

from twoway.collection.values import identifier, mapping, text
from twoway.connectors.errors import GiveUp, TryLater
from twoway.connectors.interface import Page, Raw
from twoway.networks.mastodon.connector.entities.reading import pack
from twoway.networks.mastodon.connector.entities.statuses import uri_of
from twoway.networks.mastodon.connector.hearing.beside import packed
from twoway.networks.mastodon.connector.names import origin_of
from twoway.networks.mastodon.connector.place import Place

Event = tuple[str, str]
"""What happened, and its payload: JSON, but for a deletion, where it is the bare local id."""

# Mastodon sends a sign of life every 15 s, mastodon_mock as often.
_QUIET: Final = 90.0


async def listen(place: Place, about: str, cursor: str) -> AsyncIterator[Page]:
    """Hand out what happens to our account `about`; an empty page first says that we hear.

    Raises GiveUp where the server has no stream, TryLater where it breaks off.
    """
    address = await _address(place)
    is_open = False
    try:
        async for page in _pages(place, about, cursor, _lines(place, address)):
            is_open = True
            yield page
    except GiveUp as error:
        if is_open:
            raise TryLater(
                "The stream of {host} broke off: {why}", host=place.server.host, why=error.why
            ) from error
    if not is_open:
        async for page in _pages(place, about, cursor, _frames(place, address)):
            yield page


async def _address(place: Place) -> str:
    """Return where the stream is, as the server says, on http or https like the server itself.

    GoToSocial 0.20 names wss also where it has no encryption.
    """
    named = (await place.server.instance()).streaming or ""
    origin = origin_of(named.replace("ws", "http", 1) if named.startswith("ws") else named)
    host = (origin or place.server.address).partition("://")[2]
    return f"{place.server.address.partition('://')[0]}://{host}/api/v1/streaming"


async def _pages(
    place: Place, about: str, cursor: str, events: AsyncIterator[Event | None]
) -> AsyncIterator[Page]:
    async for event in events:
        if event is None:
            yield Page(items=(), cursor=cursor)
            continue
        raws = await _told(place, about, *event)
        if raws or event[0] == "notifications_merged":  # which only says: look again
            yield Page(items=tuple(raws), cursor=cursor)


async def _lines(place: Place, address: str) -> AsyncIterator[Event | None]:
    door, headers = place.server.door, place.server.headers
    async with door.lines(f"{address}/user", headers=headers, quiet=_QUIET) as lines:
        yield None
        kind, data = "", []
        async for line in lines:
            name, _, value = line.partition(":")
            if name == "event":
                kind = value.strip()
            elif name == "data":
                data.append(value.removeprefix(" "))
            elif not line:
                if kind:
                    yield kind, "\n".join(data)
                kind, data = "", []


async def _frames(place: Place, address: str) -> AsyncIterator[Event | None]:
    door, headers = place.server.door, place.server.headers
    where = f"{address.replace('http', 'ws', 1)}?stream=user"
    async with door.socket(where, headers=headers, quiet=_QUIET) as socket:
        yield None
        async for message in socket:
            frame = _json(message)
            if kind := text(frame.get("event")):
                yield kind, text(frame.get("payload"))


async def _told(place: Place, about: str, kind: str, payload: str) -> list[Raw]:
    """Keep what an event brings, as if it had been asked for."""
    if kind == "delete":
        uri = uri_of(place.known.post(payload.strip()) or {})
        return [pack("gone", {"uri": uri}, place.now, about=about)] if uri else []
    item = _json(payload)
    if kind == "notification":
        return await packed(place, "notification", [item], about) if item else []
    status = mapping(item.get("last_status")) if kind == "conversation" else item
    is_ours = identifier(mapping(status.get("account")).get("id")) == place.us.get("id")
    # The home timeline comes along; of it only our own posts are ours to keep.
    if status and (kind in ("status.update", "conversation") or (kind == "update" and is_ours)):
        return await packed(place, "status", [status], about)
    return []


def _json(payload: str | bytes) -> Mapping[str, Any]:
    try:
        return mapping(orjson.loads(payload))
    except orjson.JSONDecodeError:
        return {}

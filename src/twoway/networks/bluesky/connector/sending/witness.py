"""Whether a record was made and deleted again: the repository forgets, Jetstream remembers 36 hours.

Asked only before a key is sent once more, where the record is not there although the account has
written something since the key was made.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from twoway.collection.values import mapping, text
from twoway.connectors.door import Door
from twoway.connectors.errors import TryLater

_METHOD: Final = "/xrpc/network.bsky.jetstream.subscribeEvents"
_PATIENCE: Final = 20.0
_SECOND: Final = 1_000_000
REMEMBERS: Final = 35 * 3_600 * _SECOND
"""How far back Jetstream may be asked: it keeps 36 hours (2026-11)."""
_MARGIN: Final = 120 * _SECOND  # Jetstream's clock is another one


async def was_made(
    door: Door, jetstream: str, account: str, record: tuple[str, str], since: int, until: str
) -> bool:
    """Tell whether an account made a record (collection, key) since a time (µs UTC).

    `since` is by the network's clock; `until` is the revision up to which the account's events must
    have been seen. Raises TryLater where Jetstream cannot say now.
    """
    query = urlencode(
        # An account that was just made has a revision without a record: that comes as a "sync".
        [("dids", account), ("kinds", "commit"), ("kinds", "sync"), ("cursor", since - _MARGIN)]
    )
    try:
        async with (
            asyncio.timeout(_PATIENCE),
            aclosing(_events(door, f"{jetstream}{_METHOD}?{query}")) as events,
        ):
            async for event in events:
                if (event.get("collection"), event.get("rkey")) == record:
                    return True
                if text(event.get("rev") or mapping(event.get("sync")).get("rev")) >= until:
                    return False
    except TimeoutError as error:
        raise _unsure(door) from error
    raise _unsure(door)


async def _events(door: Door, address: str) -> AsyncGenerator[Mapping[str, Any], None]:
    async with door.socket(address, speaks="xrpc.v1.json") as frames:
        async for frame in frames:
            try:
                yield mapping(mapping(orjson.loads(frame)).get("payload"))
            except orjson.JSONDecodeError:
                continue


def _unsure(door: Door) -> TryLater:
    return TryLater(
        "Whether this was posted before and deleted since cannot be told now; it is asked again "
        "before anything is sent.",
        door.clock.now() + 60 * _SECOND,
    )

"""Fetches the pictures that somebody wants to see: through the door, small ones, a few at a time."""

import asyncio
import logging
from typing import Final

from asgiref.sync import sync_to_async

from twoway.connectors.door import Door
from twoway.connectors.errors import ConnectorError, GiveUp
from twoway.desk.pictures import services
from twoway.desk.pictures.models import Picture

log = logging.getLogger("twoway.desk.pictures")

AT_ONCE: Final = 8
_PATIENCE: Final = 15.0
"""Seconds for one picture: whoever looks has gone on by then."""


async def fetch_wanted(door: Door) -> int:
    """Fetch what is wanted now; returns how many pictures were asked for."""
    some = await sync_to_async(services.wanted)(AT_ONCE)
    await asyncio.gather(*(_fetch(door, one) for one in some))
    return len(some)


async def _fetch(door: Door, picture: Picture) -> None:
    try:
        async with asyncio.timeout(_PATIENCE):
            answer = await door.request(
                "GET", picture.address, headers={"accept": "image/*"}, size=services.LARGEST,
                budget="pictures", patience=1,
            )  # fmt: skip
    except GiveUp as why:
        log.info("a picture is not to be had: %s", why)
        await sync_to_async(services.refuse)(picture)
    except (ConnectorError, TimeoutError):
        await sync_to_async(services.put_off)(picture)
    else:
        store = services.keep if answer.status == 200 else _without
        await sync_to_async(store)(picture, answer.body)


def _without(picture: Picture, _body: bytes) -> None:
    services.refuse(picture)

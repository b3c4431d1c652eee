"""Keeps the networks' streams open: a hint that something happens, where asking again is the truth."""

import asyncio
import logging
import random
from contextlib import aclosing
from typing import Any, Final

from asgiref.sync import sync_to_async

from twoway.connectors.errors import GiveUp, Reconnect, TryLater
from twoway.desk.channels import services as channels
from twoway.desk.channels.models import Channel, Cursor
from twoway.desk.clock import SECOND, now
from twoway.desk.database import writing
from twoway.desk.running.fetching import cursor_of, parsed, store
from twoway.desk.running.ways import Ways, network_of

log = logging.getLogger("twoway.desk.streams")

STREAM: Final = "stream"
"""The name under which a stream's pages are kept, beside the feeds."""
TURN: Final = 60 * SECOND
"""One process keeps a channel's stream; after so long without a sign another one does."""
SETTLES: Final = 10.0
"""Seconds in which a burst of hints leads to one look: servers count looks."""
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0
REFUSED: Final = 3600.0
"""Seconds until a network that has no stream after all is asked again."""


class Streams:
    """The open streams of this process, one task a channel."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def look_after(self) -> None:
        """Begin the streams of new channels, end those of channels that went; call often."""
        wanted = {channel.pk: channel for channel in await _listening()}
        for number in [*self._tasks]:
            if number not in wanted or self._tasks[number].done():
                self._tasks.pop(number).cancel()
        for number, channel in wanted.items():
            if number not in self._tasks:
                self._tasks[number] = asyncio.create_task(self._keep(channel))

    def end(self) -> None:
        """Close all streams."""
        for task in self._tasks.values():
            task.cancel()

    async def _keep(self, channel: Channel) -> None:
        wait = FIRST_WAIT
        while True:
            if await _takes_turn(channel):
                try:
                    if await self._listen(channel):
                        wait = FIRST_WAIT
                except TryLater as error:
                    wait = max(wait, ((error.at or 0) - now()) / SECOND)
                except Reconnect as error:
                    await sync_to_async(channels.report)(channel, "reconnect", needs=error.why)
                    return
                except GiveUp as error:
                    log.info("%s has no stream: %s", channel, error)
                    wait = REFUSED
            await asyncio.sleep(wait * random.uniform(0.7, 1.3))  # noqa: S311  jitter
            wait = min(LONGEST_WAIT, wait * 2) if wait < REFUSED else FIRST_WAIT

    async def _listen(self, channel: Channel) -> bool:
        """Take what the stream tells until it ends; True where it told anything."""
        connector = (await self._ways.open(channel)).connector
        told, hinted = False, 0
        pages = connector.listen(await cursor_of(channel, STREAM) or None)
        sign = asyncio.create_task(_gives_signs(channel))
        try:
            async with aclosing(pages) as open_pages:  # type: ignore[type-var]  # a generator in all
                async for page in open_pages:
                    told = True
                    await store(channel, STREAM, page, parsed(page, connector))
                    if page.items and now() - hinted > SETTLES * SECOND:
                        hinted = now()
                        await _look_soon(channel)
        finally:
            sign.cancel()
        return told


@sync_to_async
def _listening() -> list[Channel]:
    found = Channel.objects.filter(state__in=["working", "trouble"]).order_by("pk")
    return [one for one in found if one.network != "practice" and "listen" in network_of(one).can]


@sync_to_async
def _takes_turn(channel: Channel) -> bool:
    """Take the turn to keep this channel's stream where nobody else does."""
    at = now()
    with writing():
        turn, is_new = Cursor.objects.get_or_create(
            organisation_id=channel.organisation_id, channel=channel, feed=STREAM,
            defaults={"pulled_at": at},
        )  # fmt: skip
        free: Any = Cursor.objects.filter(pk=turn.pk, pulled_at__lte=at - TURN)
        return is_new or bool(free.update(pulled_at=at))


async def _gives_signs(channel: Channel) -> None:
    """Say every now and then that the stream is being kept."""
    while True:
        await asyncio.sleep(TURN / SECOND / 3)
        await sync_to_async(_sign)(channel)


def _sign(channel: Channel) -> None:
    with writing():
        Cursor.objects.filter(channel=channel, feed=STREAM).update(pulled_at=now())


@sync_to_async
def _look_soon(channel: Channel) -> None:
    """Let the channel's private feeds be asked at once instead of when they are due."""
    private = [feed.name for feed in network_of(channel).feeds if not feed.is_public]
    with writing():
        Cursor.objects.filter(channel=channel, feed__in=private).update(pulled_at=None)

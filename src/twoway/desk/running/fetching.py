"""Fetches what is new on every channel: page by page, each stored with its cursor in one transaction."""

import asyncio
import logging
from typing import Final

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db.models import Q

from twoway.collection.records import Record, Rejected
from twoway.connectors.errors import ConnectorError, GiveUp, Reconnect, TryLater
from twoway.connectors.interface import Connector, Feed, Page
from twoway.core.posts import Post
from twoway.desk.channels import raw
from twoway.desk.channels import services as channels
from twoway.desk.channels.models import Channel, Cursor
from twoway.desk.clock import DAY, SECOND, now
from twoway.desk.database import writing
from twoway.desk.inbox import ingest
from twoway.desk.outbox import echo
from twoway.desk.running.lanes import in_a_lane
from twoway.desk.running.ways import Ways, network_of

log = logging.getLogger("twoway.desk.fetching")

RECENT: Final = 14 * DAY
"""So far back a newly connected channel is read at once; what is older lies in "before you came"."""
PAST: Final = 90 * DAY
"""So far back it is read in the end, a page between two looks for what is new."""
_PAST_OF: Final = " past"
AT_ONCE: Final = 8
"""So many channels are fetched from at the same time."""


async def fetch_all(ways: Ways) -> int:
    """Fetch from every feed that is due; returns how many pages came."""
    limit = asyncio.Semaphore(AT_ONCE)

    async def one(channel: Channel) -> int:
        async with limit:
            return await fetch_channel(channel, ways)

    pages = await asyncio.gather(*(one(channel) for channel in await _channels()))
    return sum(pages)


@sync_to_async
def _channels() -> list[Channel]:
    return list(Channel.objects.filter(state__in=["working", "trouble"]).order_by("pk"))


async def fetch_channel(channel: Channel, ways: Ways) -> int:
    """Fetch what is due on one channel, and note in its health how that went."""
    pages = 0
    try:
        feeds = [feed for feed in network_of(channel).feeds if feed.about == "account"]
        due = [feed for feed in feeds if await _is_due(channel, feed)]
        if not due:
            return 0
        connector = (await ways.open(channel)).connector
        for feed in due:
            try:
                pages += await fetch_feed(channel, feed, connector)
            except GiveUp as error:
                if not feed.is_public:
                    raise
                # A server that lacks a public feed still tells us who speaks to us.
                log.info("%s has no %s: %s", channel, feed.name, error)
    except Reconnect as error:
        await sync_to_async(channels.report)(channel, "reconnect", needs=error.why)
    except (TryLater, GiveUp) as error:
        await sync_to_async(channels.report)(channel, "trouble", needs=error.why)
    except ConnectorError as error:
        log.warning("%s: %s", channel, error)
    else:
        await sync_to_async(channels.report)(channel, "working")
    return pages


async def fetch_feed(channel: Channel, feed: Feed, connector: Connector) -> int:
    """Fetch what is new in one feed, then one page of its past.

    A page is stored with its cursor or not at all.
    """
    cursor = await cursor_of(channel, feed.name)
    pages = 0
    async for page in connector.pull(
        feed.name, cursor or None, since=channel.connected_at - RECENT
    ):
        await store(channel, feed.name, page, parsed(page, connector))
        pages += 1
    return pages + await _fetch_past(channel, feed, connector)


async def _fetch_past(channel: Channel, feed: Feed, connector: Connector) -> int:
    """Fetch one page of what is older: a backfill never keeps a new post waiting."""
    name = f"{feed.name}{_PAST_OF}"
    if await _is_backfilled(channel, name):
        return 0
    cursor = await cursor_of(channel, name)
    pages = connector.pull(feed.name, cursor or None, since=channel.connected_at - PAST)
    try:
        async for page in pages:
            records = parsed(page, connector)
            await store(channel, name, page, records)
            said = [record.said_at for record in records if isinstance(record, Post)]
            if page.is_last or (said and min(said) > channel.connected_at - RECENT):
                await _end_backfill(channel, name)
            return 1
        await _end_backfill(channel, name)
        return 0
    finally:
        await pages.aclose()  # type: ignore[attr-defined]  # an async generator in every connector


def parsed(page: Page, connector: Connector) -> list[Record]:
    return [record for one in page.items for record in connector.parse(one)]


@in_a_lane
def store(channel: Channel, feed: str, page: Page, records: list[Record]) -> None:
    posts = [record for record in records if isinstance(record, Post)]
    rejected = sum(isinstance(record, Rejected) for record in records)

    def note() -> None:
        raw.keep(channel, feed, page)
        channels.keep_cursor(channel, feed, page, len(posts) + rejected, rejected)
        echo.seen(channel, (post.id for post in posts if post.author == channel.remote_id))

    ingest.receive(channel, records, beside=note)


@sync_to_async
def cursor_of(channel: Channel, feed: str) -> str:
    found = Cursor.objects.filter(channel=channel, feed=feed).values_list("cursor", flat=True)
    return found.first() or ""


@sync_to_async
def _is_backfilled(channel: Channel, feed: str) -> bool:
    return Cursor.objects.filter(channel=channel, feed=feed, is_backfilled=True).exists()


@sync_to_async
def _end_backfill(channel: Channel, feed: str) -> None:
    with writing():
        Cursor.objects.filter(channel=channel, feed=feed).update(is_backfilled=True)


@sync_to_async
def _is_due(channel: Channel, feed: Feed) -> bool:
    """Take this feed's turn: one process fetches, the others see that it is not yet due again."""
    at = now()
    every = round(feed.every * settings.CONFIGURATION.pace * SECOND)
    rows = Cursor.objects.filter(channel=channel, feed=feed.name)
    due = rows.filter(Q(pulled_at=None) | Q(pulled_at__lte=at - every))
    # Asked every second, so it only writes where there is something to take.
    if rows.exists() and not due.exists():
        return False
    with writing():
        _, is_new = Cursor.objects.get_or_create(
            organisation_id=channel.organisation_id, channel=channel, feed=feed.name,
            defaults={"pulled_at": at},
        )  # fmt: skip
        return is_new or bool(due.update(pulled_at=at))

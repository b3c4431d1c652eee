"""Once a day asks every network again for the last two days, and stores what is missing here.

Cursors may lie and streams may break without a word; only a comparison shows it. What it found
stands in the channel's health.
"""

import logging
from typing import Final

from asgiref.sync import sync_to_async

from twoway.collection.records import Record
from twoway.connectors.errors import ConnectorError, GiveUp
from twoway.connectors.interface import Connector, Feed
from twoway.core.posts import Post
from twoway.desk.channels.models import Channel, Check
from twoway.desk.clock import DAY, now
from twoway.desk.inbox import ingest
from twoway.desk.running.fetching import parsed
from twoway.desk.running.ways import Ways, network_of

log = logging.getLogger("twoway.desk.comparing")

BACK: Final = 2 * DAY
SAID: Final = frozenset({"originals", "replies", "comments", "mentions", "quotes", "private"})
"""What is compared: posts. Likes, profiles and follows are told anew by themselves."""


async def compare_all(ways: Ways) -> int:
    """Compare the channels whose last comparison is a day old; returns how many."""
    due = await _due()
    for channel in due:
        try:
            missing = await compare(channel, (await ways.open(channel)).connector)
        except ConnectorError as error:
            log.info("%s could not be compared: %s", channel, error)
        else:
            log.log(logging.WARNING if missing else logging.INFO, "%s lacked %d", channel, missing)
    return len(due)


async def compare(channel: Channel, connector: Connector) -> int:
    """Fetch what was said lately, note how many posts are missing here, and store them."""
    records: list[Record] = []
    for feed in network_of(channel).feeds:
        if feed.about == "account" and feed.covers & SAID:
            records += await _lately(feed, connector, now() - BACK)
    said = [one for one in records if isinstance(one, Post) and one.said_at >= now() - BACK]
    wanted = await sync_to_async(ingest.without_theirs)(channel, said)
    check = await sync_to_async(ingest.compare)(channel, {one.id for one in wanted})
    if check.missing:
        await sync_to_async(ingest.receive)(channel, records)
    return check.missing


async def _lately(feed: Feed, connector: Connector, since: int) -> list[Record]:
    found: list[Record] = []
    try:
        async for page in connector.pull(feed.name, None, since=since):
            found += parsed(page, connector)
    except GiveUp:
        if not feed.is_public:
            raise
    return found


@sync_to_async
def _due() -> list[Channel]:
    lately = Check.objects.filter(checked_at__gt=now() - DAY).values("channel_id")
    # A channel connected today has just been read anyway.
    old = Channel.objects.filter(state="working", connected_at__lt=now() - DAY)
    return list(old.exclude(pk__in=lately).order_by("pk"))

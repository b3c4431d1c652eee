"""Keeps what networks answered, packed, for as long as they allow; hands it out to be read anew."""

from collections.abc import Iterator
from typing import Final

import msgspec
import zstandard

from twoway.connectors.interface import Page, Raw
from twoway.desk.channels.models import Channel, RawPage
from twoway.desk.clock import DAY, now
from twoway.desk.database import writing

KEPT: Final = 30
"""Days for which raw pages are kept, less where a network demands it."""
_AT_ONCE: Final = 500
_decode: Final = msgspec.msgpack.Decoder(list[Raw]).decode


def keep(channel: Channel, feed: str, page: Page) -> None:
    """Store a page as it came; in the transaction that stores its posts and its cursor."""
    if page.items:
        RawPage.objects.create(
            organisation_id=channel.organisation_id, channel=channel, feed=feed, fetched_at=now(),
            items=len(page.items), packed=zstandard.compress(msgspec.msgpack.encode(page.items)),
        )  # fmt: skip


def pages(channel: Channel) -> Iterator[list[Raw]]:
    """Hand out the raw answers of a channel, the oldest page first."""
    rows = RawPage.objects.filter(channel=channel).order_by("fetched_at", "pk")
    for packed in rows.values_list("packed", flat=True).iterator(50):
        yield _decode(zstandard.decompress(bytes(packed)))


def purge(at: int | None = None) -> int:
    """Delete what is kept for too long; returns how many pages went."""
    gone = 0
    for channel in Channel.objects.all():
        days = min(KEPT, channel.keep_days or KEPT)
        old = RawPage.objects.filter(channel=channel, fetched_at__lt=(at or now()) - days * DAY)
        while some := list(old.values_list("pk", flat=True)[:_AT_ONCE]):
            with writing():
                gone += RawPage.objects.filter(pk__in=some).delete()[0]
    return gone

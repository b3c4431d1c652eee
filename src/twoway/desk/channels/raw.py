"""Keeps what networks answered, packed, for as long as they allow; hands it out to be read anew."""

import json
from collections.abc import Iterator, Sequence
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
_UNPACKED_AT_ONCE: Final = 20
_decode: Final = msgspec.msgpack.Decoder(list[Raw]).decode


def keep(channel: Channel, feed: str, page: Page) -> None:
    """Store a page as it came; in the transaction that stores its posts and its cursor."""
    if page.items:
        RawPage.objects.create(
            organisation_id=channel.organisation_id, channel=channel, feed=feed, fetched_at=now(),
            items=len(page.items), packed=_pack(page.items),
        )  # fmt: skip


def pages(channel: Channel) -> Iterator[list[Raw]]:
    """Hand out the raw answers of a channel, the oldest page first."""
    rows = RawPage.objects.filter(channel=channel).order_by("fetched_at", "pk")
    for packed in rows.values_list("packed", flat=True).iterator(50):
        yield _unpack(packed)


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


def drop(organisation: int, network: str, names: Sequence[str]) -> int:
    """Take every answer out that holds one of some names; returns how many went.

    Whole, with whatever else it tells: half an answer is nothing that a parser could read.
    """
    sought = [form for name in names for form in _forms(name)]
    pages = RawPage.objects.filter(organisation_id=organisation, channel__network=network)
    gone, after = 0, 0
    while some := list(pages.filter(pk__gt=after).order_by("pk")[:_UNPACKED_AT_ONCE]):
        after = some[-1].pk
        for page in some:
            items = _unpack(page.packed)
            kept = [one for one in items if not any(form in one.body for form in sought)]
            kept = [one for one in kept if one.about not in names]
            if len(kept) < len(items):
                gone += len(items) - len(kept)
                _replace(page, kept)
    return gone


def _replace(page: RawPage, kept: Sequence[Raw]) -> None:
    row = RawPage.objects.filter(pk=page.pk)
    with writing():
        if kept:
            row.update(items=len(kept), packed=_pack(kept))
        else:
            row.delete()


def _forms(name: str) -> set[bytes]:
    """Return a name as JSON may write it: plain, or with every letter beyond ASCII escaped."""
    return {name.encode(), json.dumps(name)[1:-1].encode(), msgspec.json.encode(name)[1:-1]}


def _pack(items: Sequence[Raw]) -> bytes:
    return zstandard.compress(msgspec.msgpack.encode(items))


def _unpack(packed: bytes | memoryview) -> list[Raw]:
    return _decode(zstandard.decompress(bytes(packed)))

"""Pulling as commands do it: read, keep, merge, and say in sentences how far it got."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from twoway.cli._accounts import Way
from twoway.collection.progress import Progress
from twoway.connectors.clock import SECOND
from twoway.connectors.pulling import Gathering, Outcome, Pull
from twoway.connectors.shelf import Shelf

DAY: Final = 86_400 * SECOND
# How long raw pages stay where the network sets no shorter time: long enough for a better parser.
RAW_DAYS: Final = 90


async def pull_into(
    into: Path, way: Way, since: int | None, progress: Progress, *, patience: float
) -> list[Outcome]:
    """Read all feeds of an account into a collection; whoever calls holds the folder."""
    shelf = Shelf(into, way.network.name, way.whose.id)
    shelf.sweep()
    pull = Pull(
        connector=way.connector,
        keeping=shelf,
        clock=way.door.clock,
        account=None if way.is_connected else way.whose.id,
        since=since,
        patience=patience,
        progress=progress,
    )
    try:
        return await pull.feeds(way.feeds)
    finally:
        gather(into, way, shelf, progress)
        purge(way, shelf)


def gather(into: Path, way: Way, shelf: Shelf, progress: Progress, *, language: bool = True) -> int:
    """Bring what is stored into the collection."""
    return Gathering(
        shelf=shelf,
        parse=way.connector.parse,
        into=into,
        name=f"{way.network.name} {way.whose.id}",
        whose=way.whose,
        language=language,
    ).gather(progress)


def purge(way: Way, shelf: Shelf) -> None:
    """Delete raw pages that are older than they may be."""
    days = min(RAW_DAYS, way.network.retention_days or RAW_DAYS)
    shelf.purge(way.door.clock.now() - days * DAY)


def shortfalls(outcomes: Sequence[Outcome]) -> list[str]:
    """Say which feeds were not read to their ends, how far they were, and why."""
    return [
        f"{outcome.feed.replace('_', ' ').capitalize()}: {_far(outcome.reached)}. {outcome.stopped}"
        for outcome in outcomes
        if outcome.stopped is not None
    ]


def _far(reached: int | None) -> str:
    return "read not at all" if reached is None else f"read back to {_day(reached)} only"


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / SECOND, UTC):%Y-%m-%d}"

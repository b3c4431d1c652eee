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


def shortfalls(outcomes: Sequence[Outcome], since: int | None) -> list[str]:
    """Say which feeds were not read to their ends, how far they were, and why."""
    said = []
    for outcome in outcomes:
        if outcome.stopped is None:
            continue
        reached = outcome.reached
        far = "not at all" if reached is None else f"back to {_day(reached)} only"
        wanted = f" of {_day(since)}" if since is not None and reached is not None else ""
        name = outcome.feed.replace("_", " ")
        said.append(f"{name.capitalize()}: read {far}{wanted and ', not to the start' + wanted}. "
                    f"{outcome.stopped}")  # fmt: skip
    return said


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / SECOND, UTC):%Y-%m-%d}"

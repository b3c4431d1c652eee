"""`twoway listen`: what happens on connected accounts, into a collection, until it is stopped."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from twoway.cli.terminal import NETWORK, Place

if TYPE_CHECKING:
    from twoway.cli._accounts import Way
    from twoway.connectors.listening import State

# What came is merged after so many seconds: each time costs reading the whole collection.
_MERGED_AFTER: Final = 20.0


@click.command(
    short_help="Listen to connected accounts and keep what is said.",
    epilog="\b\nExamples:\n  twoway listen --into museum"
    "\n  twoway listen museum.example @museum@server.example --into museum",
)
@click.argument("accounts", nargs=-1)
@click.option(
    "--into",
    required=True,
    type=Place(path_type=Path),
    metavar="FOLDER",
    help="The collection: made when it does not exist, added to when it does.",
)
@click.option(
    "--merge-every",
    type=click.FloatRange(0.1),
    default=_MERGED_AFTER,
    show_default=True,
    metavar="SECONDS",
    help="How soon what came is in the collection; it is on disk at once.",
)
def command(accounts: tuple[str, ...], into: Path, merge_every: float) -> None:
    """Listen to connected ACCOUNTS, by default all, and keep what is said in a collection.

    Goes on where it stopped, whatever stopped it. Says on standard error how each connection is:
    live, catching up, away, or what it needs from you. Ctrl-C ends it.

    Ends with 4 when no account can be listened to any more.
    """
    from twoway.connectors.credentials import Store  # noqa: PLC0415  costs cryptography
    from twoway.connectors.pulling import holding  # noqa: PLC0415

    store = Store()
    chosen = [store.find(name) for name in accounts] if accounts else store.accounts()
    if not chosen:
        raise click.UsageError("Nothing is connected. First: twoway connect NETWORK")
    with holding(into):
        asyncio.run(_listen([f"{one.network}:{one.account}" for one in chosen], into, merge_every))
    raise click.exceptions.Exit(NETWORK)


async def _listen(names: Sequence[str], into: Path, merge_every: float) -> None:
    """Listen to every account by itself; ends when none is left."""
    merging = asyncio.Lock()  # one writer of the collection at a time
    async with asyncio.TaskGroup() as tasks:
        for name in names:
            tasks.create_task(_one(name, into, merge_every, merging))


async def _one(name: str, into: Path, merge_every: float, merging: asyncio.Lock) -> None:
    from twoway.cli._accounts import way_to  # noqa: PLC0415  loads what talks to the internet
    from twoway.connectors.errors import Reconnect  # noqa: PLC0415
    from twoway.connectors.listening import Listener  # noqa: PLC0415
    from twoway.connectors.shelf import Shelf  # noqa: PLC0415

    async with way_to(name) as way:
        shelf = Shelf(into, way.network.name, way.whose.id)
        shelf.sweep()
        came = asyncio.Event()
        if shelf.has_waiting():
            came.set()
        listener = Listener(
            connector=way.connector,
            feeds=way.feeds,
            keeping=shelf,
            clock=way.door.clock,
            has_stream="listen" in way.network.can,
            last=shelf.last_kept_at(),
            told=lambda state: _tell(way, state),
            kept=came.set,
        )
        keeping = asyncio.ensure_future(_merge(way, into, came, merge_every, merging))
        try:
            await listener.run()
        except Reconnect:
            return  # said already; the others go on
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)


async def _merge(
    way: "Way", into: Path, came: asyncio.Event, every: float, merging: asyncio.Lock
) -> None:
    """Bring what came into the collection, a while after it came, and once more at the end."""
    from twoway.cli._pulling import gather, purge  # noqa: PLC0415
    from twoway.collection.progress import quiet  # noqa: PLC0415
    from twoway.connectors.shelf import Shelf  # noqa: PLC0415

    def work() -> None:
        shelf = Shelf(into, way.network.name, way.whose.id)
        gather(into, way, shelf, quiet)
        purge(way, shelf)

    try:
        while True:
            await came.wait()
            await asyncio.sleep(every)
            came.clear()
            async with merging:
                await asyncio.to_thread(work)
    finally:
        work()


def _tell(way: "Way", state: "State") -> None:
    at = datetime.fromtimestamp(state.since / 1_000_000, UTC)
    click.echo(f"{at:%Y-%m-%d %H:%M:%S} {way.title}: {state.words}", err=True)

"""`twoway check`: whether every connection works, since when, and what it needs."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from twoway.cli.terminal import NETWORK

if TYPE_CHECKING:
    from twoway.connectors.credentials import Connected, Store
    from twoway.connectors.interface import Health


@click.command(
    short_help="Say of every connection whether it works, and what it needs.",
    epilog="\b\nExamples:\n  twoway check\n  twoway check museum.example",
)
@click.argument("accounts", nargs=-1)
def command(accounts: tuple[str, ...]) -> None:
    """Say of every connection, or of ACCOUNTS, whether it works, since when, what it needs.

    Ends with 4 when one of them does not work.
    """
    from twoway.connectors.credentials import Store  # noqa: PLC0415  costs cryptography

    store = Store()
    chosen = [store.find(name) for name in accounts] if accounts else store.accounts()
    if not chosen:
        click.echo("Nothing is connected. Next: twoway connect NETWORK")
        return
    healths = asyncio.run(_examine(chosen, store))
    for connected, health in zip(chosen, healths, strict=True):
        click.echo(_sentence(connected, health))
    if not all(health.works for health in healths):
        raise click.exceptions.Exit(NETWORK)


async def _examine(chosen: "list[Connected]", store: "Store") -> "list[Health]":
    from twoway.connectors import registry  # noqa: PLC0415  loads what talks to the internet
    from twoway.connectors.door import Door  # noqa: PLC0415
    from twoway.connectors.health import examine, since_when  # noqa: PLC0415

    async with Door() as door:
        healths = []
        for one in chosen:
            keeper = store.keeper(one.network, one.account)
            health = await examine(registry.network(one.network).open(door, keeper))
            healths.append(since_when(health, one.network, one.account, door.clock.now()))
        return healths


def _sentence(connected: "Connected", health: "Health") -> str:
    who = f"{connected.handle} ({connected.network})"
    since = f" since {_moment(health.since)}" if health.since else ""
    if health.works:
        return f"{who} works{since}; connected on {_moment(connected.since)[:10]}."
    return f"{who} does not work{since}: {health.needs}"


def _moment(at: int) -> str:
    return f"{datetime.fromtimestamp(at // 1_000_000, UTC):%Y-%m-%d %H:%M} UTC"

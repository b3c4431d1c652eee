"""`twoway connect`: an account of ours, proved and kept sealed."""

import asyncio
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from twoway.connectors.interface import Credentials, Network


@click.command(
    short_help="Connect an account of yours, to read it whole and answer.",
    epilog="\b\nExamples:\n  twoway connect mastodon --set server=mastodon.example"
    "\n  twoway connect bluesky --set handle=museum.bsky.social"
    "\n  cat secrets | twoway connect bluesky     (one line for each setting)",
)
@click.argument("network", required=False)
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting that is no secret; what is left out is asked for.",
)
@click.option(
    "--paste",
    is_flag=True,
    help="Where the network's page cannot lead back to this machine: type in what it shows.",
)
@click.option(
    "--new-key", is_flag=True, help="Seal all credentials with a new key, and forget the old one."
)
def command(network: str | None, given: tuple[str, ...], paste: bool, new_key: bool) -> None:
    """Connect an account on NETWORK, so that it is read whole and can answer.

    It is proved before it is saved. Secrets are typed unseen or read from standard input, kept
    sealed, and shown nowhere.
    """
    from twoway.connectors import registry  # noqa: PLC0415  loads what talks to the internet
    from twoway.connectors.clock import Wall  # noqa: PLC0415
    from twoway.connectors.credentials import Store  # noqa: PLC0415
    from twoway.connectors.errors import GiveUp  # noqa: PLC0415

    if new_key:
        click.echo(f"{Store().change_key()} accounts are sealed with a new key.")
    if network is None:
        if new_key:
            return
        names = ", ".join(one.name for one in registry.networks())
        raise click.UsageError(f"Name a network. There are: {names}.")
    try:
        chosen = registry.network(network)
    except GiveUp as error:
        raise click.UsageError(str(error)) from None
    credentials = asyncio.run(_connect(chosen, _pairs(given), paste=paste))
    Store().save(credentials, Wall().now())
    click.echo(f"Connected {credentials.handle} on {chosen.title}.")
    click.echo(f"Next: twoway pull {credentials.handle} --into FOLDER")


async def _connect(network: "Network", given: dict[str, str], *, paste: bool) -> "Credentials":
    from twoway.cli._asking import Landing, ask, read_answer  # noqa: PLC0415
    from twoway.connectors.door import Door  # noqa: PLC0415
    from twoway.connectors.interface import Credentials  # noqa: PLC0415

    settings = ask(network.settings, given)
    landing = Landing()
    try:
        async with Door() as door:
            connecting = network.connecting(door)
            found = await connecting.begin(settings, "" if paste else landing.address)
            if isinstance(found, Credentials):
                return found
            click.echo(f"Open this page and allow it there:\n\n  {found.address}\n")
            if paste:
                shown = click.prompt("The code it shows, or the address it leads to")
                answer = read_answer(shown)
            else:
                answer = await asyncio.to_thread(landing.wait)
            return await connecting.finish(found, answer)
    finally:
        landing.close()


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    for name, equals, _ in pairs:
        if not equals:
            raise click.UsageError(f"--set {name}: write NAME=VALUE.")
    return {name.strip(): value.strip() for name, _, value in pairs}

"""`twoway disconnect`: credentials revoked at the network, then forgotten here."""

import asyncio

import click


@click.command(
    short_help="Take back what an account was connected with.",
    epilog="\b\nExamples:\n  twoway disconnect museum.example"
    "\n  twoway disconnect museum.example --network bluesky --anyway",
)
@click.argument("account")
@click.option("--network", help="Where one handle is connected on several networks.")
@click.option(
    "--anyway", is_flag=True, help="Forget the credentials even where the network cannot be told."
)
def command(account: str, network: str | None, anyway: bool) -> None:
    """Disconnect an ACCOUNT: the network is told to take its credentials back.

    Where that fails they are kept, so that it can be tried again. What was pulled stays.
    """
    from twoway.connectors import registry  # noqa: PLC0415  loads what talks to the internet
    from twoway.connectors.credentials import Store  # noqa: PLC0415
    from twoway.connectors.door import Door  # noqa: PLC0415
    from twoway.connectors.errors import ConnectorError, Reconnect  # noqa: PLC0415

    store = Store()
    found = store.find(account, network)

    async def revoke() -> None:
        async with Door() as door:
            keeper = store.keeper(found.network, found.account)
            await registry.network(found.network).open(door, keeper).disconnect()

    try:
        asyncio.run(revoke())
    except Reconnect:
        click.echo("The network had taken them back already.", err=True)
    except ConnectorError as error:
        if not anyway:
            click.echo("The credentials are kept; --anyway forgets them here.", err=True)
            raise
        click.echo(f"{error} Take them back in the network's own settings.", err=True)
    store.forget(found.network, found.account)
    click.echo(f"Disconnected {found.handle}.")

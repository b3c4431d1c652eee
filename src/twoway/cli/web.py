"""`twoway web`: the desk's pages alone, beside any number of `twoway work`."""

import asyncio

import click

from twoway.cli._desk import get_ready, set_up_desk
from twoway.cli.desk import PORT


@click.command(epilog="\b\nExample:\n  TWOWAY_DATABASE=postgresql://twoway@db/twoway twoway web")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
def command(host: str, port: int) -> None:
    """Serve the desk's pages. Several processes may, on one database; `twoway work` does the work."""
    with set_up_desk():
        click.echo(get_ready(host, port, opens_browser=False))
        from twoway.desk.running import whole  # noqa: PLC0415  after Django is set up

        asyncio.run(whole.run_pages(host, port))

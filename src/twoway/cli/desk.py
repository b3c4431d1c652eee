"""`twoway desk`: the team's desk in one process, on this machine."""

import asyncio

import click

from twoway.cli._desk import get_ready, set_up_desk

PORT = 8765


@click.command(epilog="\b\nExamples:\n  twoway desk\n  twoway desk --port 9000 --no-browser")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--browser/--no-browser", default=True, help="Open the desk in the browser.")
def command(host: str, port: int, browser: bool) -> None:
    """Open the desk: pages, senders and listeners in one process.

    Everything is kept in TWOWAY_HOME, in an SQLite file unless TWOWAY_DATABASE names another
    database. For several processes see `twoway web` and `twoway work`.
    """
    with set_up_desk():
        click.echo(f"{get_ready(host, port, opens_browser=browser)}\nCtrl-C closes the desk.")
        from twoway.desk.running import whole  # noqa: PLC0415  after Django is set up

        asyncio.run(whole.run(host, port))

"""`twoway work`: fetching and sending for the desk, without pages."""

import asyncio

import click

from twoway.cli._desk import set_up_desk


@click.command(epilog="\b\nExample:\n  TWOWAY_DATABASE=postgresql://twoway@db/twoway twoway work")
def command() -> None:
    """Fetch what is new, send what is due, let time pass. Any number of processes may."""
    with set_up_desk():
        from twoway.desk.running import starting, whole  # noqa: PLC0415  after Django is set up

        starting.get_ready()
        click.echo("At work. Ctrl-C ends it; nothing is lost.")
        asyncio.run(whole.run_work())

"""What `desk`, `web`, `work`, `backup` and `restore` do first: Django, the database, a word about both."""

import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager

import click

from twoway.collection.errors import CollectionError

ON_ALL = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}  # noqa: S104  what is not shown
"""Addresses to listen on that nobody can open, and what to open instead."""


class DeskTrouble(CollectionError):
    """Something about the desk's set-up that whoever runs it can put right."""


@contextmanager
def set_up_desk() -> Iterator[None]:
    """Load Django; say in a sentence what the configuration or the database lacks."""
    from twoway.desk.running import starting  # noqa: PLC0415  costs Django

    try:
        starting.set_up()
        with starting.plainly():
            yield
    except starting.Trouble as error:
        raise DeskTrouble(str(error)) from error


def get_ready(host: str, port: int, *, opens_browser: bool) -> str:
    """Bring the database up to date and return the address where the desk is about to open."""
    from twoway.desk.running import starting  # noqa: PLC0415  after Django is set up

    readied = starting.get_ready()
    if readied.backup is not None:
        click.echo(
            f"The database was brought up to date. Before that it was saved to {readied.backup}."
        )
    address = f"http://{ON_ALL.get(host, host)}:{port}/"
    if readied.token is not None:
        address += f"begin/{readied.token}/"
        click.echo("Nobody works here yet. This address lets the first teammate in, once:")
    if opens_browser and sys.stdout.isatty():
        webbrowser.open(address)
    return address

"""What `desk`, `web`, `work`, `backup` and `restore` do first: Django, the database, a word about both."""

import errno
import socket
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


_REFUSED = {
    errno.EADDRINUSE: "port {port} is taken, perhaps by a desk that is open already. "
    "Close that, or choose another with --port.",
    errno.EACCES: "port {port} is the system's own. Choose one above 1023 with --port.",
    errno.EADDRNOTAVAIL: "this machine has no address {host}. Choose another with --host.",
}
"""Why nothing can listen there, by what the system says, and the cure."""


def ensure_free(host: str, port: int) -> None:
    """Listen for a moment where the desk is about to; raises DeskTrouble before anything is begun."""
    try:
        (family, kind, _, _, place), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family, kind) as tried:
            # As the server does: what a desk closed a moment ago left behind is no hindrance.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)
            tried.listen(1)
    except socket.gaierror:
        raise DeskTrouble(f"--host {host}: there is no such address. Try 127.0.0.1.") from None
    except OSError as error:
        why = _REFUSED.get(error.errno or 0, f"{error.strerror}.").format(host=host, port=port)
        raise DeskTrouble(f"The desk cannot open: {why}") from None


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

    ensure_free(host, port)
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

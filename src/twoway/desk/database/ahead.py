"""The database works while Python goes on: statements whose answers nobody needs at once."""

import selectors
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def ahead(write: Callable[[], None] | None) -> Iterator[None]:
    """Have PostgreSQL run the statements of `write` while the block goes on; its end waits for them.

    What the block asks meanwhile is answered after them. SQLite has no server: it runs them first.
    """
    if write is None:
        yield
        return
    if connection.vendor != "postgresql":
        write()
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        write()
        _send(connection.connection.pgconn)
        yield


def _send(wire: Any) -> None:
    """Hand over everything: the driver keeps up to 64 kB until there is more, or a question."""
    with selectors.DefaultSelector() as selector:
        selector.register(wire.socket, selectors.EVENT_WRITE)
        while wire.flush():
            selector.select()

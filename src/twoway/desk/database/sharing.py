"""Many may do one thing at once, unless somebody does another that needs to be alone."""

from django.db import connection

from twoway.core.identity import key


def shared(name: str) -> None:
    """Keep whoever asks to be alone waiting until this transaction ends."""
    _lock("pg_advisory_xact_lock_shared", name)


def alone(name: str) -> None:
    """Wait until nobody shares a name any more; who comes later waits for this transaction."""
    _lock("pg_advisory_xact_lock", name)


def _lock(how: str, name: str) -> None:
    # SQLite has one writer anyway.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"select {how}(%s)", [key("lock", name)])

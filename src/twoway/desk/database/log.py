"""SQLite's log: what a large transaction wrote moves into the file beside whoever writes next."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final

from django.db import connection

_TIMES: Final = 8
"""So often in turn the log grows, by some 10 MB each; it begins anew only where nobody writes while
the last of it moves."""

_moving = threading.Lock()
_left = 0


@contextmanager
def leaving_the_log() -> Iterator[None]:
    """Let what the block commits lie in the log, and move it in a thread of its own afterwards.

    Whoever commits past 2,000 pages moves all of them before it goes on: a tenth of the time of a
    delivery, and longer where the disk is slow. A desk that is killed meanwhile finds its log again.
    """
    global _left  # noqa: PLW0603  one log a process
    is_file = connection.vendor == "sqlite" and not connection.is_in_memory_db()
    if not is_file or connection.in_atomic_block:
        yield
    else:
        _left = (_left + 1) % _TIMES
        if not _left:
            # What is written next begins the log anew; a thread might not have begun to move it yet.
            _move(str(connection.settings_dict["NAME"]))
        with _unmoved():
            yield


@contextmanager
def _unmoved() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("pragma wal_autocheckpoint")
        (usual,) = cursor.fetchone()
        cursor.execute("pragma wal_autocheckpoint = 0")
        try:
            yield
        finally:
            cursor.execute(f"pragma wal_autocheckpoint = {usual}")
            path = str(connection.settings_dict["NAME"])
            threading.Thread(target=_move, args=(path,), name="log", daemon=True).start()


def _move(path: str) -> None:
    with _moving, closing(sqlite3.connect(path)) as file:
        file.execute("pragma wal_checkpoint(passive)")

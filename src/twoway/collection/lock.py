"""One writer at a time in a folder; the system lets go of the lock when its holder dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from twoway.collection.errors import Busy, CollectionError

NAME = ".twoway-lock"

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; Busy where another process holds it."""
    try:
        descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise CollectionError(
            f"{folder} cannot be written ({error.strerror}). Choose a folder of your own."
        ) from error
    try:
        try:
            _take(descriptor)
        except OSError as error:
            raise Busy(
                f"Another process is writing {folder}. Wait until it has finished and try again."
            ) from error
        yield
    finally:
        os.close(descriptor)

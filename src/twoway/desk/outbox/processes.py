"""Names processes so that a dead one is known for dead at once, and no other is ever taken for it."""

import hashlib
import os
import socket
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
"""Only Linux has it; elsewhere the number of a process alone has to do."""


def name_of_this() -> str:
    """Return the name of this process: where it runs, its number, since when."""
    return f"{_where()}:{os.getpid()}:{_since(os.getpid())}"


def is_gone(name: str) -> bool:
    """Tell whether a process of that name has ended; False where it could not be seen from here."""
    where, _, rest = name.partition(":")
    number, _, since = rest.partition(":")
    if where != _where() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    # Numbers are given anew: after some minutes on a busy machine, at once in a container.
    return _since(int(number)) not in ("", since)


@cache
def _where() -> str:
    """Name where a process is known by its number: this host, since it was started, this container.

    Its name alone would not do: containers may have the host's, and cloned machines one another's.
    """
    marks = [socket.gethostname()]
    with suppress(OSError):
        marks += [
            (_PROC / "sys/kernel/random/boot_id").read_text("ascii"),
            str((_PROC / "self/ns/pid").readlink()),
        ]
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:16]


def _since(number: int) -> str:
    """Return when a process began, in the system's ticks; empty where we are not told."""
    try:
        told = (_PROC / str(number) / "stat").read_bytes()
    except OSError:
        return ""
    # The program's name stands in brackets and may hold anything; the 22nd field of all is meant.
    return told.rpartition(b")")[2].split()[19].decode("ascii")

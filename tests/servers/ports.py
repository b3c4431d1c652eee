"""Ports for servers that tests start."""

import os
import random
import socket
import subprocess
import time
from fcntl import LOCK_EX, LOCK_NB, lockf
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any, BinaryIO, Final

import httpx
from servers.patience import PATIENCE

CLIENT: Final = httpx.Client(timeout=PATIENCE, limits=httpx.Limits(max_keepalive_connections=0))
"""For whoever asks often: making one takes 20 ms. No connection outlives a server that is killed."""

# Below what systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): a port
# of that kind is taken by anybody between two starts of a server that is killed and comes back.
_FIRST, _LAST = 15_000, 32_000
_TRIES = 100
_GIVEN: set[int] = set()


def free_port() -> int:
    """Return a port that nobody listens on now, and that no other test is given."""
    chance = random.SystemRandom()
    for _ in range(_TRIES):
        port = chance.randint(_FIRST, _LAST)
        if port in _GIVEN:
            continue
        with socket.socket() as probe:
            try:
                # Of two who start servers at once the later would find the port taken.
                lockf(_book(), LOCK_EX | LOCK_NB, 1, port)
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _GIVEN.add(port)
        return port
    raise RuntimeError(f"No free port between {_FIRST} and {_LAST} in {_TRIES} tries.")


@cache
def _book() -> BinaryIO:
    """Open the file in which each process locks the bytes with the numbers of its ports."""
    return (Path(gettempdir()) / f"twoway-ports-{os.getuid()}").open("ab")


def wait_for_port(port: int, server: subprocess.Popen[Any]) -> None:
    """Wait until a server takes connections; raises RuntimeError where it ends or stays silent."""
    ends = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < ends:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"{server.args} does not listen on port {port} ({server.poll()}).")

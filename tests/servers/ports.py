"""Ports for servers that tests start."""

import random
import socket
import subprocess
import time
from typing import Any, Final

import httpx

CLIENT: Final = httpx.Client(timeout=30, limits=httpx.Limits(max_keepalive_connections=0))
"""For whoever asks often: making one takes 20 ms. No connection outlives a server that is killed."""

# Below what systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): a port
# of that kind is taken by anybody between two starts of a server that is killed and comes back.
_FIRST, _LAST = 15_000, 32_000
_TRIES = 100


def free_port() -> int:
    """Return a port that nobody listens on now."""
    chance = random.SystemRandom()
    for _ in range(_TRIES):
        port = chance.randint(_FIRST, _LAST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"No free port between {_FIRST} and {_LAST} in {_TRIES} tries.")


def wait_for_port(port: int, server: subprocess.Popen[Any], seconds: float = 150) -> None:
    """Wait until a server takes connections; raises RuntimeError where it ends or stays silent."""
    until = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"{server.args} does not listen on port {port} ({server.poll()}).")

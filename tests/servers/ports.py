"""Ports for servers that tests start."""

import socket
import subprocess
import time
from typing import Any


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, server: subprocess.Popen[Any], seconds: float = 60) -> None:
    """Wait until a server takes connections; raises RuntimeError where it ends or stays silent."""
    until = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"{server.args} does not listen on port {port} ({server.poll()}).")

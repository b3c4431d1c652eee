"""Pages of the running server, as clients see them: one, eight, and beside 200 live connections."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from pages import kinds, spread
from servers.ports import free_port, wait_for_port
from world import Size

from twoway.desk.team.models import Teammate

READERS = 200
RATE = 200
"""Posts a second that come in while readers listen."""

Times = tuple[float, float, float]
"""Median, p95 and p99 in ms, as the client sees them."""


def serving(size: Size, requests: int) -> dict[str, Any]:
    """Return times of pages by who else is there, and how long it took to stop."""
    client = Client()
    client.force_login(Teammate.objects.get(pk=1))
    cookie = f"sessionid={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    connection.close()
    found: dict[str, Any] = {}
    with _server(0) as (port, _):
        _ask(port, cookie, size, 30, seed=1)
        found["one client"] = _spreads(_ask(port, cookie, size, requests, seed=2))
        took, found["pages a second, eight clients"] = _ask_together(
            port, cookie, size, requests, 8
        )
        found["eight clients"] = _spreads(took)
    with _server(RATE) as (port, process):
        readers = _listen(port, cookie)
        _ask(port, cookie, size, 30, seed=1)
        took = _ask(port, cookie, size, requests, seed=2)
        found["one client, 200 listening, 200 posts a second"] = _spreads(took)
        found["events heard"] = readers.heard
        begun = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        process.wait()
        found["seconds to stop with all of them open"] = time.perf_counter() - begun
        readers.close()
    return found


@contextmanager
def _server(rate: int) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    port = free_port()
    command = [sys.executable, str(Path(__file__).with_name("fed.py")), str(port), str(rate)]
    process = subprocess.Popen(command, env=os.environ)
    try:
        wait_for_port(port, process)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def _ask(port: int, cookie: str, size: Size, requests: int, seed: int) -> dict[str, list[float]]:
    """Ask for pages of all kinds in turn over one connection; return the times by kind."""
    makers = kinds(Random(seed), size)
    took: dict[str, list[float]] = {name: [] for name in makers}
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for nth in range(requests):
        name = list(makers)[nth % len(makers)]
        begun = time.perf_counter()
        client.request("GET", makers[name](), headers={"Cookie": cookie})
        answer = client.getresponse()
        answer.read()
        took[name].append((time.perf_counter() - begun) * 1000)
        assert answer.status == 200, (name, answer.status)  # noqa: S101  a wrong page is no figure
    client.close()
    return took


def _spreads(took: dict[str, list[float]]) -> dict[str, Times]:
    every = [ms for times in took.values() for ms in times]
    return {"all pages": spread(every)} | {n: spread(times) for n, times in took.items() if times}


def _ask_together(
    port: int, cookie: str, size: Size, requests: int, clients: int
) -> tuple[dict[str, list[float]], float]:
    """Let several clients ask at once; return all times, and how many pages a second that made."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        some = [
            pool.submit(_ask, port, cookie, size, requests // clients, 10 + nth)
            for nth in range(clients)
        ]
        each = [one.result() for one in some]
    together: dict[str, list[float]] = {name: [] for name in each[0]}
    for one in each:
        for name, times in one.items():
            together[name] += times
    return together, requests / (time.perf_counter() - begun)


class _Readers:
    """Live connections that are read by one thread, and how many events they heard."""

    def __init__(self, sockets: list[socket.socket]) -> None:
        self._sockets = sockets
        self.heard = 0
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        import select  # noqa: PLC0415  used here alone

        ends = select.epoll()
        by_number = {one.fileno(): one for one in self._sockets}
        for number in by_number:
            ends.register(number, select.EPOLLIN)
        while by_number:
            for number, _ in ends.poll():
                data = by_number[number].recv(65_536)
                self.heard += data.count(b"event: ")
                if not data:
                    ends.unregister(number)
                    del by_number[number]

    def close(self) -> None:
        """Close all connections."""
        for one in self._sockets:
            one.close()


def _listen(port: int, cookie: str) -> _Readers:
    sockets = []
    for _ in range(READERS):
        one = socket.create_connection(("127.0.0.1", port), timeout=30)
        one.sendall(f"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
        assert one.recv(4_096).startswith(b"HTTP/1.1 200")  # noqa: S101  else nobody listens
        one.settimeout(None)
        sockets.append(one)
    return _Readers(sockets)

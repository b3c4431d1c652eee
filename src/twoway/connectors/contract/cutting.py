"""A proxy between sender and server that cuts the connection where it is told to.

For the pretended servers of the contract and for real ones alike: what is cut is one request that
changes something, at any byte of it or of its answer.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from typing import Final

POINTS: Final = 20
_WAIT: Final = 600.0
"""Seconds, as long as tests wait for anything: an answer that takes its time is not cut."""
_CHANGING: Final = (b"POST ", b"PUT ", b"PATCH ", b"DELETE ")


@dataclass(frozen=True, slots=True)
class Cut:
    """Where to cut: after a share of the request (0 to 1) reached the server, or in the answer.

    `answer` is how many bytes of the answer pass; None cuts within the request.
    """

    request: float = 1.0
    answer: int | None = None

    def __str__(self) -> str:
        if self.answer is None:
            return f"after {self.request:.0%} of the request"
        return f"after {self.answer} bytes of the answer"


CUTS: Final = (
    *(Cut(request=point / POINTS) for point in range(POINTS + 1)),
    Cut(answer=0),
    Cut(answer=1),
    Cut(answer=60),
)
"""Before the request, after each of 20 points of it, before the answer and within it."""


class Cutting:
    """The proxy; `arm` makes it cut the next changing request whose first line holds `path`.

    What changes something spends `pause` seconds on its way there, and its answer as long on its way
    back: wide gates for whoever kills the sender meanwhile.
    """

    def __init__(self, target: str, pause: float = 0.0) -> None:
        host, _, port = target.rpartition(":")
        self._target = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._armed: tuple[Cut, bytes] | None = None
        self._pause = pause
        self.cuts = 0

    @property
    def host(self) -> str:
        """Where it listens: "127.0.0.1:PORT"."""
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def arm(self, cut: Cut, path: str = "") -> None:
        """Cut the next such request, and no other."""
        self._armed = (cut, path.encode())

    def refuse(self) -> None:
        """Take no connections any more, as if the server were away."""
        with suppress(OSError):  # wakes the thread that accepts
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @contextmanager
    def running(self) -> Iterator["Cutting"]:
        """Listen until the end of the `with`."""
        Thread(target=self._listen, daemon=True).start()
        try:
            yield self
        finally:
            self.refuse()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        """Pass one request on and its answer back; a connection carries one of them."""
        client.settimeout(_WAIT)
        with closing(client), suppress(OSError):
            request = _one_request(client)
            cut = self._cut_of(request)
            if cut is not None and cut.answer is None and cut.request == 0:
                _reset(client)
                return
            with socket.create_connection(self._target, timeout=_WAIT) as server:
                if cut is not None and cut.answer is None:
                    server.sendall(request[: int(len(request) * cut.request)])
                    if cut.request < 1:
                        _reset(client)
                        return
                    _drain(server)
                    _reset(client)
                    return
                pause = self._pause if request.startswith(_CHANGING) else 0.0
                time.sleep(pause)
                server.sendall(request)
                time.sleep(pause)
                _pass_answer(server, client, cut.answer if cut else None)

    def _cut_of(self, request: bytes) -> Cut | None:
        if self._armed is None or not request.startswith(_CHANGING):
            return None
        cut, path = self._armed
        if path not in request.partition(b"\r\n")[0]:
            return None
        self._armed = None
        self.cuts += 1
        return cut


def _one_request(client: socket.socket) -> bytes:
    """Read a whole request, and ask the server to close after it."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += _some(client)
    head, _, body = read.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    length = next(
        (int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")),
        0,
    )
    while len(body) < length:
        body += _some(client)
    return b"\r\n".join([*lines, b"connection: close", b"", body])


def _some(client: socket.socket) -> bytes:
    piece = client.recv(65_536)
    if not piece:
        raise ConnectionResetError
    return piece


def _pass_answer(server: socket.socket, client: socket.socket, limit: int | None) -> None:
    passed = 0
    while piece := server.recv(65_536):
        allowed = piece if limit is None else piece[: max(0, limit - passed)]
        client.sendall(allowed)
        passed += len(allowed)
        if limit is not None and passed >= limit:
            _drain(server)
            _reset(client)
            return


def _drain(server: socket.socket) -> None:
    """Wait until the server has done it and answered: nobody hears the answer."""
    with suppress(OSError):
        while server.recv(65_536):
            pass


def _reset(client: socket.socket) -> None:
    """Break the connection off, as a router does that forgot it."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

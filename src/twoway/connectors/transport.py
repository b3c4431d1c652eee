"""httpx2 over connections that only the gate opens, with the moment noted when bytes may leave."""

import ssl
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import httpcore2
import httpx2

from twoway.connectors.addresses import Gate

CONNECTIONS: Final = 20


@cache
def secured() -> ssl.SSLContext:
    """Return how servers prove who they are: by certifi's list, or SSL_CERT_FILE; read once."""
    return httpx2.create_ssl_context()


class Guarded(httpcore2.AsyncNetworkBackend):
    """Opens connections to the addresses that the gate returns, and to no others."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore2's own signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Try the addresses behind a name one after the other."""
        addresses = await self._gate.resolve(host, port)
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._network.connect_tcp(
            addresses[-1], port, timeout, local_address, socket_options
        )

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore2 asks for."""
        await self._network.sleep(seconds)


class Transport(httpx2.AsyncHTTPTransport):
    """httpx2's own transport, its pool made with our backend: httpx2 has no option for it (0.28).

    `keeps` is how many connections stay open for the next request.
    """

    def __init__(self, gate: Gate, proxy: str | None, keeps: int) -> None:
        super().__init__(verify=secured())
        options: dict[str, Any] = {
            "ssl_context": secured(),
            "max_connections": CONNECTIONS,
            "max_keepalive_connections": keeps,
            "network_backend": Guarded(gate),
        }
        self._pool = (
            httpcore2.AsyncHTTPProxy(proxy, **options)
            if proxy
            else httpcore2.AsyncConnectionPool(**options)
        )


class Departure:
    """Notes whether the first byte of a request may have left; passed as httpcore2's `trace`."""

    def __init__(self) -> None:
        self.may_have_left = False

    async def __call__(self, event: str, _: Any) -> None:
        """Take httpcore2's events: connections are made before, headers are sent at this one."""
        if event.endswith("send_request_headers.started"):
            self.may_have_left = True

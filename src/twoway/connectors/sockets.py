"""Websockets through the same door: the connection is opened by the gate, then handed over."""

import asyncio
import socket as plain
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosedError, InvalidHandshake, InvalidStatus
from websockets.typing import Subprotocol

from twoway.connectors.addresses import Gate
from twoway.connectors.errors import ConnectorError, GiveUp, Reconnect, TryLater
from twoway.connectors.sentences import Sentence
from twoway.connectors.transport import secured

_OPENING = 20.0


class Socket:
    """An open websocket; iterating hands out messages until the server closes it properly."""

    def __init__(self, connection: ClientConnection, host: str) -> None:
        self._connection = connection
        self._host = host

    async def __aiter__(self) -> AsyncIterator[str | bytes]:
        """Hand out messages; raises TryLater where the connection breaks."""
        try:
            async for message in self._connection:
                yield message
        except ConnectionClosedError as error:
            raise _broken(self._host, error) from error

    async def send(self, message: str | bytes) -> None:
        """Send a message; raises TryLater where the connection is broken."""
        try:
            await self._connection.send(message)
        except ConnectionClosedError as error:
            raise _broken(self._host, error) from error


@asynccontextmanager
async def opened(
    address: str,
    *,
    gate: Gate,
    proxy: str | None,
    headers: Mapping[str, str],
    longest: int,
    quiet: float,
    speaks: str | None = None,
) -> AsyncIterator[Socket]:
    """Open a websocket over a connection that the gate let through, or through the proxy."""
    url = urlsplit(address)
    host = url.hostname or ""
    port = url.port or (443 if url.scheme == "wss" else 80)
    try:
        connection = await connect(
            address,
            sock=None if proxy else await _connected(gate, host, port),
            proxy=proxy,
            ssl=secured() if url.scheme == "wss" else None,
            user_agent_header=None,
            additional_headers=headers,
            subprotocols=[Subprotocol(speaks)] if speaks else None,
            max_size=longest,
            open_timeout=_OPENING,
            ping_interval=quiet / 3,
            ping_timeout=quiet * 2 / 3,
        )
    except InvalidStatus as error:
        raise refused(host, error.response.status_code) from error
    except (OSError, TimeoutError, InvalidHandshake) as error:
        raise TryLater(
            "{host} does not open a stream now ({why}).", host=host, why=type(error).__name__
        ) from error
    try:
        yield Socket(connection, host)
    finally:
        await connection.close()


def refused(host: str, status: int) -> ConnectorError:
    """Say what a stream's refusal means."""
    if status in (401, 403):
        return Reconnect(
            "{host} does not open its stream to us (status {status}).", host=host, status=status
        )
    if status == 429 or status >= 500:
        return TryLater(
            "{host} does not open a stream now (status {status}).", host=host, status=status
        )
    return GiveUp("{host} has no such stream (status {status}).", host=host, status=status)


async def _connected(gate: Gate, host: str, port: int) -> plain.socket:
    """Connect to one of the addresses that the gate allows."""
    loop = asyncio.get_running_loop()
    last: OSError | None = None
    for address in await gate.resolve(host, port):
        family = plain.AF_INET6 if ":" in address else plain.AF_INET
        sock = plain.socket(family, plain.SOCK_STREAM)
        sock.setblocking(False)
        try:
            async with asyncio.timeout(_OPENING):
                await loop.sock_connect(sock, (address, port))
        except BaseException as error:
            sock.close()
            if not isinstance(error, OSError):
                raise
            last = error
        else:
            return sock
    raise TryLater("{host} cannot be reached now.", host=host) from last


def _broken(host: str, error: ConnectionClosedError) -> TryLater:
    why = str(error.rcvd) if error.rcvd else Sentence("without a word")
    return TryLater("The stream of {host} broke off ({why}).", host=host, why=why)

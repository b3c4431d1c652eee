"""The one door to the internet: every request of every network goes through here.

What it takes care of: which machines may be reached, at once and after each redirect; time limits;
sizes, also of what is packed; how much a server lets us ask; repeating what is safe to repeat; and
never repeating what may have been done. In tests it reaches only hosts that the test allows.
"""

import asyncio
import logging
import os
import random
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, Self

import httpx2
import orjson

from twoway import __version__
from twoway.connectors import bodies, sockets
from twoway.connectors.addresses import Gate
from twoway.connectors.answer import Answer
from twoway.connectors.budgets import Budget
from twoway.connectors.calls import (
    Call,
    Params,
    cut_off,
    port_of,
    server_of,
    turn,
    unwell,
    url_of,
    what,
)
from twoway.connectors.clock import Clock, Wall
from twoway.connectors.errors import GiveUp, TryLater, Unknown
from twoway.connectors.lines import lines_of
from twoway.connectors.sockets import Socket
from twoway.connectors.transport import CONNECTIONS, Departure, Transport

BODY: Final = 8 * 1024 * 1024
"""The largest answer taken unless a call asks for more, unpacked."""
PATIENCE: Final = 30.0
"""Seconds that a call waits for its turn before it raises TryLater."""
WHOLE: Final = 180.0
"""Seconds a call may take in all: a server that drips a byte a second ends here."""
_REPEATS: Final = 3
_FIRST_WAIT: Final = 0.3
_REDIRECTS: Final = 5
_LIMITS: Final = httpx2.Timeout(connect=15, read=30, write=60, pool=60)

File = tuple[str, bytes, str]
"""A file to send: its name, its bytes, its type."""


# httpx2 tells every address it asks for; some servers take tokens in theirs.
logging.getLogger("httpx2").setLevel(logging.WARNING)


class Door:
    """Reaches servers for connectors; close it when done (`async with Door() as door`).

    `allow` names hosts on private networks that may be reached (see addresses.Gate). `contact`
    stands in the user agent, so that a server's people can write to ours; the environment
    variables TWOWAY_CONTACT and TWOWAY_PROXY serve where nothing is given.
    """

    def __init__(
        self,
        *,
        allow: Iterable[str] = (),
        proxy: str | None = None,
        contact: str | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.clock: Clock = clock or Wall()
        self._proxy = proxy or os.environ.get("TWOWAY_PROXY") or None
        beside = (server_of(self._proxy),) if self._proxy else ()
        self._gate = Gate((*allow, *beside))
        contact = contact or os.environ.get("TWOWAY_CONTACT") or ""
        self.agent = f"Twoway/{__version__}" + (f" (+{contact})" if contact else "")
        self._client = self._make_client(keeps=CONNECTIONS)
        # A connection kept open may be closed by the server just as we write: where we read we ask
        # again on a new one, where we change something the outcome would be unknown.
        self._anew = self._make_client(keeps=0)
        self._budgets: dict[tuple[str, str], Budget] = {}
        self._spare_repeats = 10.0

    def _make_client(self, keeps: int) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            transport=Transport(self._gate, self._proxy, keeps),
            timeout=_LIMITS,
            headers={"user-agent": self.agent, "accept-encoding": bodies.ENCODINGS},
        )

    async def request(  # noqa: PLR0913  everything a request can be, by name
        self,
        method: str,
        address: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        form: Mapping[str, Any] | None = None,
        content: bytes | None = None,
        files: Mapping[str, File] | None = None,
        changes: bool = False,
        budget: str = "",
        patience: float = PATIENCE,
        size: int = BODY,
        expects: Iterable[int] = (),
    ) -> Answer:
        """Ask a server, and return what it answers.

        `changes` says that the request changes something: it is sent once, and a connection cut
        after its first byte may have left raises Unknown. What changes nothing is repeated a few
        times where the server is away. `budget` names whose allowance at the server is used (an
        account's remote id, or a kind of call that the server counts apart). `files` are sent with
        `form` as multipart. `size` bounds the unpacked answer in bytes. `expects` are statuses of
        500 and above, or 429, that the caller wants to see itself.

        Raises TryLater (429, 503, away: with the time where the server says it), Unknown, or GiveUp
        (an address that is refused, an answer too large, redirects in a circle).
        """
        if json is not None:
            content = orjson.dumps(json)
            headers = {"content-type": "application/json", **(headers or {})}
        call = Call(
            method=method.upper(),
            url=url_of(address, params),
            headers=dict(headers or {}),
            changes=changes,
            content={"content": content, "data": form, "files": files},
            budget=self.budget(server_of(address), budget),
            whole=self.budget(server_of(address)),
            patience=patience,
            size=size,
            expects=frozenset(expects),
        )
        return await self._once(call) if changes else await self._repeated(call)

    def budget(self, server: str, name: str = "") -> Budget:
        """Return what is left at a server ("host:port") for an account or a kind of call.

        Without a name it is what all of ours share there, such as an allowance per IP address.
        """
        return self._budgets.setdefault((server, name), Budget(self.clock))

    @asynccontextmanager
    async def lines(
        self,
        address: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        quiet: float = 90.0,
        longest: int = 1_048_576,
    ) -> AsyncIterator[AsyncIterator[str]]:
        """Open a stream and hand out its lines as they come (`async with … as lines`).

        After `quiet` seconds without a byte, and where the stream breaks off, raises TryLater; a
        server that ends it properly ends the iteration. `longest` bounds a line, in bytes.
        """
        url = url_of(address, params)
        await self._judge(url)
        limits = httpx2.Timeout(connect=15, read=quiet, write=60, pool=60)
        request = self._client.build_request("GET", url, headers=headers, timeout=limits)
        try:
            response = await self._client.send(request, stream=True)
            try:
                if response.status_code != 200:
                    raise sockets.refused(url.host, response.status_code)
                yield lines_of(response, longest)
            finally:
                await response.aclose()
        except httpx2.TransportError as error:
            raise TryLater(
                "The stream of {host} broke off ({why}).", host=url.host, why=what(error)
            ) from error

    @asynccontextmanager
    async def socket(
        self,
        address: str,
        *,
        headers: Mapping[str, str] | None = None,
        longest: int = 4 * 1_048_576,
        quiet: float = 90.0,
        speaks: str | None = None,
    ) -> AsyncIterator[Socket]:
        """Open a websocket (ws:// or wss://), judged as any other address.

        `speaks` is the subprotocol that is offered, where the server wants one.

        Iterating hands out messages (text or bytes, at most `longest` of them, unpacked) and ends
        when the server closes properly; a broken connection, or `quiet` seconds in which it does
        not answer a ping, raise TryLater.
        """
        url = url_of(address)
        await self._judge(url)
        async with sockets.opened(
            address,
            gate=self._gate,
            proxy=self._proxy,
            headers={"user-agent": self.agent, **(headers or {})},
            longest=longest,
            quiet=quiet,
            speaks=speaks,
        ) as socket:
            yield socket

    async def _repeated(self, call: Call) -> Answer:
        """Repeat what is safe to repeat, ever more slowly, while repeats are spare."""
        self._spare_repeats = min(10.0, self._spare_repeats + 0.2)
        for number in range(_REPEATS):
            try:
                return await self._once(call)
            except TryLater as error:
                wait = _FIRST_WAIT * 4**number * random.uniform(0.5, 1.5)  # noqa: S311  jitter
                if error.at is not None or self._spare_repeats < 1:
                    raise
                self._spare_repeats -= 1
                await self.clock.sleep(wait)
        return await self._once(call)

    async def _once(self, call: Call) -> Answer:
        """Send a call once, following redirects of what changes nothing."""
        for _ in range(_REDIRECTS + 1):
            answer = await self._sent(call)
            goes_to = answer.headers.get("location")
            if not 300 < answer.status < 400 or answer.status == 304 or goes_to is None:
                return answer
            if call.changes or call.method not in ("GET", "HEAD"):
                raise GiveUp(
                    "{host} wants this sent to another address; it was not.", host=call.url.host
                )
            turn(call, goes_to)
        raise GiveUp("{host} redirects in a circle.", host=call.url.host)

    async def _sent(self, call: Call) -> Answer:
        await self._judge(call.url)
        patience = 0 if call.changes else call.patience
        await call.whole.spend(call.url.host, patience)
        if call.budget is not call.whole:
            await call.budget.spend(call.url.host, patience)
        call.left = Departure()
        try:
            async with asyncio.timeout(WHOLE):
                answer = await self._exchanged(call)
        except httpx2.LocalProtocolError as error:
            raise GiveUp(
                "This cannot be sent to {host} ({why}).", host=call.url.host, why=what(error)
            ) from error
        except (httpx2.TransportError, TimeoutError) as error:
            raise cut_off(call, error) from error
        except GiveUp as error:
            if call.changes and call.left.may_have_left:
                raise Unknown("{why} What was sent may have been done.", why=error.why) from error
            raise
        speaks_for_all = answer.status == 503
        (call.whole if speaks_for_all else call.budget).learn(answer.status, answer.headers)
        if answer.status in call.expects or (answer.status < 500 and answer.status != 429):
            return answer
        raise unwell(call, answer)

    async def _exchanged(self, call: Call) -> Answer:
        response = await self._asked(call)
        try:
            body = await bodies.read(response, call.size)
        finally:
            await response.aclose()
        return Answer(
            address=str(response.url),
            status=response.status_code,
            headers=response.headers,
            body=body,
        )

    async def _asked(self, call: Call) -> httpx2.Response:
        """Send a call; what changes nothing once more where a kept connection had been closed.

        Some servers close every connection and do not say so: snac did that to 4 % of what was
        asked on one machine, and to more where it was busy.
        """
        if call.changes:
            return await _sent_by(self._anew, call)
        try:
            return await _sent_by(self._client, call)
        except (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError):
            return await _sent_by(self._anew, call)

    async def _judge(self, url: httpx2.URL) -> None:
        """Refuse what is refused before anything is opened; the gate judges the connection again."""
        port = port_of(url)
        if url.scheme in ("http", "ws") and not self._gate.allows(url.host, port):
            raise GiveUp(
                "{host} is to be reached without encryption, which is refused.", host=url.host
            )
        if self._proxy:
            await self._judge_behind_proxy(url.host, port)

    async def _judge_behind_proxy(self, host: str, port: int) -> None:
        """Judge what we can: behind a proxy the name may only be known to the proxy."""
        try:
            await self._gate.resolve(host, port)
        except TryLater:
            return

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()
        await self._anew.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


async def _sent_by(client: httpx2.AsyncClient, call: Call) -> httpx2.Response:
    request = client.build_request(
        call.method,
        call.url,
        headers=call.headers,
        extensions={"trace": call.left, "timeout": _LIMITS.as_dict()},
        **call.content,
    )
    return await client.send(request, stream=True)

"""Tells open pages that something changed, as server-sent events: a plain function beside Django.

An event carries ids only; the page fetches what it shows anew, with the rights of who looks. Each
reader has a short queue of its own; where one does not keep up, its oldest events are dropped.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

import orjson

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Knows = Callable[[str], Awaitable[int | None]]
"""From a session's cookie to the organisation of who signed in, None for strangers."""

Waiting = asyncio.Queue[bytes | None]
"""What one reader is still to be sent; None is the end."""

WAITING: Final = 100
REST: Final = 0.5
"""Seconds between two events to the same readers: what changes meanwhile is told in one.

A page looks a quarter to half a second after an event anyway, and two hundred readers are told one
by one, between the pages.
"""
NAMED: Final = 200
"""More conversations than that are told as "everything"."""
HEARTBEAT: Final = 15.0
"""Seconds after which a comment is sent: proxies close what is silent, and a dead reader shows."""
EVERYTHING: Final = 0
"""Stands for all organisations: another process changed something, nobody says what."""
_HEADERS: Final = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Hub:
    """Readers by organisation. Used on the event loop; `publish_from_thread` from elsewhere."""

    def __init__(self, rest: float = REST) -> None:
        self._readers: dict[int, set[Waiting]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rest = rest
        self._coming: dict[int, set[int] | None] = {}
        """What changed while an organisation's readers rest; None for more than an event names."""
        self.closing = asyncio.Event()

    def start(self) -> None:
        """Belong to the running loop from now on."""
        self._loop = asyncio.get_running_loop()

    def publish_from_thread(self, organisation: int, conversations: Iterable[int]) -> None:
        """Tell from any thread that conversations changed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.publish, organisation, tuple(conversations))

    def publish(self, organisation: int, conversations: Collection[int]) -> None:
        """Tell every reader whom it concerns: at once, or when they have rested from the last time."""
        for one in [*self._readers] if organisation == EVERYTHING else [organisation]:
            if one in self._coming:
                self._coming[one] = _together(self._coming[one], conversations)
            else:
                self._tell(one, _together(set(), conversations))

    def _tell(self, organisation: int, conversations: set[int] | None) -> None:
        if self._rest:
            self._coming[organisation] = set()
            asyncio.get_running_loop().call_later(self._rest, self._go_on, organisation)
        event = b"event: changed\ndata: " + orjson.dumps(sorted(conversations or ())) + b"\n\n"
        for waiting in self._readers.get(organisation, ()):
            _hand_over(waiting, event)

    def _go_on(self, organisation: int) -> None:
        conversations = self._coming.pop(organisation)
        if conversations is None or conversations:
            self._tell(organisation, conversations)

    def readers(self) -> int:
        """Return how many pages are listening."""
        return sum(len(waiting) for waiting in self._readers.values())

    async def tell(self, organisation: int, receive: Receive, send: Send) -> None:
        """Send one reader its events until it goes or the server closes."""
        waiting: Waiting = asyncio.Queue(WAITING)
        self._readers[organisation].add(waiting)
        beside = [
            asyncio.ensure_future(_end(_leaves(receive), waiting)),
            asyncio.ensure_future(_end(self.closing.wait(), waiting)),
            asyncio.ensure_future(_beat(waiting)),
        ]
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await _body(send, b"retry: 2000\n: hello\n\n")
            # 7 µs an event and reader, sending aside; as a race of tasks for each event 24.
            while (event := await waiting.get()) is not None:
                await _body(send, event)
        finally:
            self._readers[organisation].discard(waiting)
            for one in beside:
                one.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _together(known: set[int] | None, conversations: Collection[int]) -> set[int] | None:
    """Return what changed; None where that is everything, or more than an event names."""
    if known is None or not conversations:
        return None
    found = known | set(conversations)
    return found if len(found) <= NAMED else None


def _hand_over(waiting: Waiting, event: bytes | None) -> None:
    if waiting.full():
        waiting.get_nowait()
    waiting.put_nowait(event)


async def _end(until: Awaitable[object], waiting: Waiting) -> None:
    await until
    _hand_over(waiting, None)


async def _beat(waiting: Waiting) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT)
        _hand_over(waiting, b": still here\n\n")


async def _leaves(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _body(send: Send, content: bytes) -> None:
    await send({"type": "http.response.body", "body": content, "more_body": True})


def live(hub: Hub, knows: Knows) -> Callable[[Any, Receive, Send], Awaitable[None]]:
    """Return the ASGI application of /live."""

    async def answer(scope: Any, receive: Receive, send: Send) -> None:
        organisation = await knows(_session_of(scope))
        if organisation is None:
            await send({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b"Sign in first."})
            return
        await hub.tell(organisation, receive, send)

    return answer


def _session_of(scope: Any) -> str:
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get("sessionid")
            except CookieError:
                return ""
            return found.value if found is not None else ""
    return ""

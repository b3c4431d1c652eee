"""Tells open pages that something changed, as server-sent events: a plain function beside Django.

An event carries ids only; the page fetches what it shows anew, with the rights of who looks. Each
reader has a short queue of its own; where one does not keep up, its oldest events are dropped.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

import orjson

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Knows = Callable[[str], Awaitable[int | None]]
"""From a session's cookie to the organisation of who signed in, None for strangers."""

WAITING: Final = 100
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

    def __init__(self) -> None:
        self._readers: dict[int, set[asyncio.Queue[bytes]]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.closing = asyncio.Event()

    def start(self) -> None:
        """Belong to the running loop from now on."""
        self._loop = asyncio.get_running_loop()

    def publish_from_thread(self, organisation: int, conversations: Iterable[int]) -> None:
        """Tell from any thread that conversations changed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.publish, organisation, tuple(conversations))

    def publish(self, organisation: int, conversations: tuple[int, ...]) -> None:
        """Put an event into the queue of every reader whom it concerns."""
        event = b"event: changed\ndata: " + orjson.dumps(conversations[:200]) + b"\n\n"
        concerned = list(self._readers) if organisation == EVERYTHING else [organisation]
        for one in concerned:
            for queue in self._readers.get(one, ()):
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait(event)

    def readers(self) -> int:
        """Return how many pages are listening."""
        return sum(len(queues) for queues in self._readers.values())

    async def tell(self, organisation: int, receive: Receive, send: Send) -> None:
        """Send one reader its events until it goes or the server closes."""
        queue: asyncio.Queue[bytes] = asyncio.Queue(WAITING)
        self._readers[organisation].add(queue)
        leaves = asyncio.ensure_future(_leaves(receive))
        closes = asyncio.ensure_future(self.closing.wait())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await _body(send, b"retry: 2000\n: hello\n\n")
            while not (leaves.done() or closes.done()):
                await self._next(queue, send, leaves, closes)
        finally:
            self._readers[organisation].discard(queue)
            leaves.cancel()
            closes.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _next(
        self, queue: asyncio.Queue[bytes], send: Send, *ends: asyncio.Future[Any]
    ) -> None:
        event = asyncio.ensure_future(queue.get())
        done, _ = await asyncio.wait(
            {event, *ends}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED
        )
        if event in done:
            await _body(send, event.result())
        else:
            event.cancel()
            if not done:
                await _body(send, b": still here\n\n")


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

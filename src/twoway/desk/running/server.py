"""The web server: Django behind threads, /live beside it, the loops in the same process.

Measured against Django's own ASGI entry (docs/decisions): 1.25 times as fast, because each of its
requests gets a new thread and with it a new connection to the database; and it stops in 0.2 s
with 200 pages listening, because the readers are let go before uvicorn waits for them.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import Any, Final

import uvicorn
from a2wsgi import WSGIMiddleware
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application

from twoway.desk import courtesy
from twoway.desk.inbox import hooks
from twoway.desk.running import wires
from twoway.desk.running.live import Hub, Receive, Send, live
from twoway.desk.running.patience import patient
from twoway.desk.running.warming import warm
from twoway.desk.team.models import Teammate

THREADS: Final = 6
"""Six clients flat out: 102 pages a second, as many as with more."""

TURN: Final = 0.001
"""Seconds that a thread works before another has its turn; Python's own 0.005.

After each of its thirty questions to the database a page waits so long while posts come in.
"""

Loop = Callable[[], Awaitable[None]]


class Server(uvicorn.Server):
    """uvicorn, which lets go of /live's readers first when it is told to stop."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._hub.closing.set()
        super().handle_exit(sig, frame)


def application(hub: Hub) -> Callable[[Any, Receive, Send], Awaitable[None]]:
    """Return the ASGI application of the whole desk."""
    pages: Any = WSGIMiddleware(_first(get_wsgi_application()), workers=THREADS)
    shown = patient(pages, "/picture/")
    news = live(hub, organisation_of_session)

    async def answer(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/live":
            await news(scope, receive, send)
        elif scope["type"] == "http":
            await shown(scope, receive, send)

    return answer


def _first(pages: Any) -> Any:
    """Return the WSGI application, to which what goes on beside it gives way."""

    def answer(environ: Any, start_response: Any) -> Any:
        with courtesy.drawing():
            return pages(environ, start_response)

    return answer


@sync_to_async
def organisation_of_session(key: str) -> int | None:
    """Return the organisation of who signed in with a session, None for a stranger."""
    if not key:
        return None
    user = SessionStore(session_key=key).get(SESSION_KEY)
    if user is None:
        return None
    return (
        Teammate.objects.filter(pk=user, is_active=True)
        .values_list("organisation_id", flat=True)
        .first()
    )


async def serve(host: str, port: int, loops: Sequence[Loop] = ()) -> None:
    """Serve pages and run the loops until told to stop."""
    warm()
    sys.setswitchinterval(TURN)
    hub = Hub()
    hub.start()
    hooks.changed.append(hub.publish_from_thread)
    hooks.changed.append(wires.tell_others)
    config = uvicorn.Config(
        application(hub), host=host, port=port, log_config=None, lifespan="off", access_log=False,
        server_header=False, timeout_graceful_shutdown=3, proxy_headers=settings.CONFIGURATION.is_secure,
    )  # fmt: skip
    working = [
        asyncio.create_task(wires.hear_others(hub, settings.DATABASES["default"])),
        *(asyncio.create_task(loop()) for loop in loops),
    ]
    try:
        await Server(config, hub).serve()
    finally:
        await stop(working)


async def stop(working: Sequence["asyncio.Task[None]"]) -> None:
    """End the loops; what one was sending is looked up when the desk is next started."""
    for task in working:
        task.cancel()
    for task in working:
        with suppress(asyncio.CancelledError):
            await task

"""Waits for a picture that is being fetched, without holding up anybody: a plain function around Django.

A page that is asked for something it does not have yet answers 202. Its reader's browser would
take that for the end; so it is asked again a few times before the browser hears of it. Meanwhile
no thread is busy: only pages are drawn in threads, and there are few of them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from twoway.desk.running.live import Message, Receive, Send

Application = Callable[[Any, Receive, Send], Awaitable[None]]

NOT_YET: Final = 202
WAITS: Final = (0.2, 0.3, 0.5, 1.0, 2.0, 4.0)
"""Seconds before each further try."""


def patient(pages: Application, under: str) -> Application:
    """Return the application, which has patience with addresses that begin with `under`."""

    async def answer(scope: Any, receive: Receive, send: Send) -> None:
        if not scope["path"].startswith(under) or scope["method"] != "GET":
            await pages(scope, receive, send)
            return
        for wait in WAITS:
            said = await _said(pages, scope)
            if said[0]["status"] != NOT_YET:
                break
            await asyncio.sleep(wait)
        else:
            said = await _said(pages, scope)
        for message in said:
            await send(message)

    return answer


async def _said(pages: Application, scope: Any) -> list[Message]:
    said: list[Message] = []

    async def keep(message: Message) -> None:
        said.append(message)

    await pages(dict(scope), _nothing, keep)
    return said


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}

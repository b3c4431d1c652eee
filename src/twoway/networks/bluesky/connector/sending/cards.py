"""The card below a text that leads somewhere: title, first words and picture of the page.

Bluesky makes no cards itself; whoever posts brings them. A page that cannot be read costs the card
and nothing else.
"""

import asyncio
from typing import Any, Final
from urllib.parse import urljoin

import turbohtml

from twoway.collection.values import text
from twoway.connectors.answer import Answer
from twoway.connectors.door import Door
from twoway.connectors.errors import ConnectorError
from twoway.networks.bluesky.connector.sending.pictures import kind_of
from twoway.networks.bluesky.connector.xrpc import Xrpc

_PAGE: Final = 2 * 1024 * 1024
_THUMBNAIL: Final = 1_000_000
_TITLE: Final = 300
_ABOUT: Final = 1_000
# A person waits for this.
_PATIENCE: Final = 5.0


async def embed(xrpc: Xrpc, address: str) -> dict[str, Any] | None:
    """Read a page and return its card; None where there is nothing to show."""
    page = await _answer(xrpc.door, address, _PAGE)
    if page is None or "html" not in page.headers.get("content-type", "html"):
        return None
    about = turbohtml.parse(page.body).article()
    if not about.title:
        return None
    card: dict[str, Any] = {
        "uri": address,
        "title": text(about.title)[:_TITLE],
        "description": text(about.description)[:_ABOUT],
    }
    if about.image and (thumbnail := await _thumbnail(xrpc, urljoin(page.address, about.image))):
        card["thumb"] = thumbnail
    return {"$type": "app.bsky.embed.external", "external": card}


async def _thumbnail(xrpc: Xrpc, address: str) -> dict[str, Any] | None:
    answer = await _answer(xrpc.door, address, _THUMBNAIL)
    kind = kind_of(answer.body) if answer else None
    return await xrpc.upload(answer.body, kind) if answer and kind else None


async def _answer(door: Door, address: str, size: int) -> Answer | None:
    """Ask a server that nobody vouches for; None where it has nothing, or is slow."""
    try:
        async with asyncio.timeout(_PATIENCE):
            answer = await door.request("GET", address, size=size, patience=_PATIENCE)
    except (ConnectorError, TimeoutError):
        return None
    return answer if answer.is_ok else None

"""The card below a text that leads somewhere: title, first words and picture of the page.

Bluesky makes no cards itself; whoever posts brings them. A page that cannot be read costs the card
and nothing else.
"""

from typing import Any, Final
from urllib.parse import urljoin

import turbohtml

from twoway.collection.values import text
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
    try:
        page = await xrpc.door.request("GET", address, size=_PAGE, patience=_PATIENCE)
    except ConnectorError:
        return None
    if not page.is_ok or "html" not in page.headers.get("content-type", "html"):
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
    content = await _picture(xrpc.door, address)
    kind = kind_of(content)
    return await xrpc.upload(content, kind) if kind else None


async def _picture(door: Door, address: str) -> bytes:
    try:
        answer = await door.request("GET", address, size=_THUMBNAIL, patience=_PATIENCE)
    except ConnectorError:
        return b""
    return answer.body if answer.is_ok else b""

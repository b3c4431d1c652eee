"""Pictures in a post: checked before anything is sent, so that a post is never made without them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import imagesize

from twoway.collection.values import text
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Picture
from twoway.networks.bluesky.connector.limits import LIMITS
from twoway.networks.bluesky.connector.xrpc import Xrpc

MOST: Final = LIMITS.media
BYTES: Final = LIMITS.media_bytes or 0
# By their first bytes: what a file is called does not say what it is.
_BEGINNINGS: Final = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF8": "image/gif",
}


def check(pictures: Sequence[Picture]) -> None:
    """Raise GiveUp where the network would not show these."""
    if len(pictures) > MOST:
        raise GiveUp(
            "There are {many} pictures; Bluesky takes {most}.", many=len(pictures), most=MOST
        )
    for number, picture in enumerate(pictures, 1):
        if len(picture.content) > BYTES:
            size = len(picture.content)
            raise GiveUp(
                "Picture {number} has {size} bytes; Bluesky takes {most}.",
                number=number,
                size=size,
                most=BYTES,
            )
        if kind_of(picture.content) is None:
            raise GiveUp("Picture {number} is no JPEG, PNG, WebP or GIF.", number=number)


def kind_of(content: bytes) -> str | None:
    """Return what a picture is, by its first bytes."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for head, kind in _BEGINNINGS.items() if content.startswith(head)), None)


async def embed(xrpc: Xrpc, pictures: Sequence[Picture]) -> dict[str, Any]:
    """Upload pictures and return what shows them below a text."""
    return {
        "$type": "app.bsky.embed.images",
        "images": [await _shown(xrpc, picture) for picture in pictures],
    }


async def _shown(xrpc: Xrpc, picture: Picture) -> dict[str, Any]:
    blob = await xrpc.upload(picture.content, kind_of(picture.content) or picture.type)
    shown: dict[str, Any] = {"alt": text(picture.alt_text), "image": blob}
    width, height = imagesize.get(BytesIO(picture.content))
    if width > 0 and height > 0:
        # Without it, a page jumps when the picture has come.
        shown["aspectRatio"] = {"width": width, "height": height}
    return shown

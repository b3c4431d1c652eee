"""What a picture is, by its bytes: names and headers lie."""

from io import BytesIO
from typing import Final

import imagesize

PIXELS: Final = 50_000_000
"""A picture of more would fill a reader's memory before it is drawn."""


def type_of(content: bytes) -> str | None:
    """Return what a picture is by its first bytes; None for anything that pages do not show."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None


def is_too_wide(content: bytes) -> bool:
    """Tell a small file that claims to be a huge picture."""
    try:
        width, height = imagesize.get(BytesIO(content))
    except ValueError:
        return True
    return int(width) * int(height) > PIXELS

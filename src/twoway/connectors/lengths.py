"""How long a text is as a network counts it."""

import re
from typing import Final

import regex

from twoway.connectors.interface import Limits

_ADDRESS: Final = re.compile(r"https?://\S+")
_REMOTE: Final = re.compile(r"(?<![\w/])@([\w.-]+)@[\w.-]+")
_GRAPHEME: Final = regex.compile(r"\X")


def length(text: str, limits: Limits, content_warning: str = "") -> int:
    """Return the length of a text in what `limits.counted` counts.

    Addresses count as many as the network says, a remote mention only its name where it does so,
    the content warning where it counts.
    """
    if limits.warning_counts:
        text += content_warning
    extra = 0
    if limits.address_counts is not None:
        text, addresses = _ADDRESS.subn("", text)
        extra = addresses * limits.address_counts
    if limits.mention_counts_name_only:
        text = _REMOTE.sub(r"@\1", text)
    if limits.counted == "graphemes":
        return extra + len(_GRAPHEME.findall(text))
    return extra + (len(text.encode()) if limits.counted == "bytes" else len(text))


def left(text: str, limits: Limits, content_warning: str = "") -> int | None:
    """Return how much still fits, negative where it is too long; None where nothing limits it."""
    room = None
    if limits.characters is not None:
        room = limits.characters - length(text, limits, content_warning)
    if limits.utf8_bytes is not None:
        of_bytes = limits.utf8_bytes - len(text.encode())
        # Bytes only matter where they are what is short.
        room = of_bytes if room is None or of_bytes < 0 else room
    return room

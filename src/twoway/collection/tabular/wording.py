"""Texts as people read them, and the handles and links that stand in them."""

import html
import re
from collections.abc import Iterable
from typing import Final

from twoway.collection.values import text as clean

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BREAK: Final = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.IGNORECASE)
_ANCHOR: Final = re.compile(
    r"<a\b[^<>]{0,2000}?\bhref=[\"']?([^\"'<> ]{1,2000})[^<>]{0,2000}>", re.IGNORECASE
)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_LINK: Final = re.compile(r"https?://[^\s<>\"'\u201c\u201d]{3,2000}", re.IGNORECASE)
_TRAILING: Final = ".,;:!?)]}\u2026*"
# No handle directly after a letter, a slash or another @: that is an address.
_HANDLE: Final = re.compile(
    r"(?<![\w@/.])@([A-Za-z0-9_](?:[\w.-]{0,100}\w)?(?:@[A-Za-z0-9.-]{3,100}[A-Za-z0-9])?)"
)
_REDDIT_HANDLE: Final = re.compile(r"(?<![\w/])/?u/([\w-]{3,20})")
_LEADING: Final = re.compile(r"\s*(?:[.]?@[\w.@-]+[:,]?(?:\s+|$))+")


def plain(value: object, *, is_html: bool) -> str:
    """Return a text without NUL, escapes and, where the column holds HTML, without tags."""
    text = clean(value)
    if is_html and "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text and ";" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text.replace("\ufeff", "").strip() if not text.isascii() else text.strip()


def looks_like_html(sample: Iterable[object]) -> bool:
    """Tell from a sample whether a column holds HTML: somewhere a tag breaks a line or links."""
    texts = (cell for cell in sample if isinstance(cell, str))
    return any(_ANCHOR.search(text) or _BREAK.search(text) for text in texts)


def find_links(text: str) -> list[str]:
    """Return the web addresses in a text, without the punctuation behind them."""
    if "://" not in text:
        return []
    return [found.rstrip(_TRAILING) for found in _LINK.findall(text)]


def find_anchors(raw: str) -> list[str]:
    """Return the addresses that HTML links to."""
    return [html.unescape(found) for found in _ANCHOR.findall(raw) if "://" in found]


def find_handles(text: str, network: str) -> list[str]:
    """Return the handles in a text, without @."""
    if network == "reddit":
        return _REDDIT_HANDLE.findall(text) if "u/" in text else []
    return _HANDLE.findall(text) if "@" in text else []


def leading(text: str) -> str:
    """Return the run of handles at the start of a text, which some networks copy from the parent."""
    match = _LEADING.match(text) if "@" in text[:40] else None
    return match[0] if match else ""

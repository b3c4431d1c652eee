"""HTML of the fediverse as plain text: paragraphs kept, links spelled out, nothing that could run.

Servers promise little about their HTML, so this reads tokens and never a tree: text nested a
million deep costs what flat text costs.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import turbohtml
from turbohtml import Token, TokenType

from twoway.collection.values import text as plain
from twoway.core.posts import Link

_PARAGRAPHS = frozenset(["p", "div", "blockquote", "ul", "ol", "pre", "table", "figure", "hr"])
_LINES = frozenset(["br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"])
_OPENED_ONLY = frozenset(["br", "li", "tr"])
_UNSEEN = frozenset(
    ["script", "style", "template", "title", "head", "iframe", "object", "noscript"]
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAKS = re.compile(r" *(\n{1,2})\n* *")


@dataclass(frozen=True, slots=True)
class Name:
    """An account named by a link; `is_leading` while nothing but names came before it."""

    address: str
    is_leading: bool


@dataclass(frozen=True, slots=True)
class Markup:
    """What people read."""

    text: str
    links: tuple[Link, ...] = ()
    names: tuple[Name, ...] = ()


@dataclass(slots=True)
class _Anchor:
    address: str
    is_name: bool
    begins: int


@dataclass(slots=True)
class _Reading:
    """Text as it grows, and the links in it."""

    parts: list[str] = field(default_factory=list)
    links: dict[str, Link] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)
    anchor: _Anchor | None = None
    unseen: str = ""
    depth: int = 0
    is_leading: bool = True


def read_markup(html: str, *, without_quote: bool = False) -> Markup:
    """Read HTML; `without_quote` leaves out the line that stands in for a quoted post."""
    reading = _Reading()
    for token in turbohtml.tokenize(plain(html)):
        if token.type is TokenType.START_TAG:
            _open(reading, token, without_quote=without_quote)
        elif token.type is TokenType.END_TAG:
            _close(reading, token.tag or "")
        elif token.type is TokenType.TEXT and not reading.unseen:
            _say(reading, _SPACE.sub(" ", token.data or ""))
    _end_anchor(reading)
    text = _AROUND_BREAKS.sub(r"\1", "".join(reading.parts)).strip()
    return Markup(plain(text), tuple(reading.links.values()), tuple(reading.names))


def host_of(address: str) -> str:
    """Return the host of a web address in lower case; empty for anything else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def _open(reading: _Reading, token: Token, *, without_quote: bool) -> None:
    tag, classes = token.tag or "", (token.attr("class") or "").split()
    if reading.unseen:
        reading.depth += tag == reading.unseen
    elif tag in _UNSEEN or (without_quote and "quote-inline" in classes):
        reading.unseen, reading.depth = tag, 1
    elif tag == "a":
        _end_anchor(reading)
        is_name = "mention" in classes or "hashtag" in classes
        reading.anchor = _Anchor(plain(token.attr("href") or ""), is_name, len(reading.parts))
    elif tag == "img":
        _say(reading, token.attr("alt") or "")
    else:
        _break(reading, tag)
        if tag == "li":
            reading.parts.append("- ")


def _close(reading: _Reading, tag: str) -> None:
    if reading.unseen:
        reading.depth -= tag == reading.unseen
        if reading.depth == 0:
            reading.unseen = ""
    elif tag == "a":
        _end_anchor(reading)
    elif tag not in _OPENED_ONLY:
        _break(reading, tag)


def _break(reading: _Reading, tag: str) -> None:
    if tag in _PARAGRAPHS:
        reading.parts.append("\n\n")
    elif tag in _LINES:
        reading.parts.append("\n")


def _say(reading: _Reading, words: str) -> None:
    reading.parts.append(words)
    if reading.anchor is None and words.strip():
        reading.is_leading = False


def _end_anchor(reading: _Reading) -> None:
    """Put the address of a link in place of what abbreviates it, or behind the words it hides under."""
    anchor, reading.anchor = reading.anchor, None
    if anchor is None:
        return
    shown = "".join(reading.parts[anchor.begins :]).strip()
    if anchor.is_name:
        if shown.startswith("@"):
            reading.names.append(Name(anchor.address, reading.is_leading))
        else:
            reading.is_leading = False
        return
    reading.is_leading = False
    if not host_of(anchor.address):
        return
    reading.links.setdefault(anchor.address, Link(anchor.address))
    is_short = _bare(anchor.address).startswith(_bare(shown))
    reading.parts[anchor.begins :] = [anchor.address if is_short else f"{shown} {anchor.address}"]


def _bare(address: str) -> str:
    """Return what abbreviations have in common with the address."""
    return re.sub(r"^https?://(?:www\.)?", "", address.strip()).rstrip("…./").lower()

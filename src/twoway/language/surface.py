"""The surface of a post: its text made plain, without links and handles, its words and its marks."""

import re
import unicodedata
from dataclasses import dataclass

from twoway.language.masks import unmask

# A post is judged by its first words; ten times the longest network's post keeps a hostile
# million-letter line from costing more than a long letter.
LONGEST = 5000

LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w/@.])@[\w][\w.\-]*(?:@[\w.\-]+)?")
TAG = re.compile(r"(?<![\w/&])#\w+")
SPACE = re.compile(r"\s+")
TOKEN = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*|[?!%€$£]")
WORD = re.compile(r"[^\W\d_]")
QUESTION = re.compile("[?؟;՞፧⁇⁈]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]")
_APOSTROPHE = str.maketrans("’‘ʼ`´", "'''''")


def plain(text: str) -> str:
    """Return `text` in one normal form: composed letters, no invisible marks, straight apostrophes."""
    text = unmask(text)
    if text.isascii():
        return text
    text = text.encode("utf-8", "replace").decode()  # a lone surrogate would stop every encoder
    text = unicodedata.normalize("NFKC", text)
    return _INVISIBLE.sub("", text).translate(_APOSTROPHE)


def bare(text: str) -> str:
    """Return plain `text` without links, handles and tags, spaces squeezed."""
    if "@" in text:
        text = HANDLE.sub(" ", text)
    if "#" in text:
        text = TAG.sub(" ", text)
    return SPACE.sub(" ", text).strip()


def without_links(text: str) -> str:
    """Return plain `text` without its links."""
    if "://" in text or "www." in text.lower():
        return LINK.sub(" ", text)
    return text


@dataclass(frozen=True, slots=True)
class Surface:
    """A post as the readers of this room see it."""

    plain: str
    linkless: str
    bare: str
    tokens: tuple[str, ...]
    asks: bool

    @property
    def words(self) -> list[str]:
        """The tokens that are words or numbers."""
        return [token for token in self.tokens if token[0].isalnum()]

    @property
    def has_letters(self) -> bool:
        """Whether there is anything to read at all."""
        return WORD.search(self.bare) is not None


def look(text: str) -> Surface:
    """Return the surface of `text`."""
    straight = plain(text[:LONGEST])
    linkless = without_links(straight)
    stripped = bare(linkless)
    tokens = tuple(TOKEN.findall(stripped.casefold()))
    return Surface(straight, linkless, stripped, tokens, QUESTION.search(stripped) is not None)

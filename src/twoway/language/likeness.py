"""What likeness needs of one post: a key for exact repetition, and its words as numbers."""

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from twoway.language.surface import HANDLE, SPACE, Surface, plain, without_links

# Under this many characters everybody says the same.
SHORTEST = 20

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*")
# Scripts written without spaces: Han, Kana, Thai, Lao, Burmese, Khmer.
_SPACELESS = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"
)


@lru_cache(maxsize=200_000)
def number(word: str) -> int:
    """Return the signed 64-bit number of `word`; stored in collections, so changing it is a migration."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big", signed=True)


def text_key(text: str) -> int | None:
    """Return a number equal for texts that repeat each other exactly.

    Handles, links, digits, case and spaces do not count; None under 20 characters.
    """
    straight = _DIGITS.sub("", HANDLE.sub(" ", without_links(plain(text)))).casefold()
    if len(SPACE.sub(" ", straight).strip()) < SHORTEST:
        return None
    same = SPACE.sub("", straight)
    return int.from_bytes(blake2b(same.encode(), digest_size=8).digest(), "big", signed=True)


def words(surface: Surface) -> frozenset[int]:
    """Return the numbers of all words of a post, its links and digits left out."""
    return frozenset(map(number, _words(surface.linkless.casefold())))


def bare_words(text: str, names: Iterable[str]) -> frozenset[int]:
    """Return the numbers of the words of `text` (bare, unsigned) that are no part of `names`."""
    left_out = {word for name in names for word in _words(plain(name).casefold())}
    return frozenset(number(word) for word in _words(text.casefold()) if word not in left_out)


def _words(text: str) -> list[str]:
    found = _WORD.findall(text)
    if text.isascii() or not _SPACELESS.search(text):
        return found
    return [piece for word in found for piece in _pieces(word)]


def _pieces(word: str) -> list[str]:
    """Cut a run of a script without spaces into pairs of characters."""
    if not _SPACELESS.search(word):
        return [word]
    return [word[i : i + 2] for i in range(len(word) - 1)] or [word]

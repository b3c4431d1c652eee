"""Texts as likeness looks at them: words as numbers, a key for exact repetition, bare length."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from twoway.language.likeness import number

_LINK = re.compile(r"https?://\S+")
_HANDLE = re.compile(r"@[\w.\-]+")
_TAG = re.compile(r"#\w+")
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
# Under so many characters everybody says the same.
SHORT = 20
_FIRST_PERSON = {
    "en": frozenset({"i", "we", "me", "us", "my", "our"}),
    "de": frozenset({"ich", "wir", "mir", "uns", "mein", "meine", "unser", "unsere"}),
    "es": frozenset({"yo", "nosotros", "me", "nos", "mi", "nuestro", "nuestra"}),
    "fr": frozenset({"je", "nous", "moi", "mon", "ma", "notre", "nos"}),
    "it": frozenset({"io", "noi", "mi", "ci", "mio", "nostro", "nostra"}),
    "pt": frozenset({"eu", "nós", "me", "nos", "meu", "minha", "nosso", "nossa"}),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text is made of, links and handles left out."""

    words: tuple[str, ...]
    key: int | None
    bare_length: int

    def numbers(self, without: Iterable[str] = ()) -> frozenset[int]:
        """Return the words as numbers, some of them left out."""
        left_out = set(without)
        return frozenset(_number(word) for word in self.words if word not in left_out)

    def speaks_as_person(self, language: str) -> bool:
        """Tell whether it says I or we."""
        return not _FIRST_PERSON.get(language, frozenset()).isdisjoint(self.words)


@lru_cache(maxsize=4096)
def look(text: str) -> Wording:
    """Take a text apart; the last ones are remembered, since each is looked at several times."""
    plain = (
        _HANDLE.sub(" ", _LINK.sub(" ", text) if "://" in text else text)
        if "@" in text or "://" in text
        else text
    )
    folded = plain.casefold()
    pieces = _DIGITS.sub("", folded).split()
    key = number("".join(pieces)) if len(" ".join(pieces)) >= SHORT else None
    bare = _TAG.sub(" ", plain) if "#" in plain else plain
    return Wording(tuple(_WORD.findall(folded)), key, len(" ".join(bare.split())))


def bare(text: str) -> str:
    """Return a text without links, handles and tags."""
    return " ".join(_TAG.sub(" ", _HANDLE.sub(" ", _LINK.sub(" ", text))).split())


@lru_cache(maxsize=100_000)
def _number(word: str) -> int:
    return number(word)

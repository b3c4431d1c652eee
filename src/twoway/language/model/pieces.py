"""Texts into hashed pieces: characters 2 to 5, words 1 and 2; whole batches at once in NumPy.

A piece's hash is a difference of two running sums, shifted back to the beginning by the inverse
of the base: every length of every place costs one subtraction and one product, no loop.
Weights are stored by these hashes, so changing anything here means training anew.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoway.language.surface import HANDLE, LINK, Surface

BITS = 18
BUCKETS = 1 << BITS
SHORTEST, LONGEST = 2, 5

Numbers = NDArray[np.int64]
_Hashes = NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SALT = 0xA0761D6478BD642F
_ALL = (1 << 64) - 1
LINK_MARK = " \ue001 "
_MARK = r"\1"
_REPEATED = re.compile(r"(.)\1{2,}", re.DOTALL)
DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"\s+")
# As tokenisers write, and the French.
_BEFORE_MARK = re.compile(r" ([.,!?;:])")
# Everything that ends a word: ASCII but letters, digits and apostrophe, and general punctuation.
_ENDS_WORD = np.ones(0x3040, dtype=bool)
_ENDS_WORD[0xC0:0x2000] = False
_ENDS_WORD[0x2070:0x3000] = False
_ENDS_WORD[[ord(c) for c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'"]] = (
    False
)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Buckets of all pieces of a batch, and which text each belongs to, in the order of the texts."""

    characters: Numbers
    character_texts: Numbers
    words: Numbers
    word_texts: Numbers
    texts: int


def normal(surface: Surface) -> str:
    """Return the form of a post that is cut into pieces: lower case, no handles, digits as 0."""
    text = surface.plain
    if "://" in text or "www." in text.lower():
        text = LINK.sub(LINK_MARK, text)
    if "@" in text:
        text = HANDLE.sub(" ", text)
    text = DIGIT.sub("0", text.casefold().replace("#", " "))
    text = _REPEATED.sub(r"\1\1", text)
    text = _SPACES.sub(" ", text).strip()
    return f" {_BEFORE_MARK.sub(_MARK, text)} "


def cut(texts: Sequence[str]) -> Pieces:
    """Return the pieces of normal `texts`."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    owners = np.repeat(np.arange(len(texts)), lengths)
    ends = np.repeat(np.cumsum(lengths), lengths)
    powers, inverses = _powers(len(codes) + 1)
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(codes * powers[:-1], dtype=np.uint64, out=sums[1:])
    characters = [_characters(sums, inverses, ends, n) for n in range(SHORTEST, LONGEST + 1)]
    places = np.concatenate([places for places, _ in characters])
    # Stable, so that each text's pieces stand together.
    order = np.argsort(owners[places], kind="stable")
    hashes = np.concatenate([hashes for _, hashes in characters])[order]
    words, word_owners = _words(codes, sums, inverses, owners)
    return Pieces(_buckets(hashes), owners[places][order], _buckets(words), word_owners, len(texts))


def _powers(count: int) -> tuple[_Hashes, _Hashes]:
    """Return the powers of the base and of its inverse modulo 2^64."""
    base = np.full(count, _BASE, dtype=np.uint64)
    inverse = np.full(count, pow(_BASE, -1, 1 << 64), dtype=np.uint64)
    base[0] = inverse[0] = 1
    return np.cumprod(base, dtype=np.uint64), np.cumprod(inverse, dtype=np.uint64)


def _characters(
    sums: _Hashes, inverses: _Hashes, ends: Numbers, size: int
) -> tuple[Numbers, _Hashes]:
    places = np.flatnonzero(np.arange(size, len(ends) + size) <= ends)
    hashes = (sums[places + size] - sums[places]) * inverses[places]
    return places, hashes + np.uint64(size * _SALT & _ALL)


def _words(
    codes: NDArray[np.uint32], sums: _Hashes, inverses: _Hashes, owners: Numbers
) -> tuple[_Hashes, Numbers]:
    """Return the hashes of words and of pairs of neighbours, by text."""
    starts, stops = words_at(codes)
    single = (sums[stops] - sums[starts]) * inverses[starts]
    single_owners = owners[starts]
    together = single_owners[1:] == single_owners[:-1]
    pairs = (single[:-1] * _MIX + single[1:])[together] ^ np.uint64(_SALT)
    hashes = np.concatenate((single, pairs))
    word_owners = np.concatenate((single_owners, single_owners[1:][together]))
    order = np.argsort(word_owners, kind="stable")
    return hashes[order], word_owners[order]


def words_at(codes: NDArray[np.uint32]) -> tuple[Numbers, Numbers]:
    """Return where words begin and end."""
    ends_word = _ENDS_WORD[np.minimum(codes, len(_ENDS_WORD) - 1)] & (codes < len(_ENDS_WORD))
    inside = np.concatenate(([False], ~ends_word, [False]))
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    return edges[::2], edges[1::2]


def _buckets(hashes: _Hashes) -> Numbers:
    mixed = (hashes ^ (hashes >> np.uint64(32))) * _MIX
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)

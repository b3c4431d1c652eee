"""Which texts share at least seven tenths of their words, pair by pair."""

from collections.abc import Iterable, Iterator, Mapping
from math import ceil

from twoway.core.identity import key
from twoway.practice.lines import Line

# metrics 14 and 15.
ALIKE = 0.7
COMPARED = 300

Words = frozenset[int]


def pairs(words: Mapping[Line, Words]) -> Iterator[tuple[Line, Line]]:
    """Hand over every pair of lines that are alike."""
    holding: dict[int, list[Line]] = {}
    for line, found in words.items():
        for word in found:
            holding.setdefault(word, []).append(line)
    for line, found in words.items():
        rarest = sorted(found, key=lambda word: len(holding[word]))
        # Of two sets so like, the one has a word of the other among so many of its rarest.
        enough = len(found) - ceil(ALIKE * len(found)) + 1
        candidates = {other for word in rarest[:enough] for other in holding[word]}
        for other in candidates:
            if other is not line and _is_alike(found, words[other]):
                yield line, other


def _is_alike(one: Words, other: Words) -> bool:
    shared = len(one & other)
    return 10 * shared >= 7 * (len(one) + len(other) - shared)


def compared(replies: Iterable[Line]) -> list[Line]:
    """Return the 300 replies whose ids hash lowest: those that metrics 15 compares."""
    return sorted(replies, key=lambda line: key(line.by.network, line.id))[:COMPARED]

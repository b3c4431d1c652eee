"""Words that are suddenly everywhere: what is going wrong right now, before a theme is formed."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from twoway.language.surface import look
from twoway.language.themes import Said

# One such alarm by chance in some 300,000 words.
SURE = 4.5
FEWEST_POSTS = 6
FEWEST_AUTHORS = 5


class Burst(NamedTuple):
    """Words, how far beyond chance (in standard deviations), in how many recent posts."""

    words: str
    z: float
    posts: int


def bursts(said: Sequence[Said]) -> list[Burst]:
    """Return words and pairs of words that recent posts have far more than those before."""
    recent, before = Counter[str](), Counter[str]()
    authors: dict[str, set[int]] = {}
    for one in said:
        terms = _terms(one.text)
        (recent if one.is_recent else before).update(terms)
        if one.is_recent:
            for term in terms:
                authors.setdefault(term, set()).add(one.author)
    found = [
        Burst(term, round(z, 2), count)
        for term, count in recent.items()
        if count >= FEWEST_POSTS
        and len(authors[term]) >= FEWEST_AUTHORS
        and (z := _beyond(count, recent.total(), before[term], before.total())) >= SURE
    ]
    return sorted(found, key=lambda burst: (-burst.z, burst.words))


def _terms(text: str) -> set[str]:
    words = look(text).words
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}


def _beyond(now: int, all_now: int, then: int, all_then: int) -> float:
    """Return how many standard deviations `now` lies beyond what `then` lets expect.

    Square roots make counts of all sizes vary alike (Huffman 1984), also those of words never seen.
    """
    longer = all_now / max(1, all_then)
    return 2 * (sqrt(now + 0.375) - sqrt(longer * (then + 0.375))) / sqrt(1 + longer)

"""What a text is searched by: folded words; pairs of signs where a script sets no spaces.

Both databases would take a run of Chinese for one word and find nothing in it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from twoway.desk.folding import fold

LONGEST = 60
"""What is longer is no word: an address, a key."""

_WORD = re.compile(r"[^\W_]+")
# Kana, Han and their extensions, Thai, Lao, Burmese, Khmer.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]+"
)


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in their order."""
    folded = fold(text)
    if folded.isascii():
        return [word[:LONGEST] for word in _WORD.findall(folded)]
    return [token for word in _WORD.findall(folded) for token in _split(word)]


def _split(word: str) -> Iterator[str]:
    begin = 0
    for run in _UNSPACED.finditer(word):
        if begin < run.start():
            yield word[begin : run.start()][:LONGEST]
        signs = run[0]
        yield from signs if len(signs) == 1 else map("".join, pairwise(signs))
        begin = run.end()
    if begin < len(word):
        yield word[begin:][:LONGEST]

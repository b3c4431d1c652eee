"""Past posts like a new one, for the composer: how was that answered before.

An index lives in memory for one question and is kept nowhere: it holds what people wrote.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twoway.language.model.pieces import BUCKETS, cut, normal
from twoway.language.surface import look

# Below this a "similar" conversation is only in the same language.
LEAST = 0.15


class Match(NamedTuple):
    """A past post, how like it is (0 to 1), and the words both have."""

    post: int
    likeness: float
    shared: tuple[str, ...]


class Similar:
    """An index over past posts (number, text): some 3 KB per post, for tens of thousands of them."""

    def __init__(self, posts: Sequence[tuple[int, str]]) -> None:
        self._posts = [post for post, _ in posts]
        self._texts = [text for _, text in posts]
        rows, buckets, values = _weighed([text for _, text in posts])
        seen = np.bincount(np.unique(rows * BUCKETS + buckets) % BUCKETS, minlength=BUCKETS)
        self._rare = np.log((1 + len(posts)) / (1 + seen)).clip(min=0.0)
        values = values * self._rare[buckets]
        lengths = np.sqrt(np.bincount(rows, values**2, minlength=max(1, len(posts))))
        order = np.argsort(buckets, kind="stable")
        self._rows, self._values = rows[order], (values / np.maximum(lengths[rows], 1e-9))[order]
        self._starts = np.searchsorted(buckets[order], np.arange(BUCKETS + 1))

    def find(self, text: str, most: int = 5) -> list[Match]:
        """Return the past posts most like `text`, the likest first; none that is hardly like it."""
        if not self._posts:
            return []
        _, buckets, values = _weighed([text])
        values = values * self._rare[buckets]
        length = float(np.sqrt((values**2).sum()))
        scores = np.zeros(len(self._posts))
        for bucket, value in zip(buckets, values, strict=True):
            part = slice(self._starts[bucket], self._starts[bucket + 1])
            np.add.at(scores, self._rows[part], self._values[part] * value)
        scores /= max(length, 1e-9)
        best = np.argsort(-scores, kind="stable")[:most]
        own = set(look(text).words)
        return [
            Match(
                self._posts[i],
                round(float(scores[i]), 4),
                tuple(sorted(own & set(look(self._texts[i]).words))),
            )
            for i in best
            if scores[i] >= LEAST
        ]


def _weighed(
    texts: Sequence[str],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return (row, bucket, value) once per different piece of each text."""
    pieces = cut([normal(look(text)) for text in texts])
    rows = np.concatenate((pieces.character_texts, pieces.word_texts))
    pairs, counts = np.unique(
        rows * BUCKETS + np.concatenate((pieces.characters, pieces.words)), return_counts=True
    )
    return pairs // BUCKETS, pairs % BUCKETS, 1 + np.log(counts)

"""Heads fitted one by one: a logistic regression over hashed pieces and marks, then small integers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression

from twoway.language import tongue
from twoway.language.model.marks import marks
from twoway.language.model.pieces import BUCKETS, Numbers, cut, normal
from twoway.language.phrases import phrasebook
from twoway.language.surface import look
from twoway.language.training.sources import Example

Floats = NDArray[np.float64]
# Weights beyond this share are cut off, so that one loud piece does not coarsen all others.
_LOUDEST = 0.9995
_BATCH = 2000
_STEPS = 150
# How little large weights are penalised. Of 0.3, 1 and 3 the one that told sources best that were
# left out of training; of kinds that no other source labels, the one that told the tuning half best.
_SOFT, _FIRM = 1.0, 3.0
_ALONE = frozenset({"request", "praise", "story", "statement", "closer", "withdrawal", "spam"})


@dataclass(frozen=True, slots=True)
class Features:
    """The examples as three matrices: characters, words, marks."""

    characters: csr_matrix
    words: csr_matrix
    marks: Floats

    def joined(self, idf: tuple[Floats, Floats]) -> csr_matrix:
        """Return one matrix, pieces weighed by how rare they are."""
        rare = [
            m.multiply(weight).tocsr()
            for m, weight in zip((self.characters, self.words), idf, strict=True)
        ]
        return hstack((*rare, csr_matrix(self.marks)), format="csr", dtype=np.float32)


def features(texts: Sequence[str], languages: Sequence[str]) -> Features:
    """Return what the running model sees of `texts`, made by the running model's own code."""
    parts = [
        _part(texts[i : i + _BATCH], languages[i : i + _BATCH])
        for i in range(0, len(texts), _BATCH)
    ]
    characters, words, shown = zip(*parts, strict=True)
    return Features(vstack(characters, format="csr"), vstack(words, format="csr"), np.vstack(shown))


def _part(texts: Sequence[str], languages: Sequence[str]) -> tuple[csr_matrix, csr_matrix, Floats]:
    surfaces = [look(text) for text in texts]
    pieces = cut([normal(surface) for surface in surfaces])
    shown = []
    for surface, language in zip(surfaces, languages, strict=True):
        book = phrasebook(language) if language in tongue.KNOWN else None
        shown.append(marks(surface, book.find(surface.tokens) if book else {}, book))
    return (
        _matrix(pieces.characters, pieces.character_texts, len(texts)),
        _matrix(pieces.words, pieces.word_texts, len(texts)),
        np.array(shown),
    )


def _matrix(buckets: Numbers, owners: Numbers, texts: int) -> csr_matrix:
    counts = np.bincount(owners, minlength=texts)
    values = (1.0 / np.sqrt(np.maximum(counts, 1)))[owners]
    found = csr_matrix((values, (owners, buckets)), shape=(texts, BUCKETS), dtype=np.float32)
    found.sum_duplicates()
    return found


def rarity(matrix: csr_matrix) -> Floats:
    """Return how much each bucket tells: nothing where fewer than two texts have it."""
    seen = np.bincount(matrix.indices, minlength=BUCKETS)
    idf = 1 + np.log((1 + matrix.shape[0]) / (1 + seen))
    return np.where(seen < 2, 0.0, idf / idf[seen > 1].mean())


@dataclass(frozen=True, slots=True)
class Head:
    """One head's weights as floats."""

    weights: Floats
    bias: float


def softness(head: str) -> float:
    """Return how little large weights of `head` are penalised."""
    return _FIRM if head in _ALONE else _SOFT


def fit(
    matrix: csr_matrix,
    examples: Sequence[Example],
    head: str,
    softness: float,
) -> Head:
    """Fit `head` on the examples that say something about it."""
    rows = np.array([i for i, e in enumerate(examples) if head in e.labels])
    truth = np.array([examples[i].labels[head] for i in rows])
    weight = np.array([examples[i].weighs(head) for i in rows])
    # Rare kinds have small gradients from the start: a looser tolerance stops before they are learned.
    model = LogisticRegression(C=softness, max_iter=_STEPS, tol=1e-5)
    model.fit(matrix[rows], truth >= 0.5, sample_weight=weight)
    return Head(model.coef_[0], float(model.intercept_[0]))


def quantise(weights: Floats) -> tuple[NDArray[np.int8], float]:
    """Return weights as integers from -127 to 127, and what one step is worth."""
    alive = np.abs(weights[weights != 0])
    step = float(np.quantile(alive, _LOUDEST)) / 127 if len(alive) else 1.0
    return np.clip(np.rint(weights / step), -127, 127).astype(np.int8), step

"""The arithmetic of learning: a kernel logistic regression of what the base got wrong, in NumPy.

With some hundreds of posts and half a million buckets it is far cheaper to solve for the posts:
each gets one number per head, and the buckets' weights are their sums.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.language.evaluation import Labelled
from twoway.language.model.assessor import TrainedModel
from twoway.language.model.kinds import KINDS
from twoway.language.model.pieces import BUCKETS, Numbers, cut, normal
from twoway.language.model.weights import Weights
from twoway.language.reader import hear
from twoway.language.surface import look
from twoway.language.utterance import Utterance

Floats = NDArray[np.floating]
# How strongly the base holds: chosen on the labelled tuning half, shifted domain, 50 to 200 posts.
STIFFNESS = 2.0
_REHEARSED = 0.4
_ROUNDS = 300
_STEEPEST = 0.25
_CHUNK = 8192
_FINE = 32767


def adapt(
    base: TrainedModel, learned: Sequence[Labelled], rehearsed: Sequence[Labelled]
) -> Weights:
    """Return the base's weights with what `learned` adds; `rehearsed` keeps what it knew."""
    posts = [*learned, *rehearsed]
    weight = np.array([1.0] * len(learned) + [_REHEARSED] * len(rehearsed))
    weights = base.weights
    heard = [hear(Utterance(text=post.text, language=post.language))[0] for post in posts]
    logits = weights.slope * base.scores(heard) + weights.offset
    inputs = _Inputs(posts)
    kernel = inputs.kernel()
    inverse = np.linalg.inv(kernel + STIFFNESS * np.diag(1 / (_STEEPEST * weight)))
    duals = np.zeros((len(posts), len(weights.heads)))
    for place, head in enumerate(weights.heads):
        truth = _truth(head, posts)
        if truth is not None:
            duals[:, place] = _solve(kernel, inverse, logits[:, place].astype(np.float64), truth)
    return _added(weights, inputs, duals)


def _truth(head: str, posts: Sequence[Labelled]) -> Floats | None:
    if head != "calls" and head not in KINDS:
        return None  # nobody corrects a tone, or what we ourselves wrote
    wanted = CALLS_FOR_ANSWER if head == "calls" else frozenset({head})
    return np.array([float(bool(post.kinds & wanted)) for post in posts])


def _solve(kernel: Floats, inverse: Floats, logits: Floats, truth: Floats) -> Floats:
    """Return one number per post, by steps that never overshoot.

    Newton's method takes the curve as it is here, and diverges where the base is sure and wrong; the
    steepest it can be anywhere (1/4; Böhning 1992) makes every step an improvement.
    """
    duals: Floats = np.zeros(len(truth))
    for _ in range(_ROUNDS):
        added = kernel @ duals
        chance = 1 / (1 + np.exp(-np.clip(logits + added, -30, 30)))
        fresh = inverse @ (added + (truth - chance) / _STEEPEST)
        if np.abs(fresh - duals).max() < 1e-4:
            return fresh
        duals = fresh
    return duals


class _Inputs:
    """The pieces of the posts, rare ones weighing more."""

    def __init__(self, posts: Sequence[Labelled]) -> None:
        pieces = cut([normal(look(post.text)) for post in posts])
        self.count = len(posts)
        self.groups = [
            self._group(pieces.characters, pieces.character_texts),
            self._group(pieces.words, pieces.word_texts),
        ]

    def _group(self, buckets: Numbers, owners: Numbers) -> tuple[Numbers, Numbers, Floats, Floats]:
        """Return buckets, owners and values of all pieces, and how rare each bucket is."""
        pairs = np.unique(owners * BUCKETS + buckets)
        seen = np.bincount(pairs % BUCKETS, minlength=BUCKETS)
        rare = np.log((1 + self.count) / (1 + seen))
        counts = np.maximum(np.bincount(owners, minlength=self.count), 1)
        return buckets, owners, (rare[buckets] / np.sqrt(counts[owners])), rare

    def kernel(self) -> Floats:
        """Return how like each post is to each other."""
        total = np.zeros((self.count, self.count))
        for buckets, owners, values, _ in self.groups:
            alive, column = np.unique(buckets, return_inverse=True)
            for start in range(0, len(alive), _CHUNK):
                part = (column >= start) & (column < start + _CHUNK)
                dense = np.zeros((self.count, min(_CHUNK, len(alive) - start)), dtype=np.float32)
                np.add.at(dense, (owners[part], column[part] - start), values[part])
                total += dense @ dense.T
        return total

    def weights(self, group: int, duals: Floats) -> Floats:
        """Return what the posts' numbers mean for every bucket."""
        buckets, owners, values, rare = self.groups[group]
        added = np.stack(
            [np.bincount(buckets, values * column[owners], BUCKETS) for column in duals.T], axis=1
        )
        return added * rare[:, None]


def _added(weights: Weights, inputs: _Inputs, duals: Floats) -> Weights:
    tables, steps = [], []
    for group, table in enumerate((weights.characters, weights.words)):
        full = table * weights.steps[group] + inputs.weights(group, duals) / weights.slope
        step = np.maximum(np.abs(full).max(axis=0), 1e-9) / _FINE
        tables.append(np.rint(full / step).astype(np.int16))
        steps.append(step)
    return replace(
        weights, characters=tables[0], words=tables[1], steps=np.array(steps, dtype=np.float32)
    )

"""The weights in memory: read from one file, applied to batches of posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from twoway.language.model.pieces import Numbers, Pieces

Floats = NDArray[np.float32]
# Eight bits as shipped; sixteen where a team's corrections were added.
Steps = NDArray[np.int8] | NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Weights:
    """Integer weights of all heads by bucket, what one step is worth, and how scores become chances.

    `slope` and `offset` are Platt's: chance = 1 / (1 + exp(-(slope · score + offset))).
    """

    heads: tuple[str, ...]
    characters: Steps
    words: Steps
    steps: Floats
    marks: Floats
    bias: Floats
    slope: Floats
    offset: Floats
    holds: dict[str, float]

    def scores(self, pieces: Pieces, marks: Sequence[Sequence[float]]) -> Floats:
        """Return the score of every head for every text."""
        found = _sums(self.characters, pieces.characters, pieces.character_texts, pieces.texts)
        found = found * self.steps[0]
        found += _sums(self.words, pieces.words, pieces.word_texts, pieces.texts) * self.steps[1]
        total: Floats = found + np.asarray(marks, dtype=np.float32) @ self.marks + self.bias
        return total

    def chances(self, scores: Floats) -> Floats:
        """Return calibrated chances, each head on its own: several kinds may hold at once."""
        chances: Floats = 1 / (1 + np.exp(-np.clip(self.slope * scores + self.offset, -30, 30)))
        return chances


def _sums(weights: Steps, buckets: Numbers, owners: Numbers, texts: int) -> Floats:
    """Return the sums of the weights of each text's pieces, by the root of their number."""
    sums = np.zeros((texts, weights.shape[1]), dtype=np.float32)
    if not len(buckets):
        return sums
    counts = np.bincount(owners, minlength=texts)
    filled = np.flatnonzero(counts)
    starts = np.concatenate(([0], np.cumsum(counts[filled])[:-1]))
    found = np.add.reduceat(weights[buckets], starts, axis=0, dtype=np.int32)
    sums[filled] = found / np.sqrt(counts[filled, None])
    return sums


def load(file: Path) -> Weights:
    """Read weights from `file`, one of those this package writes."""
    with np.load(file, allow_pickle=False) as stored:
        limits = dict(
            zip(map(str, stored["limit_names"]), map(float, stored["limits"]), strict=True)
        )
        return Weights(
            heads=tuple(map(str, stored["heads"])),
            characters=stored["characters"],
            words=stored["words"],
            steps=stored["steps"],
            marks=stored["marks"],
            bias=stored["bias"],
            slope=stored["slope"],
            offset=stored["offset"],
            holds=limits,
        )


def save(weights: Weights, file: Path) -> None:
    """Write `weights` to `file`."""
    np.savez_compressed(
        file,
        heads=np.array(weights.heads),
        characters=weights.characters,
        words=weights.words,
        steps=weights.steps,
        marks=weights.marks,
        bias=weights.bias,
        slope=weights.slope,
        offset=weights.offset,
        limit_names=np.array(list(weights.holds)),
        limits=np.array(list(weights.holds.values())),
    )

"""Which words made the model say so: exact, because the model is a sum.

What a piece adds to a head's score is shared out evenly over the words it touches.
"""

from typing import NamedTuple

import numpy as np

from twoway.language.model.assessor import TrainedModel
from twoway.language.model.pieces import LONGEST, SHORTEST, cut, normal
from twoway.language.surface import look

_LINK_MARK = "\ue001"


class Reason(NamedTuple):
    """A word of a post, and what it adds to the score of a kind (below zero: speaks against it)."""

    word: str
    weight: float


def why(model: TrainedModel, text: str, kind: str, most: int = 5) -> tuple[Reason, ...]:
    """Return the words that speak most for `kind` in `text`, the strongest first."""
    weights = model.weights
    if kind not in weights.heads:
        return ()
    head = weights.heads.index(kind)
    form = normal(look(text))
    spans = _spans(form)
    if not spans:
        return ()
    pieces = cut([form])
    steps = weights.steps[:, head]
    added = np.zeros(len(form))
    each = weights.characters[pieces.characters, head] * steps[0] / np.sqrt(len(pieces.characters))
    for (size, place), one in zip(_places(len(form)), each, strict=True):
        added[place : place + size] += one / size
    found = [Reason(word, float(added[a:b].sum())) for word, a, b in spans]
    return tuple(
        sorted(_joined(found, weights.words[:, head], float(steps[1])), key=lambda r: -r.weight)[
            :most
        ]
    )


def _places(length: int) -> list[tuple[int, int]]:
    """Return (size, place) of all pieces of characters in the order `cut` returns them for one text."""
    return [
        (size, place) for size in range(SHORTEST, LONGEST + 1) for place in range(length - size + 1)
    ]


def _spans(form: str) -> list[tuple[str, int, int]]:
    spans, place = [], 0
    for word in form.split(" "):
        if word and word != _LINK_MARK:
            spans.append((word.strip(".,!?;:()\"'") or word, place, place + len(word)))
        place += len(word) + 1
    return spans


def _joined(found: list[Reason], words: np.ndarray, step: float) -> list[Reason]:
    """Add to each word what it adds as a whole word, and join those said twice."""
    alone = [
        cut([f" {reason.word} "]).words[0] if cut([f" {reason.word} "]).words.size else -1
        for reason in found
    ]
    root = np.sqrt(max(1, 2 * len(found) - 1))
    total: dict[str, float] = {}
    for reason, bucket in zip(found, alone, strict=True):
        whole = float(words[bucket]) * step / root if bucket >= 0 else 0.0
        total[reason.word] = total.get(reason.word, 0.0) + reason.weight + whole
    return [Reason(word, round(weight, 4)) for word, weight in total.items()]

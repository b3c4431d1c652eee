"""Scores into chances and limits, head by head, on labelled posts that no weight was fitted to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.language.model import ours
from twoway.language.model.assessor import TrainedModel
from twoway.language.model.kinds import KINDS
from twoway.language.model.weights import Floats, Weights
from twoway.language.reader import hear
from twoway.language.training import limits as choosing
from twoway.language.utterance import Utterance

Rows = Sequence[Mapping[str, Any]]
Truth = NDArray[np.bool_]


def calibrated(
    plain: Weights, kept_from: Weights, theirs: Rows, own: Rows, genuine: Sequence[str]
) -> Weights:
    """Return `plain` with chances and limits for posts unlike those it learned; `genuine` are no spam.

    Of their posts they are those of `kept_from`, a model that never saw the lines of half of
    `theirs`. Of ours they are its own: on the answers of practice worlds the other way called more
    answers what they are not.
    """
    scored = _Scored(kept_from, plain, theirs, own)
    fitted = [choosing.platt(*scored.of(head)) for head in plain.heads]
    slope = np.array([a for a, _ in fitted], dtype=np.float32)
    offset = np.array([b for _, b in fitted], dtype=np.float32)
    made = replace(kept_from, slope=slope, offset=offset)
    limits = {}
    for place, head in enumerate(made.heads):
        if head in KINDS or head in ours.HEADS.values():
            scores, truth = scored.of(head)
            limits[head] = choosing.best_limit(_chances(made, place, scores), truth)
    others = [{"text": text, "language": "en"} for text in genuine]
    holds = _turns(made, scored.theirs, limits, _scores(made, others))
    return replace(plain, slope=slope, offset=offset, holds=holds)


class _Scored:
    """The scores and truths of labelled posts, of those posts that a head is asked about."""

    def __init__(self, kept_from: Weights, plain: Weights, theirs: Rows, own: Rows) -> None:
        self._heads = plain.heads
        self.theirs = _scores(kept_from, theirs), _truths(kept_from, theirs)
        self._own = _scores(plain, own), _truths(plain, own)
        self._is_reply = np.array([row["is_reply"] for row in own])

    def of(self, head: str) -> tuple[Floats, Truth]:
        """Return the scores of `head`, and whether it is true; ours ask and promise in replies alone."""
        place = self._heads.index(head)
        scores, truth = self._own if head.startswith("ours ") else self.theirs
        chosen = np.ones(len(scores), dtype=bool)
        if head in (ours.HEADS["asks"], ours.HEADS["promise"]):
            chosen = self._is_reply
        elif head == ours.HEADS["invitation"]:
            chosen = ~self._is_reply
        return scores[chosen, place], truth[chosen, place]


def _chances(made: Weights, place: int, scores: Floats) -> Floats:
    every = np.zeros((len(scores), len(made.heads)), dtype=np.float32)
    every[:, place] = scores
    chances: Floats = made.chances(every)[:, place]
    return chances


def _turns(
    made: Weights, scored: tuple[Floats, Truth], found: dict[str, float], genuine: Floats
) -> dict[str, float]:
    """Return `found` with a limit of spam that genuine posts hardly reach, and those of the lane."""
    chances, truth = made.chances(scored[0]), scored[1]
    column = {head: i for i, head in enumerate(made.heads)}
    spam = column["spam"]
    own = chances[~truth[:, spam], spam]
    others = made.chances(genuine)[:, spam]
    found["spam"] = max(choosing.spam_limit(others), choosing.spam_limit(own))
    rows = [dict(zip(made.heads, map(float, row), strict=True)) for row in chances]
    return choosing.turn_limits(rows, truth[:, column["calls"]], found)


def _scores(weights: Weights, rows: Rows) -> Floats:
    """Return the scores the running model gives to `rows`, their languages as a hint."""
    model = TrainedModel(weights, "in the making")
    heard = [hear(Utterance(text=row["text"], language=row["language"]))[0] for row in rows]
    return np.vstack([model.scores(heard[i : i + 500]) for i in range(0, len(heard), 500)])


def _truths(weights: Weights, rows: Rows) -> Truth:
    return np.array([[_truth(head, row) for head in weights.heads] for row in rows])


def _truth(head: str, row: Mapping[str, Any]) -> bool:
    if head == "calls":
        return bool(CALLS_FOR_ANSWER & set(row["kinds"]))
    if head in ("negative", "positive"):
        tone: int = row.get("tone", 0)
        return tone < 0 if head == "negative" else tone > 0
    return head.removeprefix("ours ") in row["kinds"]

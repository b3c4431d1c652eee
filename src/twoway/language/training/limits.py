"""How scores become chances, and from which chance a kind holds: chosen on the labelled tuning half."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.language.model.kinds import kinds

Floats = NDArray[np.float32]
# The turn rule's bar is 2 missed of 100; some room for posts unlike those measured.
_MISSED = 0.008
# False alarms of spam among genuine posts: the bar is 1 of 100.
_FALSE_SPAM = 0.003
_SURE = (0.5, 0.55, 0.6, 0.65, 0.7)
_MAYBE = (0.06, 0.08, 0.1, 0.12, 0.15, 0.18, 0.22, 0.26, 0.3)
_BESIDE = (0.3, 0.4, 0.5)


def platt(scores: Floats, truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and offset that make chances of scores."""
    fitted = LogisticRegression(C=1.0).fit(scores.reshape(-1, 1), truth)
    return float(fitted.coef_[0][0]), float(fitted.intercept_[0])


def best_limit(chances: Floats, truth: NDArray[np.bool_]) -> float:
    """Return the limit with the best F1, the middle one of those nearly as good."""
    steps = np.arange(0.1, 0.9, 0.01)
    found = np.array([f1(chances >= step, truth) for step in steps])
    return float(np.median(steps[found >= found.max() - 0.005]))


def f1(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    """Return the harmonic mean of precision and recall."""
    return float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))


def spam_limit(genuine: Floats) -> float:
    """Return the chance above which hardly a genuine post lies."""
    return max(0.5, float(np.quantile(genuine, 1 - _FALSE_SPAM)))


def turn_limits(
    rows: Sequence[Mapping[str, float]], calls: NDArray[np.bool_], limits: dict[str, float]
) -> dict[str, float]:
    """Return `limits` with those two that decide the lane "maybe", smallest lane that misses few."""
    found: list[tuple[float, dict[str, float]]] = []
    for sure, maybe, beside in product(_SURE, _MAYBE, _BESIDE):
        tried = {**limits, "calls": sure, "maybe": maybe, "maybe beside": beside}
        missed, lane, wrong = _turns(rows, calls, tried)
        if missed <= _MISSED:
            found.append((lane + wrong, tried))
    strict = {**limits, "calls": _SURE[0], "maybe": _MAYBE[0], "maybe beside": _BESIDE[0]}
    found.sort(key=lambda pair: pair[0])
    return found[0][1] if found else strict


def _turns(
    rows: Sequence[Mapping[str, float]], calls: NDArray[np.bool_], limits: dict[str, float]
) -> tuple[float, float, float]:
    """Return the share of calls missed, the share in the lane, and of wrong alarms among the rest."""
    held = [{kind.name for kind in kinds(row, limits) if kind.holds} for row in rows]
    called = np.array([bool(h & CALLS_FOR_ANSWER) for h in held])
    lane = np.array(["unsure" in h for h in held])
    missed = (calls & ~called & ~lane).sum() / max(1, calls.sum())
    return (
        float(missed),
        float(lane.mean()),
        float((called & ~calls).sum() / max(1, (~calls).sum())),
    )

"""Any assessor against labelled posts: F1, area under the curve, calibration, and the turn rule's bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.language.assessor import Assessment, Assessor
from twoway.language.reader import BATCH, hear
from twoway.language.utterance import Utterance

_Truth = NDArray[np.bool_]
_Chances = NDArray[np.float64]
_BINS = 10


@dataclass(frozen=True, slots=True)
class Labelled:
    """A post whose kinds a person has decided; `language` is given where known."""

    text: str
    kinds: frozenset[str]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How well one kind is told, doubt not allowed; `auc` is None where one side is empty.

    What doubt does is measured by `Turns`.
    """

    n: int
    precision: float
    recall: float
    f1: float
    auc: float | None
    calibration_error: float


@dataclass(frozen=True, slots=True)
class Turns:
    """The turn rule's bar: calls missed, the lane "maybe", and what needs no answer cleared."""

    missed: float
    maybe: float
    cleared: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One assessor on one set of posts."""

    model: str
    n: int
    kinds: Mapping[str, Score]
    macro_f1: float
    turns: Turns


def assess(assessor: Assessor, posts: Sequence[Labelled]) -> list[Assessment]:
    """Return what `assessor` makes of `posts`."""
    heard = [hear(Utterance(text=post.text, language=post.language))[0] for post in posts]
    batches = (heard[i : i + BATCH] for i in range(0, len(heard), BATCH))
    return [found for batch in batches for found in assessor.assess(batch)]


def evaluate(
    assessor: Assessor,
    posts: Sequence[Labelled],
    kinds: Sequence[str],
    found: Sequence[Assessment] = (),
) -> Evaluation:
    """Measure `assessor` on `posts` for `kinds`; `found` saves assessing again what was assessed."""
    found = found or assess(assessor, posts)
    scores = {kind: _score(kind, posts, found) for kind in kinds}
    told = [score.f1 for score in scores.values() if score.n]
    return Evaluation(
        assessor.name, len(posts), scores, mean(told) if told else 0.0, _turns(posts, found)
    )


def _score(kind: str, posts: Sequence[Labelled], found: Sequence[Assessment]) -> Score:
    truth = np.array([kind in post.kinds for post in posts])
    said = np.array([kind in one.likely for one in found])
    chances = np.array([_chance(kind, one) for one in found])
    hits = float((said & truth).sum())
    precision, recall = hits / max(1, int(said.sum())), hits / max(1, int(truth.sum()))
    return Score(
        n=int(truth.sum()),
        precision=precision,
        recall=recall,
        f1=2 * hits / max(1.0, float(said.sum() + truth.sum())),
        auc=area(chances, truth),
        calibration_error=calibration_error(chances, truth),
    )


def _chance(kind: str, one: Assessment) -> float:
    if kind in one.chances:
        return one.chances[kind]
    return max((k.certainty for k in one.theirs if k.name == kind), default=0.0)


def area(chances: _Chances, truth: _Truth) -> float | None:
    """Return the area under the curve: how often one that is gets a higher chance than one that is not."""
    yes, no = int(truth.sum()), int((~truth).sum())
    if not yes or not no:
        return None
    _, place, count = np.unique(chances, return_inverse=True, return_counts=True)
    # Equal chances share the middle of their ranks.
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((ranks[truth].sum() - yes * (yes + 1) / 2) / (yes * no))


def calibration_error(chances: _Chances, truth: _Truth) -> float:
    """Return the mean distance between chance and what came true, over ten bins weighed by size."""
    bins = np.minimum((chances * _BINS).astype(int), _BINS - 1)
    parts = [(bins == number) for number in range(_BINS)]
    gaps = [
        part.sum() * abs(chances[part].mean() - truth[part].mean()) for part in parts if part.any()
    ]
    return float(sum(gaps) / len(truth))


def _turns(posts: Sequence[Labelled], found: Sequence[Assessment]) -> Turns:
    calls = np.array([bool(post.kinds & CALLS_FOR_ANSWER) for post in posts])
    held = [{kind.name for kind in one.theirs if kind.holds} for one in found]
    called = np.array([bool(names & CALLS_FOR_ANSWER) for names in held])
    maybe = np.array(["unsure" in names for names in held]) & ~called
    return Turns(
        missed=float((calls & ~called & ~maybe).sum() / max(1, calls.sum())),
        maybe=float(maybe.sum() / max(1, len(posts))),
        cleared=float((~calls & ~called & ~maybe).sum() / max(1, (~calls).sum())),
    )

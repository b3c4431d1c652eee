"""What the script's law comes to in the long run: rates, medians and odds that audits estimate.

The law is played at the hours people write (`draws`); nothing of what really happened in the world
enters but who waited: which kinds, how popular, fresh or in mid-talk.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from twoway.practice.clock import MINUTE
from twoway.practice.facts import Wait
from twoway.practice.truth.draws import NEVER, Draws, play
from twoway.practice.truth.view import View


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of waiting in their order, with their weights and whether an answer ended them."""

    length: NDArray[np.int64]
    weight: NDArray[np.float64]
    ended: NDArray[np.bool_]

    @classmethod
    def alike(cls, length: NDArray[np.int64], weight: float, *, ended: bool) -> "Lengths":
        """Return lengths of one weight and one end."""
        return cls(length, np.full(len(length), weight), np.full(len(length), ended))

    @classmethod
    def sorted(cls, several: Sequence["Lengths"]) -> "Lengths":
        """Return all of them in their order; at the same moment an answer comes first."""
        if not several:
            return cls.alike(np.zeros(0, np.int64), 0.0, ended=False)
        length = np.concatenate([one.length for one in several])
        ended = np.concatenate([one.ended for one in several])
        order = np.lexsort((np.logical_not(ended), length))
        weight = np.concatenate([one.weight for one in several])
        return cls(length[order], weight[order], ended[order])

    def answered(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return lengths and weights of those that an answer ended."""
        return self.length[self.ended], self.weight[self.ended]


class Law:
    """The law of one organisation for the waits of one window."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._fates = view.world.stage.laws[view.who.name]

    @cached_property
    def _draws(self) -> dict[bool, Draws]:
        who, calendar = self._view.who, self._view.world.stage.calendar
        return play(who.character.name, calendar.zone, calendar.first, calendar.days)

    def _chance(self, wait: Wait) -> float:
        return self._fates.probability(wait.kinds, wait.since, popular=wait.person.popular)

    def rate(self, waits: Sequence[Wait], within: int) -> float | None:
        """Return the share answered in time among those that can be judged."""
        if not self._view.wants_parameters:
            return None
        outcomes = [self.outcome(wait, within) for wait in waits]
        judged = sum(one for _, one in outcomes)
        return sum(hit for hit, _ in outcomes) / judged if judged else None

    def outcome(self, wait: Wait, within: int, odd_hour: bool | None = None) -> tuple[float, float]:
        """Return the probabilities of a hit and of being judged at all."""
        hit, gone, gone_unanswered = self._parts(
            wait.is_follow_up, wait.is_disturbed, within, odd_hour
        )
        chance = self._chance(wait)
        return chance * hit, 1.0 - chance * gone - (1.0 - chance) * gone_unanswered

    def _parts(
        self, follows: bool, disturbed: bool, within: int, odd_hour: bool | None
    ) -> tuple[float, float, float]:
        """Return, of calls that would be answered, the parts answered in time and turned elsewhere.

        Third, the part turned elsewhere of those that would never be answered.
        """
        kept = self._cache.get((follows, disturbed, within, odd_hour))
        if kept is not None:
            return kept
        draws = self._draws[follows].at(odd_hour)
        other = draws.others(disturbed=disturbed)
        left_out = (other <= within) | (draws.is_deleted & (other < NEVER))
        hits = (draws.answer <= within) & (draws.answer <= other)
        n = max(len(draws), 1)
        kept = self._cache[(follows, disturbed, within, odd_hour)] = (
            int(hits.sum()) / n,
            int((left_out & (other < draws.answer)).sum()) / n,
            int(left_out.sum()) / n,
        )
        return kept

    @cached_property
    def _cache(self) -> dict[tuple[bool, bool, int, bool | None], tuple[float, float, float]]:
        return {}

    def odds(
        self, waits: Sequence[Wait], exposed: Callable[[Wait], bool], *, by_time: bool
    ) -> float | None:
        """Return the odds of an answer in 72 hours with the circumstance over those without it."""
        if not self._view.wants_parameters:
            return None
        rates = []
        for side in (True, False):
            outcomes = [
                self.outcome(wait, 72 * 60 * MINUTE, side if by_time else None)
                for wait in waits
                if exposed(wait) is side
            ]
            judged = sum(one for _, one in outcomes)
            rates.append(sum(hit for hit, _ in outcomes) / judged if judged else 0.0)
        (one, other) = rates
        if not (0 < one < 1 and 0 < other < 1):
            return None
        return (one / (1 - one)) / (other / (1 - other))

    # Times.

    @cached_property
    def _lengths(self) -> Lengths:
        """Return how long everybody would wait; never-ending ones too."""
        sides: list[Lengths] = []
        for (follows, disturbed), (yes, no) in self._strata().items():
            draws = self._draws[follows]
            other = draws.others(disturbed=disturbed)
            is_answered = draws.answer <= other
            is_gone = draws.is_deleted & (other < NEVER)
            for length, weight, ended, kept in (
                (draws.answer, yes, True, is_answered),
                (other, yes, False, ~is_answered & ~draws.is_deleted),
                (other, no, False, ~is_gone),
            ):
                sides.append(Lengths.alike(length[kept], weight / len(draws), ended=ended))
        return Lengths.sorted(sides)

    def _strata(self) -> dict[tuple[bool, bool], tuple[float, float]]:
        """Return how many waits of each sort are expected to be answered, and how many never."""
        strata: dict[tuple[bool, bool], tuple[float, float]] = {}
        for wait in self._view.waits:
            sort = (wait.is_follow_up, wait.is_disturbed)
            yes, no = strata.get(sort, (0.0, 0.0))
            chance = self._chance(wait)
            strata[sort] = (yes + chance, no + 1.0 - chance)
        return strata

    def quantile_all(self, where: float) -> float | None:
        """Return where Kaplan and Meier's curve comes down to 1 - `where`, in minutes; None if never."""
        if not self._view.wants_parameters:
            return None
        told = self._lengths
        at_risk = np.cumsum(told.weight[::-1])[::-1]
        surviving = np.cumprod(np.where(told.ended, 1.0 - told.weight / at_risk, 1.0))
        return _first(told.length, surviving <= 1.0 - where)

    def quantile_answered(self, where: float) -> float | None:
        """Return the quantile of the times of those that are answered, in minutes."""
        if not self._view.wants_parameters:
            return None
        length, weight = self._lengths.answered()
        return _first(length, np.cumsum(weight) >= where * weight.sum())

    def within_among_answered(self, within: int) -> float | None:
        """Return the part of all answers that come in time."""
        if not self._view.wants_parameters:
            return None
        length, weight = self._lengths.answered()
        total = weight.sum()
        return float(weight[length <= within].sum() / total) if total else None

    def kindness(self, view: View) -> float | None:
        """Return how much of the praise gets a kind word; a week is long enough for all of them."""
        chances = [one.chance for one in view.kindnesses if {"praise", "closer"} & set(one.kinds)]
        return sum(chances) / len(chances) if chances else None


def _first(lengths: NDArray[np.int64], reached: NDArray[np.bool_]) -> float | None:
    """Return the first length that is reached, in minutes."""
    places = np.flatnonzero(reached)
    return float(lengths[places[0]]) / MINUTE if len(places) else None

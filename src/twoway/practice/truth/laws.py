"""What the script's law comes to in the long run: rates, medians and odds that audits estimate.

The law of `fates` is played some thousand times at the hours people write; nothing of what really
happened in the world enters but who waited: which kinds, how popular, fresh or in mid-talk.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from twoway.practice.characters import CHARACTERS
from twoway.practice.clock import HOUR, MINUTE, PEOPLE, Calendar, Hand, Presence
from twoway.practice.dice import Dice
from twoway.practice.facts import Wait
from twoway.practice.fates import Fates, follow_up_lag
from twoway.practice.truth.view import View

DRAWS = 24_000
NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Draw:
    """One imaginary call: how long an answer takes, and what would end the waiting otherwise."""

    is_odd_hour: bool
    answer: int
    other: int
    is_deleted: bool


def is_odd(hour: int, weekday: int) -> bool:
    """Tell whether it is night or weekend: 22 to 7, Saturday and Sunday."""
    return hour >= 22 or hour < 7 or weekday >= 6


@cache
def _draw(character: str, zone: str, first: date, days: int) -> dict[bool, list[Draw]]:
    """Play the law of a character: fresh calls, and those that follow upon an answer."""
    calendar = Calendar(zone, first, days)
    kind = next(one for one in CHARACTERS if one.name == character)
    fates = Fates(kind, Presence(kind.hours, calendar), calendar, 0.0)
    hand, dice = Hand(PEOPLE, calendar, 0, days - 1), Dice("law", character)
    found: dict[bool, list[Draw]] = {False: [], True: []}
    for _ in range(DRAWS):
        at = hand.draw(dice)
        for follows in (False, True):
            sure = fates.sure_fate(dice, at)
            assert sure.answer_at is not None  # noqa: S101 - sure
            day = calendar.day(at)
            odd = is_odd((at - calendar.midnights[day]) // HOUR, calendar.weekdays[day])
            other = NEVER if sure.other_at is None else sure.other_at - at
            found[follows].append(Draw(odd, sure.answer_at - at, other, sure.other == "deleted"))
            at = sure.answer_at + follow_up_lag(dice)
    return found


class Law:
    """The law of one organisation for the waits of one window."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._fates = view.world.stage.laws[view.who.name]

    @cached_property
    def _draws(self) -> dict[bool, list[Draw]]:
        who, calendar = self._view.who, self._view.world.stage.calendar
        return _draw(who.character.name, calendar.zone, calendar.first, calendar.days)

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
        draws = [d for d in self._draws[follows] if odd_hour in (None, d.is_odd_hour)]
        hit = gone = gone_unanswered = 0
        for draw in draws:
            other = draw.other if disturbed else NEVER
            left_out = other <= within or (draw.is_deleted and other < NEVER)
            gone_unanswered += left_out
            gone += left_out and other < draw.answer
            hit += draw.answer <= within and draw.answer <= other
        n = max(len(draws), 1)
        kept = self._cache[(follows, disturbed, within, odd_hour)] = (
            hit / n,
            gone / n,
            gone_unanswered / n,
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
    def _weighted(self) -> list[tuple[int, float, bool]]:
        """Return lengths with their weights and whether an answer ended them; never-ending ones too."""
        if not self._view.wants_parameters:
            return []
        rows: list[tuple[int, float, bool]] = []
        for (follows, disturbed), (yes, no) in self._strata().items():
            draws = self._draws[follows]
            for draw in draws:
                other = draw.other if disturbed else NEVER
                if other < draw.answer:
                    if not draw.is_deleted:
                        rows.append((other, yes / len(draws), False))
                else:
                    rows.append((draw.answer, yes / len(draws), True))
                if not (draw.is_deleted and other < NEVER):
                    rows.append((other, no / len(draws), False))
        return sorted(rows)

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
        at_risk = sum(weight for _, weight, _ in self._weighted)
        surviving = 1.0
        for length, weight, ended in self._weighted:
            if ended and at_risk > 0:
                surviving *= max(0.0, 1.0 - weight / at_risk)
                if surviving <= 1.0 - where:
                    return length / MINUTE
            at_risk -= weight
        return None

    def quantile_answered(self, where: float) -> float | None:
        """Return the quantile of the times of those that are answered, in minutes."""
        answered = [(length, weight) for length, weight, ended in self._weighted if ended]
        rest = where * sum(weight for _, weight in answered)
        for length, weight in answered:
            rest -= weight
            if rest <= 0:
                return length / MINUTE
        return None

    def within_among_answered(self, within: int) -> float | None:
        """Return the part of all answers that come in time."""
        answered = [(length, weight) for length, weight, ended in self._weighted if ended]
        total = sum(weight for _, weight in answered)
        return (
            sum(weight for length, weight in answered if length <= within) / total
            if total
            else None
        )

    def kindness(self, view: View) -> float | None:
        """Return how much of the praise gets a kind word; a week is long enough for all of them."""
        chances = [one.chance for one in view.kindnesses if {"praise", "closer"} & set(one.kinds)]
        return sum(chances) / len(chances) if chances else None

"""Whether, when and how an organisation comes back to somebody: the law that scenes draw from.

Truth draws from the same law, some twenty thousand times, to know what a median or a rate would
be if the play went on for ever.
"""

from math import exp

from twoway.practice.characters import Character
from twoway.practice.clock import DAY, HOUR, SECOND, Calendar, Presence
from twoway.practice.dice import Dice, Urn
from twoway.practice.facts import Ending, Fate

# Nobody reads, thinks and types faster; and a machine's minute is over by then.
AT_LEAST = 3.0
# Of those who wait some turn elsewhere: after five hours as a median, independent of any answer.
OTHERWISE = 0.09
ENDINGS: Urn[Ending] = Urn(
    {"withdrawal": 45, "community": 34, "no_answer_needed": 8, "deleted": 8, "edited": 5}
)
LONGEST: dict[Ending, int] = {
    "withdrawal": 9 * DAY, "community": 9 * DAY, "no_answer_needed": 5 * DAY,
    "deleted": 40 * HOUR, "edited": 20 * HOUR,
}  # fmt: skip


class Fates:
    """The law of one organisation; `drift` adds to the log-odds of an answer per calendar month."""

    def __init__(
        self, character: Character, presence: Presence, calendar: Calendar, drift: float
    ) -> None:
        self._law = character.answering
        self._presence = presence
        self._calendar = calendar
        self._drift = drift

    def probability(self, kinds: tuple[str, ...], at: int, *, popular: bool) -> float:
        """Return how likely an answer ever is; a complaint decides before a request, that before a question."""
        law = self._law
        chance = (
            law.complaint
            if "complaint" in kinds
            else law.request
            if "request" in kinds
            else law.question
        )
        odds = chance / (1.0 - chance) * exp(self._drift * self._calendar.month(at))
        if popular:
            odds *= law.popular_odds
        return odds / (1.0 + odds)

    def draw(
        self,
        dice: Dice,
        kinds: tuple[str, ...],
        at: int,
        *,
        popular: bool,
        undisturbed: bool = False,
    ) -> Fate:
        """Draw what becomes of a call at a moment; `undisturbed` calls end by an answer or never."""
        sure = self.sure_fate(dice, at)
        answered = dice.chance(self.probability(kinds, at, popular=popular))
        private = self._law.private_complaint if "complaint" in kinds else self._law.private_other
        return Fate(
            sure.answer_at if answered else None,
            None if undisturbed else sure.other_at,
            sure.other,
            is_private=dice.chance(private),
        )

    def sure_fate(self, dice: Dice, at: int) -> Fate:
        """Draw when an answer comes that will come, and what ends some of the waiting before."""
        minutes = AT_LEAST + dice.around(self._law.median, self._law.spread)
        other: Ending | None = None
        other_at = None
        if dice.chance(OTHERWISE):
            other = ENDINGS.draw(dice)
            lag = AT_LEAST + dice.around(300.0, 1.3)
            other_at = at + min(int(lag * 60) * SECOND, LONGEST[other])
        return Fate(self._presence.after(at, minutes), other_at, other, is_private=False)


def follow_up_lag(dice: Dice) -> int:
    """Return how long somebody takes to write again after an answer."""
    return int(dice.around(45.0, 1.2) * 60 + 240) * SECOND

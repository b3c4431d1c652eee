"""The originals of one account as people meet them: the newest first, some drawing many comments."""

from bisect import bisect
from math import exp

from twoway.practice.clock import DAY, HOUR, MINUTE
from twoway.practice.dice import Dice
from twoway.practice.lines import Line

# How far down people read, and when a post has sunk.
READ = 14
STALE = 6 * DAY
# Nobody is first within five minutes: a second piece of ours would be cut off by a comment.
QUIET = 5 * MINUTE
FADES = 14 * HOUR


class Feed:
    """Originals in the order of time with how much attention each draws."""

    def __init__(self) -> None:
        self._times: list[int] = []
        self._lines: list[Line] = []
        self._draws: list[float] = []

    def open(self, lines: list[Line], dice: Dice) -> None:
        """Set out the originals; attention is lognormal, as on real pages."""
        self._lines = sorted(lines, key=lambda line: line.at)
        self._times = [line.at for line in self._lines]
        self._draws = [dice.around(1.0, 1.2) for _ in self._lines]

    def before(self, moment: int, dice: Dice, *, invitation: bool | None = None) -> Line | None:
        """Return an original somebody reads at that moment, None where there is nothing recent."""
        newest = bisect(self._times, moment - QUIET)
        places = [
            place
            for place in range(max(0, newest - READ), newest)
            if moment - self._times[place] < STALE
            and invitation in (None, "invitation" in self._lines[place].kinds)
        ]
        weights = [self._draws[n] * exp((self._times[n] - moment) / FADES) for n in places]
        roll = dice.roll() * sum(weights)
        for place, weight in zip(places, weights, strict=True):
            roll -= weight
            if roll < 0:
                return self._lines[place]
        return None

"""Times of the practice world: days of one zone, when people write, when an organisation is there."""

from bisect import bisect, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from twoway.practice.dice import Dice

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
# Days after the last one that promises and opening hours may still need.
BEYOND = 60


class Calendar:
    """Local days of a zone as moments; `day` counts from the first one."""

    def __init__(self, zone: str, first: date, days: int) -> None:
        self.zone = zone
        self.first = first
        self.days = days
        local = ZoneInfo(zone)
        dates = [first + timedelta(days=n) for n in range(days + BEYOND)]
        self.midnights = [_moment(datetime(d.year, d.month, d.day, tzinfo=local)) for d in dates]
        self.weekdays = [d.isoweekday() for d in dates]
        self._months = [d.year * 12 + d.month for d in dates]

    @property
    def begins(self) -> int:
        return self.midnights[0]

    @property
    def ends(self) -> int:
        """The last second of the last day."""
        return self.midnights[self.days] - SECOND

    def day(self, moment: int) -> int:
        return bisect_right(self.midnights, moment) - 1

    def month(self, moment: int) -> int:
        """Return which local calendar month it is, the first being 0."""
        return self._months[self.day(moment)] - self._months[0]


def _moment(time: datetime) -> int:
    return int(time.astimezone(UTC).timestamp()) * SECOND


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How much is written on each weekday (Monday first) and in each local hour."""

    weekdays: tuple[float, ...]
    hours: tuple[float, ...]


# Shaped like public forums and pages: a low before dawn, a plateau from late morning to evening.
PEOPLE = Rhythm(
    (1.0, 1.05, 1.05, 1.05, 0.98, 0.72, 0.7),
    (17, 9, 5, 3, 3, 6, 16, 34, 50, 58, 62, 63, 64, 62, 60, 60, 61, 64, 66, 67, 66, 62, 50, 32),
)


class Hand:
    """Draws moments of a rhythm between two days of a calendar."""

    def __init__(self, rhythm: Rhythm, calendar: Calendar, first: int, last: int) -> None:
        self._midnights = calendar.midnights
        self._first = first
        weights = [rhythm.weekdays[day - 1] for day in calendar.weekdays[first : last + 1]]
        self._days = list(accumulate(weights))
        self._hours = list(accumulate(rhythm.hours))

    def draw(self, dice: Dice) -> int:
        return self.on(self._first + bisect(self._days, dice.roll() * self._days[-1]), dice)

    def on(self, day: int, dice: Dice) -> int:
        """Draw a moment of one day."""
        hour = bisect(self._hours, dice.roll() * self._hours[-1])
        return self._midnights[day] + hour * HOUR + dice.whole(0, 3599) * SECOND


class Presence:
    """When an organisation is at its desk, and the moment after so many minutes of it."""

    def __init__(self, hours: tuple[tuple[int, int] | None, ...], calendar: Calendar) -> None:
        self._opens: list[int] = []
        self._worked = [0]
        for midnight, weekday in zip(calendar.midnights, calendar.weekdays, strict=True):
            if (span := hours[weekday - 1]) is not None:
                self._opens.append(midnight + span[0] * HOUR)
                self._worked.append(self._worked[-1] + (span[1] - span[0]) * HOUR)

    def after(self, moment: int, minutes: float) -> int:
        """Return when `minutes` at the desk have passed since `moment`, to the second."""
        due = self._until(moment) + int(minutes * 60) * SECOND
        place = bisect(self._worked, due) - 1
        if place >= len(self._opens):
            return moment + 1000 * DAY
        return self._opens[place] + due - self._worked[place]

    def is_open(self, moment: int) -> bool:
        return self._until(moment + SECOND) > self._until(moment)

    def _until(self, moment: int) -> int:
        place = bisect(self._opens, moment) - 1
        if place < 0:
            return 0
        return min(self._worked[place] + moment - self._opens[place], self._worked[place + 1])

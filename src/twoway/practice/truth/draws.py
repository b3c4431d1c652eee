"""The law of `fates` played some thousand times at the hours people write, as columns."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from twoway.practice.characters import CHARACTERS
from twoway.practice.clock import HOUR, PEOPLE, Calendar, Hand, Presence
from twoway.practice.dice import Dice
from twoway.practice.fates import Fates, follow_up_lag

DRAWS = 24_000
NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Draws:
    """Imaginary calls: how long an answer takes, and what would end the waiting otherwise."""

    is_odd_hour: NDArray[np.bool_]
    answer: NDArray[np.int64]
    other: NDArray[np.int64]
    is_deleted: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.answer)

    def at(self, odd_hour: bool | None) -> "Draws":
        """Return those of odd hours, or of even ones; all of them when it does not matter."""
        if odd_hour is None:
            return self
        kept = self.is_odd_hour == odd_hour
        return Draws(
            self.is_odd_hour[kept], self.answer[kept], self.other[kept], self.is_deleted[kept]
        )

    def others(self, *, disturbed: bool) -> NDArray[np.int64]:
        """Return after how long something else ends the waiting; never where nothing may."""
        return self.other if disturbed else np.full_like(self.other, NEVER)


def is_odd(hour: int, weekday: int) -> bool:
    """Tell whether it is night or weekend: 22 to 7, Saturday and Sunday."""
    return hour >= 22 or hour < 7 or weekday >= 6


@cache
def play(character: str, zone: str, first: date, days: int) -> dict[bool, Draws]:
    """Play the law of a character: fresh calls, and (True) those that follow upon an answer."""
    calendar = Calendar(zone, first, days)
    kind = next(one for one in CHARACTERS if one.name == character)
    fates = Fates(kind, Presence(kind.hours, calendar), calendar, 0.0)
    hand, dice = Hand(PEOPLE, calendar, 0, days - 1), Dice("law", character)
    found: dict[bool, list[tuple[bool, int, int, bool]]] = {False: [], True: []}
    for _ in range(DRAWS):
        at = hand.draw(dice)
        for follows in (False, True):
            sure = fates.sure_fate(dice, at)
            assert sure.answer_at is not None  # noqa: S101 - sure
            day = calendar.day(at)
            odd = is_odd((at - calendar.midnights[day]) // HOUR, calendar.weekdays[day])
            other = NEVER if sure.other_at is None else sure.other_at - at
            found[follows].append((odd, sure.answer_at - at, other, sure.other == "deleted"))
            at = sure.answer_at + follow_up_lag(dice)
    return {follows: _columns(rows) for follows, rows in found.items()}


def _columns(rows: list[tuple[bool, int, int, bool]]) -> Draws:
    odd, answer, other, deleted = zip(*rows, strict=True)
    return Draws(
        np.array(odd, np.bool_), np.array(answer, np.int64), np.array(other, np.int64), np.array(deleted, np.bool_),
    )  # fmt: skip

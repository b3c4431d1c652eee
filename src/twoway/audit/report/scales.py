"""Where a figure stands on its line: positions from 0 to 100, and the few ticks a reader needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from twoway.audit.findings import Figure
from twoway.audit.saying import marked, say
from twoway.audit.words import count

Ticks = tuple[tuple[float, str], ...]
_HOUR, _DAY = 60.0, 1_440.0
_TIMES: Ticks = (
    (1, marked("1 min")),
    (10, marked("10 min")),
    (_HOUR, marked("1 hour")),
    (_DAY, marked("1 day")),
    (7 * _DAY, marked("1 week")),
)
_LONG_TIMES: Ticks = (*_TIMES[:1], *_TIMES[2:4], (30 * _DAY, marked("1 month")))
_SHARES = (0.05, 0.1, 0.2, 0.5, 1.0)
APART, APART_IN_SMALL = 17, 34
"""Percent of a line that a tick needs for its words, also on a phone; more in small charts."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from `low` to `high`; `origin` is where bars begin, None where there are no bars."""

    low: float
    high: float
    ticks: Ticks
    origin: float | None = None
    is_log: bool = False
    shows_limits: bool = False

    def at(self, value: float) -> float:
        """Return the position of a value in percent of the line, within the line."""
        inside = min(max(value, self.low), self.high)
        if self.is_log:
            reach = log10(self.high) - log10(self.low)
            return round(100 * (log10(inside) - log10(self.low)) / reach, 2)
        return round(100 * (inside - self.low) / (self.high - self.low), 2)

    def marks(self, limits: Sequence[float] = (), apart: float = APART) -> Ticks:
        """Return the ticks at their positions, those of a band first; one without room has no words."""
        own = {self.at(value): label for value, label in self.ticks}
        bands = {
            self.at(limit): _percent(limit) for limit in limits if self.low < limit <= self.high
        }
        wanted = [tick for tick in own.items() if not tick[0]]
        wanted += bands.items() if self.shows_limits else []
        # The far end first, then what lies nearest to the middle.
        wanted += sorted(own.items(), key=lambda tick: (tick[0] < 100, abs(tick[0] - 50)))
        placed: dict[float, str] = {}
        for at, label in wanted:
            if all(abs(at - other) >= _room(said, apart) for other, said in placed.items()):
                placed[at] = label
            elif self.shows_limits and at in bands:
                placed.setdefault(at, "")
        return tuple(sorted(placed.items()))


def _room(words: str, apart: float) -> float:
    """Return how far the next words must stand; a nought needs little."""
    return 0 if not words else apart / 2 if words == "0" else apart


def fit(figures: Sequence[Figure], limits: Sequence[float] = ()) -> Scale:
    """Return the scale on which figures of one unit, and the limits of their bands, all fit."""
    seen = [
        value
        for figure in figures
        for value in (figure.value, figure.low, figure.high, *(figure.bound or ()))
        if value is not None
    ]
    return _SCALES.get(figures[0].unit, _counts)([*seen, *limits] or [1.0])


def _shares(seen: Sequence[float]) -> Scale:
    top = next((top for top in _SHARES if max(seen) <= top), 1.0)
    steps = (0, 0.25, 0.5, 0.75, 1) if top == 1 else (0, 0.5, 1)
    return Scale(
        0,
        top,
        tuple((step * top, _percent(step * top)) for step in steps),
        origin=0,
        shows_limits=True,
    )


def _percent(value: float) -> str:
    return say("{percent} %", percent=value * 100) if value else "0"


def _minutes(seen: Sequence[float]) -> Scale:
    longest = max(seen)
    ticks = _TIMES if longest <= 7 * _DAY else _LONG_TIMES
    top = next((value for value, _ in ticks if longest <= value and value >= _DAY), longest)
    return Scale(1, top, tuple((at, say(label)) for at, label in ticks if at <= top), is_log=True)


def _points(seen: Sequence[float]) -> Scale:
    top = next((top for top in (0.25, 0.5) if max(map(abs, seen)) <= top), 1.0)
    ticks = (
        (-top, f"−{count(top * 100)}"),
        (0.0, "0"),
        (top, f"+{count(top * 100)}"),
    )
    return Scale(-top, top, ticks, origin=0)


def _odds(_: Sequence[float]) -> Scale:
    ticks = ((0.1, say("10 × less")), (1, say("alike")), (10, say("10 × more")))
    return Scale(0.05, 20, ticks, 1, is_log=True)


def _scores(_: Sequence[float]) -> Scale:
    ticks = ((-1, say("clockwork")), (0, say("chance")), (1, say("bursts")))
    return Scale(-1, 1, ticks, origin=0)


def _counts(seen: Sequence[float]) -> Scale:
    top = max(*seen, 1.0)
    return Scale(0, top, ((0, "0"), (top, count(top))), origin=0)


_SCALES = {
    "share": _shares, "minutes": _minutes, "points": _points, "odds": _odds, "score": _scores,
    "count": _counts, "ratio": _counts,
}  # fmt: skip

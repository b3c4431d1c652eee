"""How the law moves over the months: measure 25, as the odds and minutes that it changes by."""

from collections.abc import Iterator
from math import exp

from twoway.practice.clock import HOUR
from twoway.practice.truth import laws
from twoway.practice.truth.figures import Truth
from twoway.practice.truth.view import View

LEAST = 6
_STEADY = ("reply_share", "members_talk")


def counts(view: View) -> Iterator[tuple[str, Truth]]:
    """Say by what factor odds change from month to month; nothing moves where the world does not drift."""
    calendar, world = view.world.stage.calendar, view.world
    if not view.wants_parameters or calendar.month(world.ends) + 1 < LEAST or world.has_crisis:
        return
    law = laws.Law(view)
    months: dict[int, tuple[float, float]] = {}
    for wait in world.ledger.waits:
        if (
            wait.who is view.who
            and wait.is_sure
            and not wait.is_private
            and world.ends - wait.since >= 72 * HOUR
        ):
            hit, judged = law.outcome(wait, 72 * HOUR)
            hits, n = months.get(calendar.month(wait.since), (0.0, 0.0))
            months[calendar.month(wait.since)] = (hits + hit, n + judged)
    yield "change_over_time.response_rate", Truth(parameter=exp(_slope(months)))
    if world.stage.drift == 0:
        for part in _STEADY:
            yield f"change_over_time.{part}", Truth(parameter=1.0)
        yield "change_over_time.first_response_time", Truth(parameter=0.0)


def _slope(months: dict[int, tuple[float, float]]) -> float:
    """Return the slope of a logistic line through expected shares, each month by its weight.

    Found by halving: where the line is right, what it expects leans neither way.
    """
    low, high = -3.0, 3.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _leaning(months, middle) > 0 else (low, middle)
    return (low + high) / 2


def _leaning(months: dict[int, tuple[float, float]], slope: float) -> float:
    """Return how much later hits come than a line of that slope says, its level fitted."""
    total = sum(hits for hits, _ in months.values())
    low, high = -20.0, 20.0
    for _ in range(60):
        level = (low + high) / 2
        fitted = sum(n / (1 + exp(-level - slope * month)) for month, (_, n) in months.items())
        low, high = (level, high) if fitted < total else (low, level)
    return sum(
        month * (hits - n / (1 + exp(-level - slope * month)))
        for month, (hits, n) in months.items()
    )

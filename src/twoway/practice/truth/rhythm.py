"""When an organisation posts: measures 10 and 19, counted from the times of what it told."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import sqrt
from statistics import fmean, median, pstdev

from twoway.practice.clock import MINUTE
from twoway.practice.truth.figures import Truth, share
from twoway.practice.truth.view import View

SESSION = 30 * MINUTE
RAPID = 5 * MINUTE


def counts(view: View) -> Iterator[tuple[str, Truth]]:
    """Count times of day, gaps, sessions and days."""
    gaps = [gap for times in _times(view).values() for gap in (b - a for a, b in pairwise(times))]
    yield "log_on_routine", Truth(_burstiness(view), len(gaps))
    yield "log_on_routine.rapid", share(gap < RAPID for gap in gaps)
    yield (
        "log_on_routine.silent_sessions",
        share("reply" not in session for session in _sessions(view) if "original" in session),
    )
    hours = {view.local(told.line.at).hour for told in view.told}
    yield "log_on_routine.active_hours", Truth(float(len(hours)), len(view.told))
    yield from _volume(view)


def _times(view: View) -> dict[str, list[int]]:
    """Return the times of the originals of each account."""
    times: dict[str, list[int]] = {}
    for told in view.originals:
        times.setdefault(told.line.by.id, []).append(told.line.at)
    return times


def _burstiness(view: View) -> float | None:
    """Return Kim & Jo's A over all gaps, those of each account in means of their own."""
    amounts: list[float] = []
    for times in _times(view).values():
        gaps = [b - a for a, b in pairwise(times)]
        mean = fmean(gaps) if gaps else 0
        amounts += [gap / mean for gap in gaps if mean]
    n = len(amounts)
    if n < 2:
        return None
    r = pstdev(amounts) / fmean(amounts)
    return (sqrt(n + 1) * r - sqrt(n - 1)) / ((sqrt(n + 1) - 2) * r + sqrt(n - 1))


def _sessions(view: View) -> list[list[str]]:
    """Return what was told in each session: one ends where nothing is said for half an hour."""
    sessions: list[list[str]] = []
    last = None
    for told in view.told:
        if last is None or told.line.at - last > SESSION:
            sessions.append([])
        sessions[-1].append(told.what)
        last = told.line.at
    return sessions


def _volume(view: View) -> Iterator[tuple[str, Truth]]:
    local = [view.local(told.line.at) for told in view.originals]
    days = view.days()
    by_day = Counter(str(moment.date().toordinal()) for moment in local)
    by_hour = Counter(moment.hour for moment in local)
    yield "volume", Truth(len(local) / len(days), len(days))
    busiest = max(sorted(by_hour), key=lambda hour: by_hour[hour], default=None)
    yield "volume.busiest_hour", share(moment.hour == busiest for moment in local)
    usual = median(by_day.get(day, 0) for day in days)
    if usual > 0:
        yield "volume.heavy_days", share(by_day.get(day, 0) > 2 * usual for day in days)

"""Trends of times: by how many minutes the median moves from month to month.

Theil & Sen's slope (`audit.slopes`) over the months' medians, which are Kaplan & Meier's; out of
at least six months with five rows and a median. Its part `change` is the median since the date
that the request names minus the median before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from twoway.audit import words
from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Figure
from twoway.audit.saying import say
from twoway.audit.shapes import monthly, survival, time_difference, trend
from twoway.audit.shapes.survival import Times
from twoway.audit.slopes import Slope, theil_sen

ROWS = ("organisation", "part", "post", "happened_at", "length", "ended")
MINUTE = 60_000_000


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the trend of every organisation and part, its months and what a date changed."""
    months = survival.by_month(engine, rows)
    changes = time_difference.figures(engine, trend.sides(rows), trend.plain(sheet), organisations)
    dated = trend.dates(engine)
    return {
        (organisation, part.id): trend.with_change(
            _figure(part, months.get((organisation, part.id), {})),
            changes[organisation, part.id], dated.get(organisation),
        )
        for organisation in organisations
        for part in sheet.parts
    }  # fmt: skip


def _figure(part: Part, months: Mapping[str, Times]) -> Figure:
    series = monthly.series(
        (month, _minutes(times.of("median_all").value), times.n) for month, times in months.items()
    )
    figure = Figure(
        id=part.id, name=part.name, unit="minutes", n=sum(n for *_, n in series), series=series
    )
    points = [(trend.number(month), value) for month, value, _ in series if value is not None]
    if scarce := trend.enough(figure, len(points)):
        return scarce
    slope = theil_sen(points)
    if slope is None:
        return figure
    return replace(figure, value=slope.value, low=slope.low, high=slope.high, text=_words(slope))


def _minutes(time: float | None) -> float | None:
    return None if time is None else time / MINUTE


def _words(slope: Slope) -> str:
    if slope.low <= 0 <= slope.high:
        return trend.NO_TREND
    time = words.duration(abs(slope.value))
    if slope.value > 0:
        return say("{time} longer each month", time=time)
    return say("{time} shorter each month", time=time)

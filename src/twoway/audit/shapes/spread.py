"""Spreads: what an amount is like over many rows; the head names the `statistic`.

    burstiness  finite-size burstiness of gaps: −1 by the clock, 0 by chance, 1 in bursts
    mean        amounts added up / rows
    distinct    how many different amounts there are

`length` is what evidence is ordered by and what `{length}` says; it may be empty.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.shapes import enough, evidence, monthly
from twoway.audit.statistics import LEAST

ROWS = ("organisation", "part", "post", "happened_at", "amount", "length")
SHOWS = {"all": "true"}
_EVERY = "every month"
Months = dict[str, tuple[int, float | None]]


@dataclass(frozen=True, slots=True)
class Statistic:
    """What SQL adds up, what becomes of it and n, and how many rows it takes."""

    column: str
    value: Callable[[int, float], float | None]
    least: int


def burstiness(n: int, r: float) -> float | None:
    """Return the burstiness of n gaps whose standard deviation is r times their mean.

    Kim & Jo 2016, equation 28, which counts n + 1 events: its highest and lowest values are 1 and
    −1 however few the gaps, where (r − 1) / (r + 1) never reaches 1.
    """
    if n < 2:
        return None
    most, even = sqrt(n + 1), sqrt(n - 1)
    return (most * r - even) / ((most - 2) * r + even)


def _as_it_is(_: int, value: float) -> float:
    return float(value)


STATISTICS = {
    "burstiness": Statistic("stddev_pop(amount) / nullif(avg(amount), 0)", burstiness, LEAST),
    "mean": Statistic("avg(amount)", _as_it_is, 1),
    "distinct": Statistic("count(distinct amount)", _as_it_is, 0),
}


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the statistic of every organisation and part, with months and posts."""
    months: dict[tuple[str, str], Months] = {}
    for part in sheet.parts:
        query = _query(rows, part.id, STATISTICS[part.statistic].column)
        for organisation, month, n, value in engine.rows(query):
            months.setdefault((organisation, part.id), {})[month] = n, value
    posts = evidence.choose(engine, rows, sheet, SHOWS, length="r.length")
    return {
        (key := (organisation, part.id)): _figure(part, months.get(key, {}), posts.get(key, ()))
        for organisation in organisations
        for part in sheet.parts
    }


def _query(rows: str, part: str, column: str) -> str:
    """Months do not add up to the whole, so both are asked for."""
    return f"""
select organisation, '{_EVERY}', count(*), {column}
from {rows}
where part = '{part}'
group by organisation
union all
select r.organisation, c.month, count(*), {column}
{monthly.with_month(rows)}
where r.part = '{part}' and c.month is not null
group by r.organisation, c.month"""


def _figure(part: Part, months: Months, posts: tuple[Evidence, ...]) -> Figure:
    statistic = STATISTICS[part.statistic]
    values = {
        month: (None if value is None else statistic.value(n, value), n)
        for month, (n, value) in months.items()
    }
    value, n = values.pop(_EVERY, (None, 0))
    figure = Figure(
        id=part.id, name=part.name, unit=part.unit, value=value, n=n, evidence=posts,
        series=monthly.series(((month, *cell) for month, cell in values.items()), statistic.least),
    )  # fmt: skip
    if statistic.least == 0:
        return figure if months else replace(figure, value=0.0)
    return enough.judged(figure, LEAST if n >= statistic.least else n)

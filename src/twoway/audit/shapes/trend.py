"""Trends of shares: by which factor the odds of a hit change from month to month.

A logistic slope weighted by each month's rows (`audit.slopes`), out of at least six months with
rows. Its part `change`, where the request names a date, is the share since that date minus the
share before it, with Newcombe's interval.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import exp

from twoway.audit import words
from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Figure
from twoway.audit.saying import marked, say
from twoway.audit.shapes import difference, monthly
from twoway.audit.slopes import Slope, logistic

ROWS = ("organisation", "part", "post", "happened_at", "hit", "sure")
LEAST = 6
NO_TREND = marked("no clear trend")


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the trend of every organisation and part, its months and what a date changed."""
    months: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for organisation, part, *month in engine.rows(_counts(rows)):
        months.setdefault((organisation, part), []).append(tuple(month))
    changes = difference.figures(engine, sides(rows), plain(sheet), organisations)
    dated = dates(engine)
    return {
        (organisation, part.id): with_change(
            _figure(part, months.get((organisation, part.id), [])),
            changes[organisation, part.id], dated.get(organisation),
        )
        for organisation in organisations
        for part in sheet.parts
    }  # fmt: skip


def number(month: str) -> int:
    """Return "2026-03" as a number, so that months that nobody wrote in are stepped over."""
    return int(month[:4]) * 12 + int(month[5:7])


def enough(figure: Figure, months: int) -> Figure | None:
    """Return what is left of a trend seen in too few months, None where there are enough."""
    if months >= LEAST:
        return None
    return replace(figure, status="too_little_data", reason=_too_few(months))


def _too_few(months: int) -> str:
    least = words.spelled(LEAST)
    if not months:
        return say("It takes {least} covered months.", least=least)
    return say(
        "It takes {least} covered months; {seen} has enough.", "It takes {least} covered months; {seen} have enough.",
        n=months, least=least, seen=words.spelled(months),
    )  # fmt: skip


def sides(rows: str) -> str:
    """Return the rows as two sides: first since the date of the change, second before it."""
    return f"""(
    select r.*, case when r.happened_at >= w.change_at then 'first' else 'second' end as side
    from {rows} r
    join windows w on w.organisation = r.organisation and w.change_at is not null
)"""


def plain(sheet: Sheet) -> Sheet:
    """Return the sheet without evidence, which other shapes choose by other words."""
    parts = (
        replace(part, evidence=None, sides=(marked("since"), marked("before")))
        for part in sheet.parts
    )
    return replace(sheet, parts=tuple(parts))


def dates(engine: Engine) -> dict[str, str]:
    """Return the date of the change of each organisation that has one."""
    dated = engine.rows(
        "select organisation, change_at, zone from windows where change_at is not null"
    )
    return {organisation: words.day(at, zone) for organisation, at, zone in dated}


def with_change(figure: Figure, change: Figure, date: str | None) -> Figure:
    """Return the trend with what changed on the date as its part; too short for one, too short for both."""
    if date is None:
        return figure
    if figure.status == "too_little_data":
        reason = say(
            "{reason} So it does to tell what changed since {date}.",
            reason=figure.reason,
            date=date,
        )
        figure = replace(figure, reason=reason)
        change = replace(
            change, status=figure.status, value=None, low=None, high=None, reason=reason
        )
    elif change.unit == "minutes" and change.value is not None:
        change = replace(change, text=_longer(change.value))
    name = say("Since {date}", date=date)
    return replace(figure, parts=(replace(change, id="change", name=name),))


def _longer(minutes: float) -> str:
    time = words.duration(abs(minutes))
    return say("{time} longer", time=time) if minutes > 0 else say("{time} shorter", time=time)


def _counts(rows: str) -> str:
    return f"""
select r.organisation, r.part, c.month, count(case when r.hit then 1 end), count(*)
{monthly.with_month(rows, "calendar")}
where r.sure and c.month is not null
group by r.organisation, r.part, c.month
order by r.organisation, r.part, c.month"""


def _figure(part: Part, months: Sequence[tuple[str, int, int]]) -> Figure:
    figure = Figure(
        id=part.id, name=part.name, unit="odds", n=sum(n for *_, n in months),
        series=monthly.series((month, hits / n, n) for month, hits, n in months),
    )  # fmt: skip
    if scarce := enough(figure, len(months)):
        return scarce
    slope = logistic([(number(month), hits, n) for month, hits, n in months])
    if slope is None:
        return replace(figure, text=NO_TREND, reason=marked("It does not move, or all at once."))
    return replace(
        figure, value=exp(slope.value), low=exp(slope.low), high=exp(slope.high), text=_words(slope)
    )


def _words(slope: Slope) -> str:
    if slope.low <= 0 <= slope.high:
        return NO_TREND
    odds = words.share(abs(exp(slope.value) - 1))
    if slope.value > 0:
        return say("odds rise by {odds} a month", odds=odds)
    return say("odds fall by {odds} a month", odds=odds)

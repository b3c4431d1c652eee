"""Times: how long until it ended, where some have not ended when observation does.

`all` is Kaplan & Meier's estimate (1958): the first time at which no more than a half, or a tenth,
has not ended; what is censored at a time was still at risk then. Its interval is Brookmeyer &
Crowley's (1982) on the log-minus-log scale. `answered` is the plain quantile of those that ended,
linear between neighbours, with the interval of its order statistics: what published bands mean.
Parts named so are made of the rows of part ''; any other part is the median of its own rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.shapes import enough, evidence, monthly
from twoway.audit.statistics import Z

ROWS = ("organisation", "part", "post", "happened_at", "length", "ended")
SHOWS = {"all": "true", "ended": "r.ended", "open": "not r.ended"}
STATISTICS = ("median_all", "p90_all", "median_answered", "p90_answered")
MINUTE = 60_000_000
_EVERY = "every month"


@dataclass(frozen=True, slots=True)
class Time:
    """A quantile in µs with its interval; empty where observation ended before it was reached."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """The quantiles of one organisation's part in one month, or in all."""

    n: int
    ended: int
    quantiles: tuple[Time, Time, Time, Time]

    def of(self, statistic: str) -> Time:
        """Return one of STATISTICS; any other name means the median of all."""
        place = STATISTICS.index(statistic) if statistic in STATISTICS else 0
        return self.quantiles[place]


NOTHING = Times(0, 0, (Time(), Time(), Time(), Time()))
Months = dict[tuple[str, str], dict[str, Times]]


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the times of every organisation and part in minutes, with intervals, months and posts."""
    measured = measure(engine, rows)
    posts = evidence.choose(engine, rows, sheet, SHOWS, length="r.length")
    return {
        (organisation, part.id): _figure(
            part,
            measured.get((organisation, "" if part.id in STATISTICS else part.id), {}),
            posts.get((organisation, part.id), ()),
        )
        for organisation in organisations
        for part in sheet.parts
    }


def measure(engine: Engine, rows: str) -> Months:
    """Return the quantiles of every organisation, part and month; `every` names all months."""
    measured: Months = {}
    for organisation, part, month, n, ended, *cells in engine.rows(_quantiles(rows)):
        half, tenth = cells[:7], cells[7:]
        times = Times(int(n), int(ended), (
            Time(*half[:3]), Time(*tenth[:3]), _plain(half[3:], ended, 1 / 2), _plain(tenth[3:], ended, 9 / 10)
        ))  # fmt: skip
        measured.setdefault((organisation, part), {})[month] = times
    return measured


def every(months: dict[str, Times]) -> Times:
    """Return the times over all months."""
    return months.get(_EVERY, NOTHING)


def _plain(cells: Sequence[int | None], ended: float, share: float) -> Time:
    below, above, low, high = cells
    if below is None:
        return Time()
    within = (ended - 1) * share % 1
    return Time(below + ((above or below) - below) * within, low, high)


def _figure(part: Part, months: dict[str, Times], posts: tuple[Evidence, ...]) -> Figure:
    times, among = every(months), part.id.endswith("_answered")
    time = times.of(part.id)
    return enough.judged(
        Figure(
            id=part.id, name=part.name, unit="minutes",
            value=_minutes(time.value), low=_minutes(time.low), high=_minutes(time.high),
            n=times.ended if among else times.n, hits=None if among else times.ended,
            reason="" if time.value is not None else _not_reached(times),
            evidence=posts,
            series=monthly.series(
                (month, _minutes(some.of(part.id).value), some.ended if among else some.n)
                for month, some in months.items()
                if month != _EVERY
            ),
        )
    )  # fmt: skip


def _minutes(time: float | None) -> float | None:
    return None if time is None else time / MINUTE


def _not_reached(times: Times) -> str:
    return (
        f"Not reached: {times.n - times.ended:,} of {times.n:,} had not ended when observation did."
    )


def _quantiles(rows: str) -> str:
    """One row per organisation, part and month, and one for every month together."""
    return f"""
with monthly as (
    select r.organisation, r.part, coalesce(c.month, '{monthly.NO_MONTH}') as month, r.length,
        count(*) as gone, count(case when r.ended then 1 end) as ended
    {monthly.with_month(rows)}
    group by r.organisation, r.part, coalesce(c.month, '{monthly.NO_MONTH}'), r.length
), counted as (
    select organisation, part, month, length, cast(gone as double) as gone, cast(ended as double) as ended
    from monthly
    union all
    select organisation, part, '{_EVERY}', length, cast(sum(gone) as double), cast(sum(ended) as double)
    from monthly group by organisation, part, length
), risk as (
    select *,
        sum(gone) over whole as n,
        sum(ended) over whole as events,
        sum(ended) over so_far as events_so_far,
        sum(gone) over whole - sum(gone) over so_far + gone as at_risk
    from counted
    window whole as (partition by organisation, part, month),
        so_far as (partition by organisation, part, month order by length
            rows between unbounded preceding and current row)
), curve as (
    select *,
        sum(ln(greatest(1 - ended / at_risk, 1e-300))) over so_far as log_left,
        sum(case when ended < at_risk then ended / (at_risk * (at_risk - ended)) else 0 end)
            over so_far as greenwood
    from risk
    window so_far as (partition by organisation, part, month order by length
        rows between unbounded preceding and current row)
), limited as (
    select *, case when log_left < 0 then {Z!r} * sqrt(greenwood) / -log_left end as reach
    from curve
)
select organisation, part, month, max(n), max(events),{_cells(1, 2)},{_cells(9, 10)}
from limited
group by organisation, part, month"""  # fmt: skip


def _cells(over: int, under: int) -> str:
    """Estimate, its limits, then the two neighbours of the plain quantile and its limits.

    S is a product of up to millions of factors: what is meant to be exactly a half is so within 1e-9.
    """
    limit = f"ln(1 - {over} / {under} + 1e-9)"
    place = f"(events - 1) * {over} / {under}"
    middle = f"events * {over} / {under}"
    spread = f"{Z!r} * sqrt({middle} * {under - over} / {under})"
    return f"""
    min(case when log_left <= {limit} then length end),
    min(case when log_left * exp(reach) <= {limit} then length end),
    min(case when log_left * exp(-reach) <= {limit} and ended < at_risk then length end),
    min(case when events_so_far >= floor({place}) + 1 then length end),
    min(case when events_so_far >= floor({place}) + 2 then length end),
    min(case when {middle} - {spread} >= 1 and events_so_far >= floor({middle} - {spread}) then length end),
    min(case when events_so_far >= ceil({middle} + {spread}) + 1 then length end)"""

"""How long until it ended, where some had not when observation did: quantiles out of rows, in SQL.

`all` is Kaplan & Meier's estimate (1958): the first time at which no more than a half, or a tenth,
has not ended; what is censored at a time was still at risk then. Its interval is Brookmeyer &
Crowley's (1982) on the log-minus-log scale. `answered` is the plain quantile of those that ended,
linear between neighbours, with the interval of its order statistics: what published bands mean.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from twoway.audit.engines.interface import Engine
from twoway.audit.shapes import monthly
from twoway.audit.statistics import Z

STATISTICS = ("median_all", "p90_all", "median_answered", "p90_answered")
EVERY = "every month"
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Time:
    """A quantile in µs with its interval; empty where observation ended before it was reached."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """How many there were, how many of them ended, and the quantiles in the order of STATISTICS."""

    n: int = 0
    ended: int = 0
    quantiles: tuple[Time, ...] = (Time(),) * len(STATISTICS)

    def of(self, statistic: str) -> Time:
        """Return one of STATISTICS; any other name means the median of all."""
        return self.quantiles[STATISTICS.index(statistic) if statistic in STATISTICS else 0]


NOTHING = Times()


def whole(engine: Engine, rows: str) -> dict[Key, Times]:
    """Return the times of every organisation and part; `rows` is a table or a query in brackets."""
    return {key: months[EVERY] for key, months in _by_key(engine, _whole(rows)).items()}


def by_month(engine: Engine, rows: str) -> dict[Key, dict[str, Times]]:
    """Return the times of every organisation and part month by month, as far back as there are any."""
    return _by_key(engine, _months(rows, "calendar"))


def whole_and_months(engine: Engine, rows: str) -> dict[Key, dict[str, Times]]:
    """Return the times of every organisation and part as EVERY, and by month of the window."""
    return _by_key(engine, f"{_whole(rows)} union all {_months(rows, 'months')}")


def _whole(rows: str) -> str:
    return f"select organisation, part, '{EVERY}' as month, length, ended from {rows} given"


def _months(rows: str, calendar: Literal["months", "calendar"]) -> str:
    return f"""
    select r.organisation, r.part, coalesce(c.month, '{monthly.NO_MONTH}') as month, r.length, r.ended
    {monthly.with_month(rows, calendar)}"""


def _by_key(engine: Engine, source: str) -> dict[Key, dict[str, Times]]:
    months: dict[Key, dict[str, Times]] = {}
    for organisation, part, month, times in _measure(engine, source):
        months.setdefault((organisation, part), {})[month] = times
    return months


def _measure(engine: Engine, source: str) -> Iterator[tuple[str, str, str, Times]]:
    for organisation, part, month, n, ended, *cells in engine.rows(_query(source)):
        half, tenth = cells[:7], cells[7:]
        yield organisation, part, month, Times(n, ended, (
            Time(*half[:3]), Time(*tenth[:3]),
            _plain(half[3:], ended, 1 / 2), _plain(tenth[3:], ended, 9 / 10),
        ))  # fmt: skip


def _plain(cells: Sequence[int | None], ended: int, share: float) -> Time:
    """Return the plain quantile, which lies between two that ended."""
    below, above, low, high = cells
    if below is None:
        return Time()
    within = (ended - 1) * share % 1
    return Time(below + ((above or below) - below) * within, low, high)


def _query(source: str) -> str:
    """One row per organisation, part and month, which are a numbered pile: numbers sort quicker.

    Rows are taken one by one instead of counted by length, which is five times as quick: of those
    that end together, each leaves those still at risk, and the product is the same.
    """
    return f"""
with given as ({source}
), piles as (
    select organisation, part, month, count(*) as n, count(case when ended then 1 end) as ended,
        cast(row_number() over (order by organisation, part, month) as integer) as pile
    from given
    group by organisation, part, month
), piled as (
    select p.pile, g.length, g.ended
    from given g
    join piles p on p.organisation = g.organisation and p.part = g.part and p.month = g.month
), placed as (
    select *, count(*) over (partition by pile) + 1 - row_number() over (
        partition by pile order by length, ended desc
    ) as at_risk
    from piled
), curve as (
    select pile, length, at_risk,
        count(*) over (partition by pile) as events,
        row_number() over so_far as events_so_far,
        sum(ln(greatest(1 - 1 / at_risk, 1e-300))) over so_far as log_left,
        sum(case when at_risk > 1 then 1 / (cast(at_risk as double) * (at_risk - 1)) else 0 end)
            over so_far as greenwood
    from placed
    where ended
    window so_far as (
        partition by pile order by at_risk desc rows between unbounded preceding and current row
    )
), limited as (
    select *, {Z!r} * sqrt(greenwood) / -log_left as reach from curve
), reached as (
    select pile{_cells(1, 2)}{_cells(9, 10)}
    from limited
    group by pile
)
select p.organisation, p.part, p.month, p.n, p.ended{_names(2)}{_names(10)}
from piles p
left join reached r on r.pile = p.pile"""


def _cells(over: int, under: int) -> str:
    """Estimate and its limits; neighbours of the plain quantile and its limits.

    S is a product of up to millions of factors: what is meant to be exactly a half is so within 1e-9.
    """
    limit = f"ln(1 - {over} / {under} + 1e-9)"
    place = f"(events - 1) * {over} / {under}"
    middle = f"events * {over} / {under}"
    spread = f"{Z!r} * sqrt({middle} * {under - over} / {under})"
    conditions = (
        f"log_left <= {limit}",
        f"log_left * exp(reach) <= {limit}",
        f"log_left * exp(-reach) <= {limit} and at_risk > 1",
        f"events_so_far >= floor({place}) + 1",
        f"events_so_far >= floor({place}) + 2",
        f"{middle} - {spread} >= 1 and events_so_far >= floor({middle} - {spread})",
        f"events_so_far >= ceil({middle} + {spread}) + 1",
    )
    return "".join(
        f",\n    min(case when {condition} then length end) as cell_{under}_{number}"
        for number, condition in enumerate(conditions)
    )


def _names(under: int) -> str:
    return "".join(f", r.cell_{under}_{number}" for number in range(7))

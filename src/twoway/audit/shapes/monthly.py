"""Months of rows: which local month a row belongs to, and a figure's series over them."""

from collections.abc import Iterable

from twoway.audit.statistics import LEAST

Series = tuple[tuple[str, float | None, int], ...]
NO_MONTH = ""
"""The month of rows outside the calendar: they count in the figure and stand in no month."""


def with_month(rows: str) -> str:
    """Return a FROM clause that gives each row r of a table its local month as c.month."""
    return f"""
from {rows} r
join windows w on w.organisation = r.organisation
left join calendar c
    on c.zone = w.zone and c.slot = cast(floor(r.happened_at / 900000000) as bigint)"""


def series(months: Iterable[tuple[str, float | None, int]], least: int = LEAST) -> Series:
    """Order (month, value, n) by month; a month with fewer than `least` has a count and no value."""
    known = sorted(month for month in months if month[0] != NO_MONTH)
    return tuple((month, value if n >= least else None, n) for month, value, n in known)

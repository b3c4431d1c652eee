"""Months of rows: which local month a row belongs to, and a figure's series over them."""

from collections.abc import Iterable
from typing import Literal

from twoway.audit.engines.interface import Engine
from twoway.audit.statistics import LEAST

Series = tuple[tuple[str, float | None, int], ...]
NO_MONTH = ""
"""The month of rows outside the window: they count in the figure and stand in no month."""
# Looked up by every measure, so it holds the window only: a calendar of years is slow to open.
_MONTHS = """
select c.zone, c.slot, c.month
from calendar c
join (
    select zone, min(floor(begins / 900000000)) as first_slot, max(floor(ends / 900000000)) as last_slot
    from windows
    group by zone
) w on w.zone = c.zone and c.slot >= w.first_slot and c.slot <= w.last_slot"""


def prepare(engine: Engine) -> None:
    """Make the table `months`: the calendar of the windows."""
    engine.make("months", _MONTHS)


def with_month(rows: str, calendar: Literal["months", "calendar"] = "months") -> str:
    """Return a FROM clause that gives each row r of a table its local month as c.month.

    `calendar` knows the months before the window, too.
    """
    return f"""
from {rows} r
join windows w on w.organisation = r.organisation
left join {calendar} c
    on c.zone = w.zone and c.slot = cast(floor(r.happened_at / 900000000) as bigint)"""


def series(months: Iterable[tuple[str, float | None, int]], least: int = LEAST) -> Series:
    """Order (month, value, n) by month; a month with fewer than `least` has a count and no value."""
    known = sorted(month for month in months if month[0] != NO_MONTH)
    return tuple((month, value if n >= least else None, n) for month, value, n in known)

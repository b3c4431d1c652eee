"""The local calendar of a time zone, quarter of an hour by quarter of an hour."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from twoway.audit.engines.interface import Engine
from twoway.audit.steps.columns import CALENDAR
from twoway.core.tables import Column, Table

QUARTER = 900_000_000
"""µs: no zone keeps another distance from UTC than whole quarters of an hour."""
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS = Table("calendar_days", "one local day", ("number",), (
    Column("number", "bigint", "days since 1 January 1970"),
    Column("day", "text", "2026-03-29"),
    Column("weekday", "integer", "1 Monday to 7 Sunday"),
    Column("week", "text", "2026-W13"),
    Column("month", "text", "2026-03"),
))  # fmt: skip
_SHIFTS = Table("calendar_shifts", "one stretch of time in which clocks stood alike", ("begins",), (
    Column("zone", "text", "time zone"),
    Column("begins", "bigint", "first quarter of an hour since 1970"),
    Column("ends", "bigint", "last one, included"),
    Column("shift", "bigint", "quarters of an hour that local clocks are ahead of UTC"),
))  # fmt: skip


def prepare(engine: Engine, zone: ZoneInfo, first: int, last: int) -> None:
    """Make the table `calendar` from `first` to `last` (µs, both included).

    Days and changes of the clock are worked out here, quarters of an hour by the engine: ten years
    are 350,000 of them, which would take two seconds to hand over.
    """
    shifts = list(_shifts(zone, first // QUARTER, last // QUARTER))
    engine.fill(_SHIFTS, shifts)
    local = [(shifts[0][1] + shifts[0][3]) // 96, (shifts[-1][2] + shifts[-1][3]) // 96]
    engine.fill(_DAYS, (_day(number) for number in range(local[0], local[1] + 1)))
    engine.make(CALENDAR.name, Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    engine.drop(_DAYS.name)
    engine.drop(_SHIFTS.name)


def _shifts(zone: ZoneInfo, first: int, last: int) -> Iterator[tuple[str, int, int, int]]:
    """Hand over the stretches between changes of the clock.

    A day with the same shift at both ends has it throughout: no zone changes twice in one.
    """
    begins, shift, slot = first, _shift(zone, first), first
    while slot <= last:
        step = 96 if _shift(zone, slot + 96) == shift else 1
        slot += step
        if step == 1 and (new := _shift(zone, slot)) != shift:
            yield zone.key, begins, slot - 1, shift
            begins, shift = slot, new
    yield zone.key, begins, max(last, begins), shift


def _shift(zone: ZoneInfo, slot: int) -> int:
    offset = (_EPOCH + timedelta(minutes=15 * slot)).astimezone(zone).utcoffset()
    return round(offset / timedelta(minutes=15)) if offset else 0


def _day(number: int) -> tuple[int, str, int, str, str]:
    day = date(1970, 1, 1) + number * _DAY
    year, week, weekday = day.isocalendar()
    return number, day.isoformat(), weekday, f"{year}-W{week:02}", f"{day:%Y-%m}"

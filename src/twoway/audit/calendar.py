"""The local calendar of a time zone, quarter of an hour by quarter of an hour."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

QUARTER = 900
SLOT = QUARTER * 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Row = tuple[str, int, str, int, int, str, str, bool]


def calendar(zone: ZoneInfo, first: int, last: int) -> Iterator[Row]:
    """Hand over the rows of steps.columns.CALENDAR from `first` to `last` (µs, both included).

    Zones are whole quarters of an hour apart, and change at most once within an hour: a year is
    8,760 look-ups, not 35,040.
    """
    days: dict[date, tuple[str, int, str, str]] = {}
    slot = first // SLOT - first // SLOT % 4
    while slot <= last // SLOT:
        offset = (EPOCH + timedelta(seconds=slot * QUARTER)).astimezone(zone).utcoffset()
        seconds = int(offset.total_seconds()) if offset else 0
        for quarter in range(slot, slot + 4):
            local = EPOCH + timedelta(seconds=quarter * QUARTER + seconds)
            day = local.date()
            if day not in days:
                days[day] = _day(day)
            name, weekday, week, month = days[day]
            hour = local.hour
            yield zone.key, quarter, name, hour, weekday, week, month, hour >= 22 or hour < 7
        slot += 4


def _day(day: date) -> tuple[str, int, str, str]:
    year, week, weekday = day.isocalendar()
    return day.isoformat(), weekday, f"{year}-W{week:02}", f"{day:%Y-%m}"

"""When an answering goal ends: minutes of a team's hours, in its time zone, without its holidays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from twoway.desk.clock import micros, moment
from twoway.desk.team.models import Team

HORIZON: Final = 60
"""Days after which a goal without hours to count in is given up."""


def due_at(team: Team | None, since: int) -> int | None:
    """Return when (µs) an answer to what waits since `since` is due; None without a goal."""
    if team is None or not team.answer_within:
        return None
    left = timedelta(minutes=team.answer_within)
    begun = moment(since)
    for opens, closes in _spans(team, begun):
        starts = max(opens, begun)
        if starts >= closes:
            continue
        if starts + left <= closes:
            return micros(starts + left)
        left -= closes - starts
    return None


def _spans(team: Team, begun: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Hand out the team's hours from a day on, in UTC; a team without hours is always there."""
    if not team.hours:
        yield begun, begun + timedelta(days=HORIZON)
        return
    zone = ZoneInfo(team.time_zone)
    away = set(team.holidays.values_list("day", flat=True))
    first = begun.astimezone(zone).date()
    for day in (first + timedelta(days=n) for n in range(HORIZON)):
        if day not in away:
            yield from _spans_of(team, day, zone)


def _spans_of(team: Team, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    for weekday, begins, ends in sorted(team.hours):
        if weekday == day.weekday():
            midnight = datetime.combine(day, time(), zone)
            yield (
                # Wall-clock arithmetic in the zone, then UTC: a day with 25 hours has its hours too.
                (midnight + timedelta(minutes=begins)).astimezone(UTC),
                (midnight + timedelta(minutes=ends)).astimezone(UTC),
            )

"""Times as everywhere in Twoway: microseconds since 1970, UTC."""

import time
from datetime import UTC, datetime, timedelta

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> int:
    """Return this moment in µs."""
    return time.time_ns() // 1_000


def moment(at: int) -> datetime:
    """Return a time as pages show it: a datetime in UTC."""
    return _EPOCH + timedelta(microseconds=at)


def micros(at: datetime) -> int:
    """Return an aware datetime in µs."""
    return (at - _EPOCH) // timedelta(microseconds=1)

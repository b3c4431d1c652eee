"""The time zone of dates that name none."""

from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from twoway.collection.errors import Unreadable


def find_zone(name: str) -> tzinfo:
    """Return a time zone by its name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Unreadable(
            f"--timezone {name} is no zone. Name it as in Europe/Dublin or America/New_York."
        ) from error

"""Values out of records that somebody else wrote: of the type asked for, or nothing.

Networks' exports change types by age ("12" or 12), leave fields out and may be forged. Nothing
here raises for a wrong value but `need`, by which a record says that it cannot do without one.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HALVES = re.compile("[\ud800-\udfff]")
# Columns hold signed 64-bit numbers.
_LARGEST = 2**63 - 1
# Ids longer than any network's; at:// addresses reach some 100 characters, web addresses 2,000.
_LONGEST_ID = 2_048


class Lacking(ValueError):
    """A record without something it cannot do without; the message says what."""


def need(value: T | None, what: str) -> T:
    """Return a value that is there; raises Lacking, to be told as the reason of a Rejected."""
    if value is None or value == "":
        raise Lacking(f"no {what}")
    return value


def mapping(value: object) -> dict[str, Any]:
    """Return an object as it is, anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts(value: object) -> list[str]:
    """Return the texts of a list; a text alone is a list of one."""
    if isinstance(value, str):
        return [text(value)]
    return (
        [text(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []
    )


def text(value: object) -> str:
    """Return a text that every table and screen can hold: without NUL and halves of emoji."""
    if not isinstance(value, str):
        return ""
    if "\0" in value:
        value = value.replace("\0", "")
    if not value.isascii():
        value = _HALVES.sub("\ufffd", value)
    return value


def identifier(value: object) -> str | None:
    """Return an id as text, never a rounded number; None for what cannot be one."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) <= _LARGEST else None
    found = text(value).strip()
    return found if 0 < len(found) <= _LONGEST_ID else None


def count(value: object) -> int | None:
    """Return a number of things, which exports write as a number or as a text."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 20:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST:
        return value
    return None


def moment(value: object) -> int | None:
    """Return an ISO 8601 time in microseconds; one without a zone is UTC."""
    if not isinstance(value, str) or len(value) > 64:
        return None
    try:
        at = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return microseconds(at)


def microseconds(at: datetime) -> int:
    """Return a time in microseconds since 1970; one without a zone is UTC."""
    return ((at if at.tzinfo else at.replace(tzinfo=UTC)) - _EPOCH) // _MICROSECOND

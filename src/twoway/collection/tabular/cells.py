"""Ids, counts and flags out of cells that spreadsheets, pandas and people have been through."""

import json
import math
import re
from typing import Any, Final

from twoway.collection.values import count, identifier

# What tools write where there is nothing.
EMPTY: Final = frozenset({"", "nan", "none", "null", "<na>", "n/a", "na", "nat", "undefined"})
# Ids of posts that are none.
NOWHERE: Final = frozenset({"0", "-1"})
# Floats hold whole numbers exactly up to here; longer ids in float columns have lost digits.
_EXACT: Final = 2**53
_FLOAT: Final = re.compile(r"(-?\d+)\.0+")
_SCIENTIFIC: Final = re.compile(r"-?\d(\.\d+)?[eE]\+\d+")
_YES: Final = frozenset({"true", "t", "yes", "y", "1", "1.0"})


# As in collection.values: no id is as long as this.
_LONGEST: Final = 2_048


class Damaged(ValueError):
    """An id that a spreadsheet or a float column has rounded: several posts may share it."""


def is_empty(value: Any) -> bool:
    """Tell a cell in which nothing stands."""
    if value is None:
        return True
    if isinstance(value, str):
        return value.strip().lower() in EMPTY
    return isinstance(value, float) and math.isnan(value)


def read_id(value: Any) -> str | None:
    """Return an id as text, without losing digits; raises Damaged where they are lost already."""
    if isinstance(value, str):
        return _read_text_id(value)
    if not isinstance(value, float):
        return identifier(value)
    if abs(value) > _EXACT and math.isfinite(value):
        raise Damaged(str(value))
    if not math.isfinite(value):
        return None
    return str(int(value)) if value.is_integer() else str(value)


def _read_text_id(value: str) -> str | None:
    if value.isdigit():
        return value if len(value) < _LONGEST else None
    found = value.strip()
    if found.lower() in EMPTY:
        return None
    if "." in found and (match := _FLOAT.fullmatch(found)):
        return match[1]
    if found[:1].isdigit() and _SCIENTIFIC.fullmatch(found):
        raise Damaged(found)
    return identifier(found)


def read_pointer(value: Any) -> str | None:
    """Return the id of another post; 0 and -1 point nowhere, and a rounded id points anywhere."""
    try:
        found = read_id(value)
    except Damaged:
        return None
    return None if found in NOWHERE else found


def read_count(value: Any) -> int | None:
    """Return a number of things: 3, "3", "3.0", "1,234", 1e3; None for anything else."""
    if not value:
        return 0 if value == 0 and value is not False else None
    if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
        return count(value)
    if isinstance(value, str):
        value = value.strip().replace(",", "").replace("\u202f", "").replace("\xa0", "")
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return count(int(value))
    return None


def read_flag(value: Any) -> bool:
    """Return whether a cell says yes."""
    if isinstance(value, str):
        return value.strip().lower() in _YES
    return bool(value) and value == value  # noqa: PLR0124  NaN is not itself, and no yes


def read_list(value: Any) -> list[Any]:
    """Return the items of a list, which may be written as JSON, as Python does, or with commas."""
    if isinstance(value, list):
        return [item for item in value if not is_empty(item)]
    if not isinstance(value, str):
        return [value] if isinstance(value, dict) else []
    text = value.strip()
    if text.lower() in EMPTY or text == "[]":
        return []
    if text[0] in "[{":
        return _parsed(text)
    separator = ";" if ";" in text else "," if "," in text and "://" not in text else None
    return (
        [item.strip() for item in text.split(separator) if item.strip()]
        if separator
        else text.split()
    )


def _parsed(text: str) -> list[Any]:
    """Read JSON, or what Python prints: ['a', 'b']."""
    for attempt in (text, text.replace("'", '"')):
        try:
            found = json.loads(attempt)
        except (ValueError, RecursionError):
            continue
        return read_list(found if isinstance(found, list) else [found])
    return []

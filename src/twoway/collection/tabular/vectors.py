"""Columns of cells read at once: in one sweep where all are plain, one by one where not.

A cell costs 0.05 µs in a sweep and ten times that alone; most columns of most exports are plain.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from twoway.collection.tabular.cells import (
    NOWHERE,
    Damaged,
    read_count,
    read_id,
    read_pointer,
)  # fmt: skip
from twoway.collection.tabular.dates import FIRST_MAIL, DateForm, NoDate
from twoway.collection.tabular.wording import plain

Column = Sequence[Any]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = 86_400_000_000
_LARGEST: Final = 2**63 - 1
# No plain number of an id, a count or a time is longer; what is goes cell by cell.
_DIGITS: Final = 19
_LONG: Final = 200
# Of ids that are read as they stand: what none of them holds, and what means nothing or is rounded.
_ODD: Final = re.compile(r"[^0-9A-Za-z_:/.\-\n]")
_NOTHING: Final = re.compile(
    r"^(?:-?\d+\.0+|n/?a|nan|nat|none|null|undefined)$", re.IGNORECASE | re.MULTILINE
)


def ids(column: Column) -> list[str | None]:
    """Return ids; None where there is none, or one that lost its digits."""
    if are_digits(column):
        return list(column)
    if _are_plain([cell for cell in column if cell]):
        return [cell or None for cell in column]
    return [_whole_id(cell) for cell in column]


def pointers(column: Column) -> list[str | None]:
    """Return ids of other things; None where a cell points nowhere."""
    said = [cell for cell in column if cell]
    if _are_plain(said) and NOWHERE.isdisjoint(said):
        return [cell or None for cell in column]
    return [read_pointer(cell) if cell else None for cell in column]


def counts(column: Column) -> list[int | None]:
    """Return numbers of things."""
    if are_digits(column):
        return list(map(int, column))
    if set(map(type, column)) == {int} and min(column) >= 0 and max(column) <= _LARGEST:
        return list(column)
    return [read_count(cell) for cell in column]


def times(column: Column, form: DateForm) -> list[Any]:
    """Return times in microseconds; the reason in place of what is none."""
    try:
        moments = [_iso(cell) for cell in column]
    except (TypeError, ValueError):
        return [_time(cell, form) for cell in column]
    zone = form.zone
    found = []
    for at in moments:
        since = (at if at.tzinfo else at.replace(tzinfo=zone)) - _EPOCH
        found.append(since.days * _DAY + since.seconds * 1_000_000 + since.microseconds)
    if found and (min(found) < FIRST_MAIL or max(found) > form.latest):
        return [_time(cell, form) for cell in column]
    return found


def moments(column: Column, form: DateForm) -> list[int | None]:
    """Return times that may be missing."""
    return [None if time.__class__ is NoDate else time for time in times(column, form)]


def texts(column: Column, *, is_html: bool) -> list[str]:
    """Return texts as people read them."""
    try:
        whole = "".join(column)
        whole.encode()
    except (TypeError, UnicodeEncodeError):
        return [plain(_written(cell), is_html=is_html) for cell in column]
    if "&" in whole or "\0" in whole or "\ufeff" in whole or (is_html and "<" in whole):
        return [plain(cell, is_html=is_html) for cell in column]
    return [cell.strip() for cell in column]


def _written(cell: Any) -> str:
    """Return a text that may stand in parts, some with a form: ["see ", {"type": "bold", "text": "this"}]."""
    if isinstance(cell, list):
        parts = (part.get("text") if isinstance(part, dict) else part for part in cell)
        return "".join(part for part in parts if isinstance(part, str))
    return cell if isinstance(cell, str) else ""


def are_digits(column: Column) -> bool:
    """Tell whether every cell is a text of digits, and none is too long to be a number."""
    try:
        whole = "".join(column)
        plain_digits = whole.isdigit() and whole.isascii()
        return plain_digits and all(column) and max(map(len, column)) < _DIGITS
    except TypeError:
        return False


def _are_plain(said: Column) -> bool:
    """Tell whether ids can be taken as they stand: no space, no number that was rounded."""
    try:
        whole = "\n".join(said)
    except TypeError:
        return False
    return (
        whole.count("\n") == max(len(said) - 1, 0)
        and max(map(len, said), default=0) < _LONG
        and not _ODD.search(whole)
        and not _NOTHING.search(whole)
    )


def each(read: Callable[[Any], Any]) -> Callable[[Column], list[Any]]:
    """Return a reader of columns from one of cells; what stands there often is read once."""

    def read_all(column: Column) -> list[Any]:
        try:
            known = {cell: read(cell) for cell in set(column)}
        except TypeError:  # lists and objects
            return list(map(read, column))
        return [known[cell] for cell in column]

    return read_all


def _iso(cell: Any) -> datetime:
    """Read ISO 8601; bare digits may be seconds, and so go the slow way."""
    if cell.__class__ is datetime:
        return cell
    at = datetime.fromisoformat(cell)
    if cell.isdigit():
        raise ValueError(cell)
    return at


def _time(cell: Any, form: DateForm) -> int | NoDate:
    try:
        return form.read(cell)
    except NoDate as error:
        return error


def _whole_id(cell: Any) -> str | None:
    try:
        return read_id(cell)
    except Damaged:
        return None

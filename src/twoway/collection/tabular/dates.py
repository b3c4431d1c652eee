"""Times as exports and people write them, in microseconds UTC; one column is read one way.

Quick forms come first, because a date is read for every row: ISO 8601 takes 1 µs, what only
dateutil understands 60 µs.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import Any, Final

from dateutil import parser

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
# Before the first mailing lists a date is a missing value; see FIRST_MAIL.
FIRST_MAIL: Final = 31_536_000_000_000  # 1971-01-01
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# "Wed Oct 10 20:19:24 +0000 2018": X's old form and Unix' date.
_X_FORM: Final = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) ([+-]\d{4}|[A-Z]{2,5}) (\d{4})"
)
_SLASHES: Final = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)"
    r"(?:,?[ T]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)? ?([AaPp]\.?[Mm]\.?)?)?(?: ?([A-Z]{2,5}))?"
)
_ZONE_NAME: Final = re.compile(r"(.*\d) ?\(?([A-Z]{2,5})\)?")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_YEAR: Final = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
# The zones that exports abbreviate; others are ambiguous or not seen.
_ZONES: Final = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "JST": 9, "KST": 9, "AEST": 10,
    "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
_OFFSETS: Final = {name: timezone(timedelta(hours=hours)) for name, hours in _ZONES.items()}


class NoDate(ValueError):
    """A value that is no time, or one nobody can have posted at."""


@dataclass(frozen=True, slots=True)
class DateForm:
    """How the dates of one column are read; `said` is what the user must know about it."""

    zone: tzinfo
    latest: int
    is_day_first: bool = False
    said: str = ""

    def read(self, value: Any) -> int:
        """Return the time in microseconds UTC; raises NoDate."""
        try:
            at = _quick(value, self.zone) or self._slow(value)
        except (ValueError, OverflowError, TypeError, AttributeError, LookupError) as error:
            said = "" if value is None or value == "" else f": {str(value)[:60]!r}"
            raise NoDate(f"no date{said}") from error
        if at < FIRST_MAIL:
            raise NoDate(f"a date before there were any posts: {str(value)[:60]!r}")
        if at > self.latest:
            raise NoDate(f"a date in the future: {str(value)[:60]!r}")
        return at

    def names_no_zone(self, values: Iterable[Any]) -> bool:
        """Tell whether some of these dates would be another moment in another zone."""
        other = replace(self, zone=timezone(timedelta(hours=-11)))
        return any(_moment(self, value) != _moment(other, value) for value in values)

    def _slow(self, value: str) -> int:
        text = value.strip()
        for form in (_x_form, self._slashes, self._zone_name, self._anything):
            found = form(text)
            if found is not None:
                return found
        raise NoDate(text)

    def _slashes(self, text: str) -> int | None:
        match = _SLASHES.fullmatch(text)
        if match is None:
            return None
        first, second, year, hour, minute, seconds, half, zone = match.groups()
        day, month = (first, second) if self.is_day_first else (second, first)
        hours = int(hour or 0)
        if half:
            hours = hours % 12 + (12 if half[0] in "pP" else 0)
        full_year = int(year) if len(year) == 4 else 2000 + int(year)
        at = datetime(
            full_year, int(month), int(day), hours, int(minute or 0), int(seconds or 0),
            tzinfo=_OFFSETS.get(zone, self.zone) if zone else self.zone,
        )  # fmt: skip
        return microseconds(at, self.zone)

    def _zone_name(self, text: str) -> int | None:
        """Read "2020-03-01 12:34:56 EDT"."""
        match = _ZONE_NAME.fullmatch(text)
        if match is None or match[2] not in _OFFSETS:
            return None
        try:
            at = datetime.fromisoformat(match[1].strip())
        except ValueError:
            return None
        return microseconds(at, _OFFSETS[match[2]])

    def _anything(self, text: str) -> int | None:
        """Read what dateutil understands; without a year it would make up today's."""
        if not _YEAR.search(text) or len(text) > 64:
            return None
        at = parser.parse(text, dayfirst=self.is_day_first, tzinfos=_OFFSETS)
        return microseconds(at, self.zone)


def _moment(form: DateForm, value: Any) -> int | None:
    try:
        return form.read(value)
    except NoDate:
        return None


def choose_form(values: Iterable[Any], zone: tzinfo) -> DateForm:
    """Decide from a sample whether 3/4/2016 is in March or in April."""
    # A day ahead of our clock, for theirs: what is later is a mistake, and would move the window.
    form = DateForm(zone, latest=microseconds(datetime.now(UTC), UTC) + 86_400_000_000)
    texts = [value.strip() for value in values if isinstance(value, str)]
    matches = [match for text in texts if (match := _SLASHES.fullmatch(text))]
    pairs = [(int(match[1]), int(match[2]), int(match[3])) for match in matches]
    if not pairs:
        return form
    if any(first > 12 for first, _, _ in pairs):
        return replace(form, is_day_first=True, said="day first")
    if any(second > 12 for _, second, _ in pairs):
        return replace(form, said="month first")
    if all(match[0][len(match[1])] == "." for match in matches):
        return replace(form, is_day_first=True, said="day first, as those with dots are")
    if _leap(pairs, day=0, month=1) < _leap(pairs, day=1, month=0):
        return replace(form, is_day_first=True, said="day first, as the rows then lie closer")
    return replace(form, said="month first, though the sample would allow day first, too")


def _leap(pairs: Sequence[tuple[int, int, int]], day: int, month: int) -> int:
    """Return the days between neighbours, summed: exports are mostly in order of time."""
    days = [pair[2] * 372 + pair[month] * 31 + pair[day] for pair in pairs]
    return sum(abs(later - earlier) for earlier, later in pairwise(days))


def microseconds(at: datetime, zone: tzinfo) -> int:
    """Return a time in microseconds; one without a zone is of `zone`."""
    return ((at if at.tzinfo else at.replace(tzinfo=zone)) - _EPOCH) // _MICROSECOND


def _quick(value: Any, zone: tzinfo) -> int | None:
    """Read the commonest forms; None for what is not one of them."""
    if isinstance(value, str):
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            return _digits(value.strip())
        if value.isdigit():
            return _digits(value)
        return microseconds(at, zone)
    if isinstance(value, datetime):
        return microseconds(value, zone)
    if isinstance(value, bool) or value is None:
        raise NoDate(value)
    if isinstance(value, (int, float)):
        return _epoch(value)
    if isinstance(value, date):
        return microseconds(datetime(value.year, value.month, value.day, tzinfo=zone), zone)
    raise NoDate(value)


def _digits(text: str) -> int | None:
    """Read numbers in text: 20160624 and 20160624201924 are dates, others count from 1970."""
    if not _NUMBER.fullmatch(text):
        return None
    if len(text) in (8, 12, 14) and text.isdigit() and text[:2] in ("19", "20"):
        form = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}[len(text)]
        try:
            return microseconds(datetime.strptime(text, form), UTC)  # noqa: DTZ007
        except ValueError:
            pass
    return _epoch(int(text) if text.lstrip("-").isdigit() else float(text))


def _epoch(number: float) -> int:
    """Read seconds, milliseconds, microseconds or nanoseconds since 1970, told by size."""
    if not math.isfinite(number):
        raise NoDate(number)
    for limit, factor in ((1e11, 1_000_000), (1e14, 1_000), (1e17, 1)):
        if abs(number) < limit:
            return round(number * factor)
    return int(number) // 1_000


def _x_form(text: str) -> int | None:
    match = _X_FORM.fullmatch(text)
    if match is None:
        return None
    month, day, hour, minute, second, zone, year = match.groups()
    at = datetime(
        int(year), _MONTHS[month.lower()], int(day), int(hour), int(minute), int(second), tzinfo=UTC
    )
    return microseconds(at, UTC) - _offset(zone)


def _offset(zone: str) -> int:
    if zone[0] in "+-":
        minutes = int(zone[1:3]) * 60 + int(zone[3:5])
        return (-minutes if zone[0] == "-" else minutes) * 60_000_000
    return _ZONES[zone] * 3_600_000_000

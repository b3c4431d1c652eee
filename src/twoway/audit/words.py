"""Numbers, times and dates as people say them: "1,204", "3.2 %", "3 hours", "9 January 2026"."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MICROSECONDS = 1_000_000


def count(value: float) -> str:
    """Return 1204 as "1,204", 6.4 as "6.4"."""
    rounded = round(value, 1)
    return f"{rounded:,.0f}" if rounded == int(rounded) or abs(value) >= 100 else f"{rounded:,.1f}"


def spelled(value: int) -> str:
    """Return a whole number up to ten as a word, as sentences begin better with one."""
    return _SMALL[value] if 0 <= value <= 10 else count(value)


def share(value: float) -> str:
    """Return 0.032 as "3.2 %"; what is more than nothing is never shown as 0 %, nor less than all as 100 %."""
    percent = round(value * 100, 1)
    if percent == 0 and value > 0:
        return "under 0.1 %"
    if percent == 100 and value < 1:
        return "over 99.9 %"
    return f"{percent:.0f} %" if percent == int(percent) else f"{percent:.1f} %"


def points(value: float) -> str:
    """Return a difference of shares, -0.121 as "−12.1 points"."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{count(abs(round(value * 100, 1)))} points"


def of(hits: float, n: float, noun: str = "") -> str:
    """Return "3 of 1,204 posts"."""
    return f"{count(hits)} of {count(n)} {noun}".rstrip()


def plural(value: float, one: str, many: str = "") -> str:
    """Return "1 post" or "1,204 posts"; `many` where an s does not make the plural."""
    return f"{count(value)} {one if value == 1 else many or one + 's'}"


def duration(minutes: float) -> str:
    """Return minutes in the largest unit that stays readable: "41 minutes", "3 hours", "2.5 days"."""
    if minutes < 1:
        return "under a minute"
    if minutes < 90:
        return _unit(round(minutes), "minute")
    if minutes < 36 * 60:
        return _unit(minutes / 60, "hour")
    return _unit(minutes / (24 * 60), "day")


def _unit(value: float, noun: str) -> str:
    said = count(value if value < 10 else round(value))
    return f"{said} {noun}" if said == "1" else f"{said} {noun}s"


def amount(unit: str, value: float) -> str:
    """Return a value of a unit in words."""
    if unit == "share":
        return share(value)
    if unit == "minutes":
        sign = "−" if value < 0 else ""
        return sign + duration(abs(value))
    if unit == "points":
        return points(value)
    if unit == "odds":
        return odds(value)
    if unit == "score":
        return f"{value:.2f}".replace("-", "−")
    return count(value) if abs(value) >= 0.1 or value == 0 else f"{value:.2f}"


def odds(value: float) -> str:
    """Return an odds ratio as people say it: "3.1 times as likely", "5 times less likely"."""
    if 0.95 < value < 1.05:
        return "as likely as others"
    if value >= 1:
        return f"{count(value)} times as likely"
    return f"{count(1 / value)} times less likely"


def day(at: int, zone: str = "UTC") -> str:
    """Return the date of microseconds since 1970 as "9 January 2026"."""
    moment = _moment(at, zone)
    return f"{moment.day} {moment:%B %Y}"


def time(at: int, zone: str = "UTC") -> str:
    """Return date and time of microseconds since 1970 as "9 January 2026, 14:05"."""
    moment = _moment(at, zone)
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def span(begins: int, ends: int, zone: str = "UTC") -> str:
    """Return two dates, saying month and year once where they are the same."""
    first, last = _moment(begins, zone), _moment(ends, zone)
    if first.date() == last.date():
        return day(ends, zone)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(ends, zone)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {day(ends, zone)}"
    return f"{day(begins, zone)} to {day(ends, zone)}"


def month(name: str) -> str:
    """Return "2026-03" as "March 2026"."""
    return f"{datetime.strptime(name, '%Y-%m').replace(tzinfo=UTC):%B %Y}"


def listing(things: Sequence[str], last: str = "and") -> str:
    """Return "a, b and c"."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def sentence(text: str) -> str:
    """Return the text with a capital and a full stop."""
    stripped = text.strip()
    if not stripped:
        return ""
    closed = stripped if stripped[-1] in ".?!…" else f"{stripped}."
    return closed[0].upper() + closed[1:]


def shortened(text: str, width: int) -> str:
    """Return one line of at most `width` characters, cut at a word and marked with …."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    return f"{(cut.rsplit(' ', 1)[0] if ' ' in cut[width // 2 :] else cut).rstrip()}…"


def _moment(at: int, zone: str) -> datetime:
    return datetime.fromtimestamp(at / _MICROSECONDS, tz=UTC).astimezone(ZoneInfo(zone))

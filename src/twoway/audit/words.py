"""Numbers, times and dates as people say them: "1,204", "3.2 %", "3 hours", "9 January 2026".

All in the language spoken now (`saying`); what is said can be said again in another.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from twoway.audit.saying import Said, forms, marked, number, ours, say

_SMALL = (
    marked("no"), marked("one"), marked("two"), marked("three"), marked("four"), marked("five"), marked("six"),
    marked("seven"), marked("eight"), marked("nine"), marked("ten"),
)  # fmt: skip
_MONTHS = (
    marked("January"), marked("February"), marked("March"), marked("April"), marked("May"), marked("June"),
    marked("July"), marked("August"), marked("September"), marked("October"), marked("November"), marked("December"),
)  # fmt: skip
_MINUTES = forms("{n} minute", "{n} minutes")
_HOURS = forms("{n} hour", "{n} hours")
_DAYS = forms("{n} day", "{n} days")
_MICROSECONDS = 1_000_000

count = number


def spelled(value: int) -> Said:
    """Return a whole number up to ten as a word, as sentences begin better with one."""
    return say(_SMALL[value]) if 0 <= value <= 10 else count(value)


def share(value: float) -> Said:
    """Return 0.032 as "3.2 %"; what is more than nothing is never shown as 0 %, nor less than all as 100 %."""
    percent = round(value * 100, 1)
    if percent == 0 and value > 0:
        return say("under {percent} %", percent=0.1)
    if percent == 100 and value < 1:
        return say("over {percent} %", percent=99.9)
    return say("{percent} %", percent=percent)


def points(value: float) -> Said:
    """Return a difference of shares, -0.121 as "−12.1 points"."""
    off = abs(round(value * 100, 1))
    if value > 0:
        return say("+{off} points", off=off)
    return say("−{off} points", off=off) if value < 0 else say("{off} points", off=off)


def of(hits: float, n: float) -> Said:
    """Return "3 of 1,204"."""
    return say("{hits} of {n}", hits=hits, n=n)


def open_calls(number: int, longest: str | None) -> Said:
    """Return "3 questions and complaints have been open for more than a day; the oldest for 2 days."."""
    if not longest:
        return say(
            "{n} question or complaint has been open for more than a day.",
            "{n} questions and complaints have been open for more than a day.", n=number,
        )  # fmt: skip
    return say(
        "{n} question or complaint has been open for more than a day; the oldest for {length}.",
        "{n} questions and complaints have been open for more than a day; the oldest for {length}.",
        n=number, length=longest,
    )  # fmt: skip


def duration(minutes: float) -> Said:
    """Return minutes in the largest unit that stays readable: "41 minutes", "3 hours", "2.5 days"."""
    if minutes < 1:
        return say("under a minute")
    if minutes < 90:
        return say(*_MINUTES, n=round(minutes))
    if minutes < 36 * 60:
        return say(*_HOURS, n=_rounded(minutes / 60))
    return say(*_DAYS, n=_rounded(minutes / (24 * 60)))


def _rounded(value: float) -> float:
    return round(value, 1) if value < 10 else round(value)


def amount(unit: str, value: float) -> Said:
    """Return a value of a unit in words."""
    if unit == "share":
        return share(value)
    if unit == "minutes":
        return say("−{time}", time=duration(-value)) if value < 0 else duration(value)
    if unit == "points":
        return points(value)
    if unit == "odds":
        return odds(value)
    if unit == "score" or 0 < abs(value) < 0.1:
        return say("{value:.2f}", value=value)
    return count(value)


def odds(value: float) -> Said:
    """Return an odds ratio as people say it: "3.1 times as likely", "5 times less likely"."""
    if 0.95 < value < 1.05:
        return say("as likely as others")
    if value >= 1:
        return say("{times} times as likely", times=value)
    return say("{times} times less likely", times=1 / value)


def day(at: int, zone: str = "UTC") -> Said:
    """Return the date of microseconds since 1970 as "9 January 2026"."""
    return date_of(_moment(at, zone))


def date_of(on: date) -> Said:
    """Return a date as "9 January 2026"."""
    return say("{day} {month} {year}", day=on.day, month=say(_MONTHS[on.month - 1]), year=str(on.year))  # fmt: skip


def time(at: int, zone: str = "UTC") -> Said:
    """Return date and time of microseconds since 1970 as "9 January 2026, 14:05"."""
    return say("{day}, {time}", day=day(at, zone), time=f"{_moment(at, zone):%H:%M}")


def span(begins: int, ends: int, zone: str = "UTC") -> Said:
    """Return two dates, saying month and year once where they are the same."""
    first, last = _moment(begins, zone), _moment(ends, zone)
    until = date_of(last)
    if first.date() == last.date():
        return until
    if (first.year, first.month) == (last.year, last.month):
        return say("{day} to {until}", day=first.day, until=until)
    if first.year == last.year:
        month_ = say(_MONTHS[first.month - 1])
        return say("{day} {month} to {until}", day=first.day, month=month_, until=until)
    return say("{since} to {until}", since=date_of(first), until=until)


def month(name: str) -> Said:
    """Return "2026-03" as "March 2026"."""
    year, _, number_ = name.partition("-")
    return say("{month} {year}", month=say(_MONTHS[int(number_) - 1]), year=year)


def listing(things: Sequence[str], last: str = "and") -> str:
    """Return "a, b and c"; with "or" for what is one of them."""
    if len(things) < 2:
        return things[0] if things else ""
    before = joined(things[:-1])
    if last == "or":
        return say("{before} or {last}", before=before, last=things[-1])
    return say("{before} and {last}", before=before, last=things[-1])


def joined(things: Sequence[str]) -> str:
    """Return "a, b, c"."""
    made = things[0] if things else ""
    for one in things[1:]:
        made = say("{before}, {next}", before=made, next=one)
    return made


def together(sentences: Sequence[str]) -> str:
    """Return sentences after each other, those that say something."""
    told = [ours(sentence) for sentence in sentences if sentence]
    made: str = told[0] if told else ""
    for one in told[1:]:
        made = say("{before} {next}", before=made, next=one)
    return made


def sentence(text: str) -> str:
    """Return the text with a capital and a full stop, in the language it is in for good."""
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

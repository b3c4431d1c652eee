"""A figure's value in words: short beside a chart, counted with its n, in full with its doubt."""

import re

from twoway.audit import words
from twoway.audit.findings import Figure
from twoway.audit.saying import marked, say

_ABSENT = {
    "too_little_data": marked("too little data"),
    "not_observable": marked("not visible"),
}
_MARKS = str.maketrans("", "", ",.\u202f\u00a0")
"""What stands inside of numbers, in one language or another."""
_COUNTED = re.compile(r"\d[\d,.]* \w{2,4} \d[\d,.]*(?: posts)?")


def short(figure: Figure) -> str:
    """Return the value alone: "3.2 %", "3 hours", "not reached"."""
    if figure.status != "ok":
        return say(_ABSENT[figure.status])
    if figure.text:
        return figure.text
    if figure.value is None:
        return say("not reached") if figure.unit == "minutes" and figure.n else ""
    if figure.unit == "odds" and not is_clear(figure):
        return say("no clear difference")
    return words.amount(figure.unit, figure.value)


def is_clear(figure: Figure) -> bool:
    """Tell whether an odds ratio's whole interval lies on one side of even."""
    return (
        figure.low is not None and figure.high is not None and (figure.low > 1 or figure.high < 1)
    )


def counted(figure: Figure) -> str:
    """Return what the value rests on: "3 of 1,204", "of 54", nothing where nothing is counted."""
    if " : " in figure.text or figure.unit == "text":  # all is said already
        return ""
    if figure.hits is not None:
        return words.of(figure.hits, figure.n)
    return say("of {n}", n=figure.n) if figure.n else ""


def interval(figure: Figure) -> str:
    """Return the 95 % interval in words, nothing where there is none."""
    if figure.low is None or figure.high is None or figure.value is None:
        return ""
    return between(figure.unit, figure.low, figure.high)


def bound(figure: Figure) -> str:
    """Return what the value would be had all unsure posts been counted."""
    if not figure.bound:
        return ""
    return between(figure.unit, *figure.bound)


def between(unit: str, low: float, high: float) -> str:
    """Return "2.5 to 4.6 %", naming the unit once where both ends share it."""
    first, last = words.amount(unit, low), words.amount(unit, high)
    number, _, noun = first.rpartition(" ")
    is_number = number.strip("−+").translate(_MARKS).isdigit()
    since = number if is_number and last.endswith(f" {noun}") else first
    return say("{low} to {high}", low=since, high=last)


def full(figure: Figure) -> str:
    """Return everything in one line, for who cannot see the chart and for titles."""
    said: list[str] = [short(figure)]
    if figure.unit == "odds" and figure.value is not None and not is_clear(figure):
        said.append(words.odds(figure.value))
    if figure.status != "ok":
        return f"{said[0]}. {figure.reason}".strip()
    if counted(figure):
        said.append(counted(figure))
    if interval(figure):
        said.append(say("95 % interval {interval}", interval=interval(figure)))
    if bound(figure):
        said.append(say("{bound} if unsure posts are counted", bound=bound(figure)))
    return ", ".join(said)


def spaced(text: str) -> str:
    """Keep numbers with their units, and "3 of 1,204 posts", on one line of a page."""
    return _COUNTED.sub(
        lambda found: found[0].replace(" ", "\u00a0"), text.replace(" %", "\u00a0%")
    )

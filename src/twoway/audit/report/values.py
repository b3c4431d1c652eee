"""A figure's value in words: short beside a chart, counted with its n, in full with its doubt."""

from twoway.audit import words
from twoway.audit.findings import Figure

_ABSENT = {"too_little_data": "too little data", "not_observable": "not visible"}


def short(figure: Figure) -> str:
    """Return the value alone: "3.2 %", "3 hours", "not reached"."""
    if figure.status != "ok":
        return _ABSENT[figure.status]
    if figure.text:
        return figure.text
    if figure.value is None:
        return "not reached" if figure.unit == "minutes" and figure.n else ""
    if figure.unit == "odds" and not is_clear(figure):
        return "no clear difference"
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
    return f"of {words.count(figure.n)}" if figure.n else ""


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
    return (
        f"{number} to {last}"
        if number.strip("−+").replace(",", "").replace(".", "").isdigit()
        and last.endswith(f" {noun}")
        else f"{first} to {last}"
    )


def full(figure: Figure) -> str:
    """Return everything in one line, for who cannot see the chart and for titles."""
    said = [short(figure)]
    if figure.unit == "odds" and figure.value is not None and not is_clear(figure):
        said.append(words.odds(figure.value))
    if figure.status != "ok":
        return f"{said[0]}. {figure.reason}".strip()
    if counted(figure):
        said.append(counted(figure))
    if interval(figure):
        said.append(f"95 % interval {interval(figure)}")
    if bound(figure):
        said.append(f"{bound(figure)} if unsure posts are counted")
    return ", ".join(said)

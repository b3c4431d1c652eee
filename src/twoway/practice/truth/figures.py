"""One true figure, and the few ways to count one."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Truth:
    """A share has `hits` of `n`; other figures a `value`; an estimate the `parameter` it estimates.

    Shares are 0 to 1, times minutes, as in the audit's own figures.
    """

    value: float | None = None
    n: int = 0
    hits: int | None = None
    parameter: float | None = None
    text: str = ""


def share(hits: Iterable[bool], parameter: float | None = None) -> Truth:
    """Count a share."""
    found = [bool(hit) for hit in hits]
    n, hit = len(found), sum(found)
    return Truth(hit / n if n else None, n, hit, parameter)


def count(things: Iterable[object]) -> Truth:
    """Count things."""
    n = sum(1 for _ in things)
    return Truth(float(n), n)


def ratio(over: int, under: int) -> Truth:
    """Set one count over another."""
    return Truth(over / under if under else None, under)

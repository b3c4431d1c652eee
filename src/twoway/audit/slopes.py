"""How a figure moves over months: one slope with the limits of its 95 % interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log, sqrt, tanh
from statistics import median

from twoway.audit.statistics import Z

ROUNDS = 30
CLOSE = 1e-10
Month = tuple[int, int, int]
"""Its number, hits, n."""


@dataclass(frozen=True, slots=True)
class Slope:
    """A change per month, and what bounds it."""

    value: float
    low: float
    high: float


def logistic(months: Sequence[Month]) -> Slope | None:
    """Return the change of the log odds per month, weighted by n: maximum likelihood, Wald's interval.

    None where there is no such slope: all or none hit, or one month parts those where none hit
    from those where all do.
    """
    total, hits = sum(n for *_, n in months), sum(hit for _, hit, _ in months)
    if hits in (0, total):
        return None
    middle = sum(month * n for month, _, n in months) / total
    centred = [(month - middle, hit, n) for month, hit, n in months]
    level, slope = log(hits / (total - hits)), 0.0
    for _ in range(ROUNDS):
        (a, ab, b), (up, across) = _derivatives(centred, level, slope)
        area = a * b - ab * ab
        if area <= CLOSE:
            return None
        level, step = level + (b * up - ab * across) / area, (a * across - ab * up) / area
        slope += step
        if abs(step) < CLOSE:
            reach = Z * sqrt(a / area)
            return Slope(slope, slope - reach, slope + reach)
    return None


def _derivatives(
    months: Sequence[tuple[float, int, int]], level: float, slope: float
) -> tuple[tuple[float, float, float], tuple[float, float]]:
    """Return the information (three sums of weights) and the score of the log likelihood."""
    a = ab = b = up = across = 0.0
    for x, hit, n in months:
        share = (1 + tanh((level + slope * x) / 2)) / 2  # never overflows, as exp may
        weight, off = n * share * (1 - share), hit - n * share
        a, ab, b = a + weight, ab + weight * x, b + weight * x * x
        up, across = up + off, across + off * x
    return (a, ab, b), (up, across)


def theil_sen(points: Sequence[tuple[int, float]]) -> Slope | None:
    """Return the median slope between all pairs of (month, value), with Sen's interval (1968).

    Its limits are slopes too: those as far from the middle as Kendall's S may be by chance, ties
    among the values taken into account.
    """
    slopes = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2))
    if not slopes:
        return None
    values = [value for _, value in points]
    tied = sum(_ways(values.count(value)) for value in set(values))
    reach = Z * sqrt((_ways(len(points)) - tied) / 18)
    low = max(round((len(slopes) - reach) / 2) - 1, 0)
    high = min(round((len(slopes) + reach) / 2), len(slopes) - 1)
    return Slope(median(slopes), slopes[low], slopes[high])


def _ways(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)

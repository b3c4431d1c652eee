"""The intervals around a figure; every one bounds 95 %.

Wilson 1927 for shares, Newcombe 1998 (method 10) for differences of shares, Woolf 1955 with
Haldane's and Anscombe's half for odds ratios. Times are in shapes/duration.py, in SQL.
"""

from math import exp, log, sqrt

Z = 1.959963984540054
LEAST = 5
"""Observations below which a share or a time is "too little data"."""


def wilson(hits: float, n: int) -> tuple[float, float]:
    """Return the Wilson score interval of a share; all of 0 to 1 where nothing was observed."""
    if n == 0:
        return 0.0, 1.0
    share, square = hits / n, Z * Z / n
    middle = (share + square / 2) / (1 + square)
    reach = Z * sqrt(share * (1 - share) / n + square / (4 * n)) / (1 + square)
    return (0.0 if hits == 0 else middle - reach), (1.0 if hits == n else middle + reach)


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float]:
    """Return the interval of first share minus second share, each given as (hits, n)."""
    one, two = first[0] / first[1], second[0] / second[1]
    (low1, high1), (low2, high2) = wilson(*first), wilson(*second)
    below = sqrt((one - low1) ** 2 + (high2 - two) ** 2)
    above = sqrt((high1 - one) ** 2 + (two - low2) ** 2)
    return one - two - below, one - two + above


def odds_ratio(exposed: tuple[int, int], others: tuple[int, int]) -> tuple[float, float, float]:
    """Return the odds ratio of a hit and its interval, each side given as (hits, n).

    A half is added to every cell, so that an empty one does not make it zero or endless.
    """
    cells = [exposed[0], exposed[1] - exposed[0], others[0], others[1] - others[0]]
    a, b, c, d = (cell + 0.5 for cell in cells)
    middle, reach = log(a * d / (b * c)), Z * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return exp(middle), exp(middle - reach), exp(middle + reach)

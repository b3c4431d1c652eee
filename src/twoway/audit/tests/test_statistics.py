"""Intervals against published numbers, and what must hold for every count."""

from math import exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.audit.statistics import Z, newcombe, odds_ratio, wilson

COUNTS = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_newcombe_printed_it(hits, n, low, high):
    # Newcombe 1998, Statistics in Medicine 17:857–872, table I, method 3
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_newcombe_as_he_printed_it(first, second, low, high):
    # Newcombe 1998, Statistics in Medicine 17:873–890, table II, method 10
    assert newcombe(first, second) == pytest.approx((low, high), abs=5e-5)


def test_odds_ratio_of_an_empty_cell():
    # 5 of 5 against 2 of 6: (5.5 × 4.5) / (0.5 × 2.5) = 19.8, se² = 1/5.5 + 1/0.5 + 1/2.5 + 1/4.5
    value, low, high = odds_ratio((5, 5), (2, 6))
    reach = Z * sqrt(1 / 5.5 + 1 / 0.5 + 1 / 2.5 + 1 / 4.5)
    assert value == pytest.approx(19.8)
    assert (low, high) == pytest.approx((exp(log(19.8) - reach), exp(log(19.8) + reach)))


@given(COUNTS)
def test_wilson_holds_the_share(count):
    low, high = wilson(*count)
    assert 0 <= low <= count[0] / count[1] <= high <= 1


@given(COUNTS, COUNTS)
def test_newcombe_holds_the_difference(first, second):
    low, high = newcombe(first, second)
    assert -1 <= low <= first[0] / first[1] - second[0] / second[1] <= high <= 1


@given(COUNTS, COUNTS)
def test_odds_turn_round_with_the_sides(first, second):
    value, low, high = odds_ratio(first, second)
    turned, turned_low, turned_high = odds_ratio(second, first)
    assert low <= value <= high
    assert (1 / turned, 1 / turned_high, 1 / turned_low) == pytest.approx((value, low, high))


def test_nothing_observed_could_be_anything():
    assert wilson(0, 0) == (0, 1)

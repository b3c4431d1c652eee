"""Slopes against published examples, and what holds for all of them."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.audit.slopes import logistic, theil_sen

# Bliss 1935, beetles killed by carbon disulphide, the example of Dobson's "Introduction to
# Generalized Linear Models": slope 34.27, standard error 2.912
DOSES = (1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.8610, 1.8839)
BEETLES = (59, 60, 62, 56, 63, 59, 62, 60)
KILLED = (6, 13, 18, 28, 52, 53, 61, 60)


def test_logistic_slope_of_the_beetles():
    slope = logistic(list(zip(DOSES, KILLED, BEETLES, strict=True)))
    assert slope.value == pytest.approx(34.27, abs=0.005)
    assert (slope.high - slope.low) / (2 * 1.96) == pytest.approx(2.912, abs=0.001)


def test_two_months_are_solved_by_hand():
    # 1 of 4, then 3 of 4: log odds from ln(1/3) to ln(3); variance 1/1 + 1/3 + 1/3 + 1/1 = 8/3
    slope = logistic([(5, 1, 4), (6, 3, 4)])
    assert slope.value == pytest.approx(2 * log(3))
    assert slope.high - slope.value == pytest.approx(1.959964 * (8 / 3) ** 0.5)


@pytest.mark.parametrize("months", [
    [(1, 0, 9), (2, 0, 9)], [(1, 9, 9), (2, 9, 9)], [(1, 0, 9), (2, 0, 9), (3, 9, 9), (4, 9, 9)],
    [(1, 0, 9), (900, 9, 9)], [(1, 3, 9)],
])  # fmt: skip
def test_no_slope_where_there_is_none(months):
    assert logistic(months) is None


def test_theil_sen_with_sens_interval():
    # Sen 1968, the example of Hollander & Wolfe: 4 (26/7 to 35/8)
    points = list(zip((1, 2, 3, 4, 10, 12, 18), (9, 15, 19, 20, 45, 55, 78), strict=True))
    slope = theil_sen(points)
    assert (slope.value, slope.low, slope.high) == pytest.approx((4, 26 / 7, 35 / 8))


def test_one_month_has_no_slope():
    assert theil_sen([(1, 5.0)]) is None


MONTHS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=2, max_size=24).map(
    lambda pairs: [(m, min(hits, n), n) for m, (hits, n) in enumerate(pairs)]
)


@given(MONTHS)
def test_logistic_slope_turns_with_time(months):
    forwards, backwards = logistic(months), logistic([(-m, hits, n) for m, hits, n in months])
    assert (forwards is None) == (backwards is None)
    if forwards and backwards:
        assert forwards.low <= forwards.value <= forwards.high
        assert backwards.value == pytest.approx(-forwards.value, abs=1e-7)


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=30))
def test_theil_sen_lies_in_its_interval(values):
    slope = theil_sen(list(enumerate(values)))
    assert slope.low <= slope.value <= slope.high
    falling = theil_sen(list(enumerate(-value for value in values)))
    assert falling.value == pytest.approx(-slope.value)

"""What must hold for every spread."""

from math import inf, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.audit.shapes import spread

SAME_ENGINE = settings(max_examples=15, deadline=None)
GAPS = st.lists(st.integers(0, 10**12), min_size=0, max_size=30)


def test_burstiness_of_published_limits():
    # Kim & Jo 2016: regular −1; all gaps but one nothing, where r = √(n − 1), is 1; r = 1 nears 0
    assert spread.burstiness(7, 0) == -1
    assert spread.burstiness(7, sqrt(6)) == pytest.approx(1)
    assert spread.burstiness(10**9, 1) == pytest.approx(0, abs=1e-4)


@given(st.lists(st.integers(0, 10**12), min_size=2, max_size=50).filter(any))
def test_burstiness_lies_between_minus_one_and_one(gaps):
    mean = sum(gaps) / len(gaps)
    r = sqrt(sum((gap - mean) ** 2 for gap in gaps) / len(gaps)) / mean
    assert -1 - 1e-9 <= spread.burstiness(len(gaps), r) <= 1 + 1e-9


@given(st.integers(2, 500), st.floats(0, 10), st.floats(0, 10))
def test_the_more_they_vary_the_burstier(n, one, other):
    most = sqrt(n - 1)
    low, high = sorted((min(one, most), min(other, most)))
    assert spread.burstiness(n, low) <= spread.burstiness(n, high) + 1e-12 < inf


@SAME_ENGINE
@given(GAPS, st.randoms())
def test_order_of_rows_does_not_matter(shaped, gaps, random):
    rows = [(n, 1_767_225_600_000_000 + n % 7, float(gap), gap) for n, gap in enumerate(gaps)]
    one = shaped.figure(spread, rows, "score", ("all", "longest", ""), statistic="burstiness")
    random.shuffle(rows)
    other = shaped.figure(spread, rows, "score", ("all", "longest", ""), statistic="burstiness")
    assert other.value == (one.value if one.value is None else pytest.approx(one.value))
    assert (other.n, other.status, other.evidence) == (one.n, one.status, one.evidence)


@SAME_ENGINE
@given(st.lists(st.integers(0, 5), max_size=30))
def test_distinct_and_mean(shaped, amounts):
    rows = [(float(amount), None) for amount in amounts]
    distinct = shaped.figure(spread, rows, "count", statistic="distinct")
    assert (distinct.value, distinct.n) == (len(set(amounts)), len(amounts))
    mean = shaped.figure(spread, rows, "ratio", statistic="mean")
    if amounts:
        assert mean.value == pytest.approx(sum(amounts) / len(amounts))
    else:
        assert (mean.value, mean.status) == (None, "too_little_data")

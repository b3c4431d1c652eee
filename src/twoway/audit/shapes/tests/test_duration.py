"""Kaplan & Meier and plain quantiles: a textbook's numbers, and the same by another way."""

import statistics

from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.audit.shapes import duration, survival

MINUTE = 60_000_000
# Remission of leukaemia in weeks (Freireich et al. 1963), + still in remission when last seen.
TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
LENGTHS = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=5, max_size=40)
# one engine for all examples: the tables are replaced, nothing is left over
SAME_ENGINE = settings(max_examples=12, deadline=None)


def _rows(text):
    return [(int(word.rstrip("+")) * MINUTE, not word.endswith("+")) for word in text.split()]


def _median(shaped, rows):
    return shaped.figure(duration, rows, unit="minutes")


def test_median_of_the_treated(shaped):
    # median 23 weeks, limits 13 and none (SAS and R's survfit, conf.type="log-log")
    figure = _median(shaped, _rows(TREATED))
    assert (figure.value, figure.low, figure.high) == (23, 13, None)
    assert (figure.n, figure.hits) == (21, 9)


def test_median_of_the_others(shaped):
    # median 8 weeks, limits 4 and 11 (the same)
    figure = _median(shaped, _rows(PLACEBO))
    assert (figure.value, figure.low, figure.high) == (8, 4, 11)


def _reference(rows, share):
    """The first time at which no more than 1 - share is left, by Kaplan & Meier's product."""
    left, at_risk = 1.0, len(rows)
    for time in sorted({length for length, _ in rows}):
        ended = sum(length == time and has_ended for length, has_ended in rows)
        left *= 1 - ended / at_risk
        at_risk -= sum(length == time for length, _ in rows)
        if left <= 1 - share + 1e-9:
            return time
    return None


@SAME_ENGINE
@given(LENGTHS)
def test_agrees_with_the_product_written_out(shaped, lengths):
    rows = [(length * MINUTE, ended) for length, ended in lengths]
    assert _median(shaped, rows).value == _reference(lengths, 0.5)


@SAME_ENGINE
@given(LENGTHS, st.randoms())
def test_order_of_rows_does_not_matter(shaped, lengths, random):
    rows = [(length * MINUTE, ended) for length, ended in lengths]
    one = _median(shaped, rows)
    random.shuffle(rows)
    another = _median(shaped, rows)
    assert (one.value, one.low, one.high, one.n) == (
        another.value,
        another.low,
        another.high,
        another.n,
    )


@SAME_ENGINE
@given(LENGTHS)
def test_interval_holds_the_median(shaped, lengths):
    figure = _median(shaped, [(length * MINUTE, ended) for length, ended in lengths])
    if figure.value is not None:
        assert figure.low is None or figure.low <= figure.value
        assert figure.high is None or figure.high >= figure.value


@SAME_ENGINE
@given(st.lists(st.integers(1, 1000), min_size=5, max_size=40))
def test_plain_quantiles_are_the_librarys(shaped, minutes):
    rows = [(length * MINUTE, True) for length in minutes]
    shaped.figure(duration, rows, unit="minutes")
    times = survival.whole(shaped.engine, "given")["shop", ""]
    median, ninth = times.of("median_answered"), times.of("p90_answered")
    assert round(median.value / MINUTE, 6) == statistics.median(minutes)
    expected = statistics.quantiles(minutes, n=10, method="inclusive")[-1]
    assert round(ninth.value / MINUTE, 6) == round(expected, 6)

"""Measure 25: whether five figures rise or fall over the months, and what a date changed."""

import pytest

MONTHS = (0, 31, 59, 90, 120, 151)
"""The first days of January to June 2026."""
FIFTH_OF_MAY = 124


@pytest.fixture
def half_a_year(small):
    small.window("shop", days=200)
    small.put("covered", *({"stream": stream, "begins": small.at(), "ends": small.at(200)}
                           for stream in ("originals", "replies", "comments")))  # fmt: skip
    return small


def _history(small, *replies, n=100):
    """Return n posts in each month, so many of them replies."""
    return [
        {"post": 1000 * month + place, "class": "reply" if place < hits else "original",
         "said_at": small.at(MONTHS[month], minutes=place)}
        for month, hits in enumerate(replies)
        for place in range(n)
    ]  # fmt: skip


def test_example_of_the_head(half_a_year):
    # log odds of 20, 24, 28, 33, 38 and 43 % rise by 0.2211 a month (standard error 0.0534)
    half_a_year.put("own_history", *_history(half_a_year, 20, 24, 28, 33, 38, 43))
    trend = half_a_year.part("change_over_time", "reply_share")
    assert trend.unit == "odds"
    assert (trend.value, trend.low, trend.high) == pytest.approx((1.2475, 1.1235, 1.3850), abs=1e-4)
    assert trend.n == 600
    assert trend.text == "odds rise by 24.7 % a month"
    assert trend.series[0] == ("2026-01", 0.2, 100)


def test_falls(half_a_year):
    half_a_year.put("own_history", *_history(half_a_year, 43, 38, 33, 28, 24, 20))
    trend = half_a_year.part("change_over_time", "reply_share")
    assert trend.value == pytest.approx(1 / 1.2475, abs=1e-4)
    assert trend.text == "odds fall by 19.8 % a month"


def test_no_clear_trend(half_a_year):
    half_a_year.put("own_history", *_history(half_a_year, 3, 5, 4, 5, 3, 4, n=10))
    trend = half_a_year.part("change_over_time", "reply_share")
    assert trend.low < 1 < trend.high
    assert trend.text == "no clear trend"


def test_five_months_are_too_few(half_a_year):
    half_a_year.put("own_history", *_history(half_a_year, 20, 24, 28, 33, 38))
    trend = half_a_year.part("change_over_time", "reply_share")
    assert (trend.status, trend.value) == ("too_little_data", None)
    assert trend.reason == "It takes six covered months; five have enough."
    assert half_a_year.figure("change_over_time").status == "too_little_data"


def test_never_replying_has_no_slope(half_a_year):
    half_a_year.put("own_history", *_history(half_a_year, 0, 0, 0, 0, 0, 0))
    trend = half_a_year.part("change_over_time", "reply_share")
    assert (trend.value, trend.text, trend.status) == (None, "no clear trend", "ok")


def test_short_coverage_is_not_counted_at_all(small):
    small.put("covered", {"stream": "originals", "begins": small.at(), "ends": small.at(120)})
    small.put("own_history", *_history(small, 20, 24, 28, 33, 38))
    assert small.part("change_over_time", "reply_share").n == 0


def test_median_times(half_a_year):
    # medians of 60, 50, 40, 30, 20 and 10 minutes: every pair falls by 10 a month
    half_a_year.put("waits", *(
        half_a_year.wait(100 * month + place, day, minutes=60 - 10 * month)
        for month, day in enumerate(MONTHS)
        for place in range(5)
    ))  # fmt: skip
    trend = half_a_year.part("change_over_time", "first_response_time")
    assert (trend.value, trend.low, trend.high) == (-10, -10, -10)
    assert (trend.unit, trend.n) == ("minutes", 30)
    assert trend.text == "10 minutes shorter each month"


def test_a_date_has_a_before_and_an_after(half_a_year):
    # before the 5th of May 20, 20, 20, 20 and all 50 of May's first days; after it 30 of 100
    half_a_year.window("shop", days=200, change_at=half_a_year.at(FIFTH_OF_MAY))
    half_a_year.put("own_history", *_history(half_a_year, 20, 20, 20, 20, 20, 30))
    half_a_year.put("waits", *(
        half_a_year.wait(100 * month + place, day, minutes=60 if month < 5 else 20)
        for month, day in enumerate(MONTHS)
        for place in range(5)
    ))  # fmt: skip
    change = half_a_year.part("change_over_time", "reply_share").parts[0]
    assert (change.id, change.name) == ("change", "Since 5 May 2026")
    # 30 / 100 − 100 / 500 = 10 points
    assert change.value == pytest.approx(0.1)
    assert change.low < 0.1 < change.high
    assert change.detail == (("since", "30 of 100"), ("before", "100 of 500"))
    times = half_a_year.part("change_over_time", "first_response_time").parts[0]
    assert (times.value, times.unit) == (-40, "minutes")


def test_without_a_date_there_is_no_before(half_a_year):
    half_a_year.put("own_history", *_history(half_a_year, 20, 20, 20, 20, 20, 30))
    assert half_a_year.part("change_over_time", "reply_share").parts == ()


@pytest.fixture
def eventful(half_a_year):
    """144 own posts, waits, comments and answers of every kind, on 24 days of each month."""
    small, days = half_a_year, [day + n for day in MONTHS for n in range(24)]
    own = [
        {"post": n, "author": 1, "class": ("original", "reply", "quote", "share")[n % 4],
         "said_at": small.at(day)}
        for n, day in enumerate(days)
    ]  # fmt: skip
    ends = (None, "answer", "withdrawal", "taken_private", "community")
    theirs = [
        {"post": 500 + n, "thread": 0, "author": 1 + n % 5, "is_automatic": n % 6 == 0, "is_share": n % 7 == 0,
         "said_at": small.at(day),
         "below_original": 0, "below_own_post": n % 3 > 0, "person": 1, "other": 2,
         "is_private": n % 11 == 0, "calls": ("answer", "kind_word", "answer", "unsure")[n % 4],
         "settled_by": ends[n % 5], "settled_at": small.at(day, minutes=n * 97) if ends[n % 5] else None}
        for n, day in enumerate(days)
    ]  # fmt: skip
    small.put("own_posts", *own)
    small.put("ours", {"account": 1})
    tables = {
        "own_history": own,
        "addressed": theirs,
        "community": theirs,
        "said": [own[0] | {"thread": 0}, *theirs],
    }
    for name, rows in tables.items():
        known = small.tables[name].names
        small.put(name, *({n: v for n, v in row.items() if n in known} for row in rows))
    small.put("waits", *(
        small.wait(500 + n, day, minutes=n * 97 if ends[n % 5] else None, by=ends[n % 5] or "",
                   is_sure=n % 7 > 0, is_private=n % 11 == 0)
        for n, day in enumerate(days)
    ))  # fmt: skip
    return small


@pytest.mark.parametrize(
    "measure",
    [
        "reply_share",
        "response_rate",
        "first_response_time",
        "answers_under_own_posts",
        "members_talk",
    ],
)
def test_follows_what_the_measure_measures(eventful, measure):
    followed = eventful.figure(measure)
    series = followed.series or eventful.part(measure, "median_all").series
    assert len(series) == 6
    assert all(n >= 5 for *_, n in series)
    assert eventful.part("change_over_time", measure).series == series

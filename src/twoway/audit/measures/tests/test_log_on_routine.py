"""Measure 10: how regular originals are, posts at once, sessions without a reply, hours of the day."""

import pytest


def _posts(small, *minutes, first=1, **more):
    """Return originals at these minutes."""
    return [
        {"post": first + n, "class": "original", "said_at": small.at(minutes=m)} | more
        for n, m in enumerate(minutes)
    ]


def test_by_the_clock(small):
    # every gap is 10 minutes: r = 0, (0 − √4) / (0 + √4) = −1; a reply between them makes no gap
    small.put("own_posts", *_posts(small, 0, 10, 20, 30, 40, 50),
              {"post": 50, "class": "reply", "said_at": small.at(minutes=15)})  # fmt: skip
    figure = small.figure("log_on_routine")
    assert (figure.value, figure.n, figure.unit) == (-1, 5, "score")
    assert figure.band.label == "steadier than most pages"


def test_by_chance(small):
    # gaps 10, 10, 10, 10, 60: mean 20, variance (4·10² + 40²) / 5 = 400, r = 1;
    # (√6 − √4) / ((√6 − 2) + √4) = 0.4495 / 2.4495 = 0.1835
    small.put("own_posts", *_posts(small, 0, 10, 20, 30, 40, 100))
    figure = small.figure("log_on_routine")
    assert figure.value == pytest.approx(0.1835, abs=1e-4)
    assert figure.evidence[0].post == 6
    assert figure.evidence[0].note == "after a silence of 60 minutes"


def test_all_at_once(small):
    # five gaps, four of them nothing: as bursty as five gaps can be is 1
    small.put("own_posts", *_posts(small, 0, 600, 600, 600, 600, 600))
    assert small.figure("log_on_routine").value == pytest.approx(1)


def test_accounts_keep_their_own_time(small):
    # one posts every 10 minutes, the other every hour: both by the clock
    small.put(
        "own_posts", *_posts(small, 0, 10, 20, 30), *_posts(small, 5, 65, 125, first=20, author=2)
    )
    figure = small.figure("log_on_routine")
    assert (figure.value, figure.n) == (-1, 5)


def test_four_gaps_are_too_few(small):
    small.put("own_posts", *_posts(small, 0, 10, 20, 30, 40))
    assert small.figure("log_on_routine").status == "too_little_data"


def test_times_without_any_gap_have_no_rhythm(small):
    small.put("own_posts", *_posts(small, *[0] * 9))
    figure = small.figure("log_on_routine")
    assert (figure.value, figure.n) == (None, 8)


def test_rapid(small):
    # gaps of 4, 6, 5, 1 and 60 minutes: 4 and 1 are under five, 5 is not: 2 / 5
    small.put("own_posts", *_posts(small, 0, 4, 10, 15, 16, 76))
    rapid = small.part("log_on_routine", "rapid")
    assert (rapid.hits, rapid.n) == (2, 5)
    assert [shown.post for shown in rapid.evidence] == [5, 2]


def test_silent_sessions(small):
    # sessions: 0–30 with a reply; 61 alone (31 minutes later); 200 and 230 alone (30 minutes are
    # no end); 400 a reply only; 500, 600 and 700 alone: 5 of 6 with originals have no reply
    small.put(
        "own_posts", *_posts(small, 0, 61, 200, 230, 500, 600, 700),
        {"post": 20, "class": "reply", "said_at": small.at(minutes=30)},
        {"post": 21, "class": "reply", "said_at": small.at(minutes=400)},
        {"post": 22, "class": "share", "said_at": small.at(minutes=701)},
    )  # fmt: skip
    silent = small.part("log_on_routine", "silent_sessions")
    assert (silent.hits, silent.n) == (5, 6)


def test_active_hours(small):
    # 09:00, 09:59 and 14:00 on one day, 09:30 on the next: the hours 9 and 14
    times = (small.at(0, 9), small.at(0, 9, 59), small.at(0, 14), small.at(1, 9, 30))
    small.put(
        "own_posts", *({"post": n, "class": "reply", "said_at": at} for n, at in enumerate(times))
    )
    hours = small.part("log_on_routine", "active_hours")
    assert (hours.value, hours.n, hours.unit) == (2, 4, "count")


def test_months(small):
    # January: five even gaps; February: the gap that led there is one row, too few
    small.put("own_posts", *_posts(small, 0, 10, 20, 30, 40, 50, 32 * 1440))
    assert small.figure("log_on_routine").series == (("2026-01", -1, 5), ("2026-02", None, 1))

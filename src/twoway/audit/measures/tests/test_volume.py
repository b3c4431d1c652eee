"""Measure 19: originals per covered day, the busiest hour, days over twice the median."""

import pytest


def _originals(small, *per_day):
    """Return so many originals on each day, all at 9 o'clock."""
    days = [day for day, count in enumerate(per_day) for _ in range(count)]
    return [
        {"post": n, "class": "original", "said_at": small.at(day, 9)} for n, day in enumerate(days)
    ]


@pytest.fixture
def fortnight(small):
    small.window("shop", ends=small.at(13, 23, 59))
    small.put("covered", {"stream": "originals", "begins": small.at(), "ends": small.at(13, 23, 59)},
              {"stream": "replies", "begins": small.at(-5), "ends": small.at(60)})  # fmt: skip
    return small


def test_days_without_an_original_count(fortnight):
    # 28 originals on 10 of 14 days
    fortnight.put("own_posts", *_originals(fortnight, 2, 2, 2, 2, 2, 2, 2, 2, 2, 10),
                  {"post": 99, "class": "reply", "said_at": fortnight.at(3)})  # fmt: skip
    figure = fortnight.figure("volume")
    assert (figure.value, figure.n) == (2, 14)
    assert figure.evidence[0].said_at == fortnight.at(9)
    assert figure.evidence[0].post == 18


def test_only_covered_days_count(fortnight):
    # 14 originals, but originals are covered for 7 of the 14 days
    fortnight.put(
        "covered", {"stream": "originals", "begins": fortnight.at(7), "ends": fortnight.at(30)}
    )
    fortnight.put("own_posts", *_originals(fortnight, *[0] * 7, *[2] * 7))
    assert fortnight.figure("volume").value == 2


def test_heavy_days(fortnight):
    # median of 14 days: 2; more than 4 on two of them, exactly 4 on a third
    fortnight.put("own_posts", *_originals(fortnight, *[2] * 11, 4, 5, 9))
    heavy = fortnight.part("volume", "heavy_days")
    assert (heavy.hits, heavy.n) == (2, 14)
    assert heavy.evidence[0].said_at == fortnight.at(13)


def test_no_heavy_days_where_the_median_is_nothing(fortnight):
    # originals on 6 of 14 days
    fortnight.put("own_posts", *_originals(fortnight, 5, 5, 5, 5, 5, 5))
    heavy = fortnight.part("volume", "heavy_days")
    assert (heavy.value, heavy.n) == (None, 0)
    assert heavy.reason.startswith("On the median day it posts nothing")


def test_busiest_hour(small):
    # 9 o'clock: 3, 10 o'clock: 3, 14 o'clock: 2; of two as busy the earlier: 3 / 8
    hours = (9, 9, 9, 10, 10, 10, 14, 14)
    small.put("own_posts", *(
        {"post": n, "class": "original", "said_at": small.at(n, hour)} for n, hour in enumerate(hours)
    ))  # fmt: skip
    busiest = small.part("volume", "busiest_hour")
    assert (busiest.hits, busiest.n) == (3, 8)


def test_two_days_are_a_figure(small):
    small.window("shop", ends=small.at(1, 12))
    small.put("covered", {"stream": "originals", "begins": small.at(), "ends": small.at(1, 12)})
    small.put("own_posts", *_originals(small, 3, 1))
    assert (small.figure("volume").value, small.figure("volume").n) == (2, 2)

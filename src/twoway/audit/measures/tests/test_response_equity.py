"""Measure 8: odds of an answer with and without a circumstance."""

import pytest


def _answered(small, posts, of, day=5, **more):
    """The first `of` of some posts were answered after an hour, the others are open."""
    return [
        small.wait(post, day, 60 if place < of else None, **more)
        for place, post in enumerate(posts)
    ]


def test_night_and_weekend(small):
    # BEGINS is a Thursday: day 4 at noon is a Monday; day 4 at 23:00 night, day 2 a Saturday.
    # by day 8 of 10, at night or on a weekend 2 of 10: (2.5 × 2.5) / (8.5 × 8.5) = 0.0865
    small.put(
        "waits", *_answered(small, range(1, 11), 8, day=4.5),
        *_answered(small, range(11, 16), 1, day=4 + 23 / 24), *_answered(small, range(16, 21), 1, day=2.5),
    )  # fmt: skip
    part = small.part("response_equity", "night_weekend")
    assert part.value == pytest.approx(2.5 * 2.5 / (8.5 * 8.5))
    # ln 0.0865 ± 1.96 √(2/2.5 + 2/8.5) = −2.448 ± 1.994
    assert part.low == pytest.approx(0.01178, abs=1e-4)
    assert part.high == pytest.approx(0.6352, abs=1e-3)
    assert (part.hits, part.n) == (10, 20)
    assert part.detail == (("at night or on a weekend", "2 of 10"), ("at other times", "8 of 10"))


def test_followers_above_the_median(small):
    # followers 10, 20 … 120, median 65: those above answered 6 of 6, those below 1 of 6
    small.put("waits", *(small.wait(n, 5, 60 if n >= 6 else None) for n in range(1, 13)))
    small.put("posts", *({"post": n, "author": n, "author_followers": 10 * n} for n in range(1, 12)),
              {"post": 12, "author": 12})  # fmt: skip
    small.put("accounts", {"account": 12, "followers": 120}, {"account": 1, "followers": 10_000})
    part = small.part("response_equity", "popular_author")
    assert [said for _, said in part.detail] == ["6 of 6", "1 of 6"]
    assert part.value == pytest.approx(6.5 * 5.5 / (0.5 * 1.5))


def test_authors_of_unknown_reach_are_left_out(small):
    small.put("waits", *_answered(small, range(1, 13), 6))
    small.put("posts", *({"post": n} for n in range(1, 13)))
    assert small.part("response_equity", "popular_author").n == 0


def test_other_handles_on_any_piece(small):
    # posts 1 to 5 name somebody else, 5 on its second piece 50; 6 names only us, 7 only its own author
    small.put("ours", {"account": 900})
    small.put("waits", *_answered(small, range(1, 6), 1), *_answered(small, range(6, 13), 6))
    small.put(
        "threads",
        *({"post": n, "first_piece": n} for n in range(1, 13)),
        {"post": 50, "first_piece": 5},
    )
    small.put(
        "mentions", *({"post": n, "account": 77} for n in (1, 2, 3, 4, 50)), {"post": 1, "account": 900},
        {"post": 6, "account": 900}, {"post": 7, "account": 7},
    )  # fmt: skip
    part = small.part("response_equity", "other_handles")
    assert [said for _, said in part.detail] == ["1 of 5", "6 of 7"]


def test_language_of_the_last_version(small):
    small.put(
        "waits",
        *_answered(small, range(1, 6), 1),
        *_answered(small, range(6, 11), 4),
        small.wait(11, 5),
    )
    small.put(
        "readings", *({"post": n, "language": "de"} for n in range(1, 5)), {"post": 5, "language": "en"},
        {"post": 5, "version": 1, "language": "de"}, *({"post": n, "language": "en"} for n in range(6, 11)),
        {"post": 11, "language": ""},
    )  # fmt: skip
    part = small.part("response_equity", "other_language")
    assert [said for _, said in part.detail] == ["1 of 5", "4 of 5"]


def test_needs_five_on_either_side(small):
    small.put(
        "waits",
        *_answered(small, range(1, 20), 8, day=4.5),
        *_answered(small, range(20, 24), 1, day=2),
    )
    part = small.part("response_equity", "night_weekend")
    assert (part.status, part.value, part.n) == ("too_little_data", None, 23)

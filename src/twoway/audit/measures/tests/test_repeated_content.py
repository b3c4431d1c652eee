"""Measure 14: originals that say again what the account said before."""

import pytest

from twoway.audit import quoting


@pytest.fixture
def ten(small):
    # posts 0, 3 and 6 say the same, 8 nearly the same as 0: of 10 the first repeats nothing: 3 / 10,
    # word for word 2 / 10
    small.own(*(
        {"post": n, "class": "original", "said_at": small.at(n, 9), "text": f"Text {n}",
         "text_key": 77 if n in (0, 3, 6) else n}
        for n in range(10)
    ))  # fmt: skip
    small.put(
        "likeness", *({"post": n, "other": 0, "form": "full", "jaccard": 0.9} for n in (3, 6, 8))
    )
    return small


def test_near_repetitions(ten):
    figure = ten.figure("repeated_content")
    assert (figure.hits, figure.n) == (3, 10)
    assert [shown.post for shown in figure.evidence] == [8, 6, 3]


def test_exact_repetitions(ten):
    exact = ten.part("repeated_content", "exact")
    assert (exact.hits, exact.n) == (2, 10)
    assert exact.band.label == "more than nine pages in ten"


def test_the_most_repeated_with_its_dates(ten):
    figure = ten.figure("repeated_content")
    (quoted,) = quoting.quote(ten.engine, [{"shop": [figure]}])
    assert quoted["shop"][0].detail == (
        ("Most repeated", "Text 0"),
        ("Dates", "4 times: 1, 4, 7 and 9 January 2026"),
    )


def test_no_more_than_six_days_are_named(small):
    days = (29, 29, 30, 31, 32, 33, 34, 35)
    small.own(*({"post": n, "class": "original", "said_at": small.at(day), "text_key": 5, "text": "Sale"}
                for n, day in enumerate(days)))  # fmt: skip
    assert small.part("repeated_content", "exact").detail[1] == (
        "Dates", "8 times: 30 and 31 January 2026, 1, 2, 3 and 4 February 2026 and 1 further day"
    )  # fmt: skip


def test_exact_without_words_in_common_still_repeats(small):
    # emoji and signs make a text and no words, so there is no pair
    small.own(
        *({"post": n, "class": "original", "said_at": small.at(n), "text_key": 5} for n in range(5))
    )
    assert small.figure("repeated_content").hits == 4


def test_short_texts_are_not_asked(small):
    small.own(*({"post": n, "class": "original", "text_key": None} for n in range(5)))
    assert small.figure("repeated_content").n == 0


def test_two_accounts_do_not_repeat_each_other(small):
    small.own(*({"post": n, "class": "original", "author": n, "text_key": 5} for n in range(5)))
    assert small.figure("repeated_content").hits == 0


def test_likeness_of_replies_is_another_matter(small):
    small.own(*({"post": n, "class": "original"} for n in range(5)))
    small.put("likeness", {"post": 1, "other": 0, "form": "bare", "jaccard": 1.0})
    assert small.figure("repeated_content").hits == 0


def test_nothing_repeated_has_no_detail(small):
    small.own(*({"post": n, "class": "original"} for n in range(5)))
    assert small.figure("repeated_content").detail == ()

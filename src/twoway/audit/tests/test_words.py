"""Numbers, times and dates as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.audit import words


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0 %"), (0.032, "3.2 %"), (0.12, "12 %"), (1, "100 %"), (0.0004, "under 0.1 %"), (0.9999, "over 99.9 %"), (0.889, "88.9 %")],
)  # fmt: skip
def test_shares(value, said):
    assert words.share(value) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0.4, "under a minute"), (1, "1 minute"), (41, "41 minutes"), (89, "89 minutes"), (180, "3 hours"), (192, "3.2 hours"),
     (1440, "24 hours"), (2880, "2 days"), (83 * 1440, "83 days")],
)  # fmt: skip
def test_durations(minutes, said):
    assert words.duration(minutes) == said


def test_counts_and_differences():
    assert [words.count(value) for value in (0, 6.44, 1204, 140843.2)] == [
        "0",
        "6.4",
        "1,204",
        "140,843",
    ]
    assert [words.points(value) for value in (-0.121, 0, 0.1)] == [
        "−12.1 points",
        "0 points",
        "+10 points",
    ]
    assert words.of(3, 1204) == "3 of 1,204"


@pytest.mark.parametrize(("value", "said"), [(3.1, "3.1 times as likely"), (0.2, "5 times less likely"), (1, "as likely as others")])  # fmt: skip
def test_odds(value, said):
    assert words.odds(value) == said


def test_dates_are_those_of_the_zone():
    moment = 1_774_998_000_000_000  # 31 March 2026, 23:00 UTC
    assert words.day(moment) == "31 March 2026"
    assert words.day(moment, "Europe/Dublin") == "1 April 2026"
    assert words.time(moment, "Asia/Tokyo") == "1 April 2026, 08:00"
    assert words.span(moment - 86_400_000_000, moment) == "30 to 31 March 2026"


@pytest.mark.parametrize(("things", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])  # fmt: skip
def test_lists(things, said):
    assert words.listing(things) == said


@given(st.text(), st.integers(2, 80))
def test_a_shortened_text_is_one_line_and_short(text, width):
    short = words.shortened(text, width)
    assert len(short) <= width
    assert "\n" not in short

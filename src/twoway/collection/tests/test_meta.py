"""Letters of Meta's exports are mended, and ids made that stay the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.collection.meta import made_id, mend, person, second


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_what_was_broken_is_mended(words):
    assert mend(words.encode().decode("latin-1")) == words


@pytest.mark.parametrize("words", ["Grüße", "日本", "plain", ""])
def test_what_was_not_broken_stays(words):
    assert mend(words) == words


@pytest.mark.parametrize("value", [None, 7, [], {}, "\ud83d", "\0"])
def test_anything_else_is_no_text_or_a_clean_one(value):
    assert mend(value).isprintable()


def test_people_of_one_name_are_one():
    assert person("Zoë Example") == person(" zoë example ") == "@zoë example"
    assert person("") is None


def test_an_id_tells_two_texts_of_one_second_apart():
    assert made_id(1, "a", "b") == made_id(1, "a", "b")
    assert made_id(1, "a", "b") != made_id(1, "a", "c")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1, 1_000_000), ("1", 1_000_000), (0, None), (-1, None), (10**12, None), (True, None)],
)
def test_seconds_become_microseconds_where_they_can_be_a_time(value, expected):
    assert second(value) == expected

"""Values of every type come out of the getters as promised, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.collection.values import (
    Lacking,
    count,
    identifier,
    mapping,
    mappings,
    moment,
    need,
    text,
    texts,
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(ANYTHING)
def test_no_value_breaks_a_getter(value):
    assert isinstance(mapping(value), dict)
    assert all(isinstance(item, dict) for item in mappings(value))
    assert all(isinstance(item, str) for item in texts(value))
    assert "\0" not in text(value)
    assert identifier(value) is None or identifier(value).strip()
    assert count(value) is None or 0 <= count(value) < 2**63
    assert moment(value) is None or abs(moment(value)) < 2**63


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12", "12"),
        (12, "12"),
        (1234567890123456789, "1234567890123456789"),
        (" at://did:plc:x ", "at://did:plc:x"),
        (12.0, None),
        (True, None),
        ("", None),
        ("x" * 3000, None),
        (10**400, None),
    ],
)
def test_ids_are_text_and_never_rounded(value, expected):
    assert identifier(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, 0), ("17", 17), (-1, None), ("-1", None), (2**63, None), ("1.5", None), ("²", None)],
)
def test_counts_may_be_written_as_text(value, expected):
    assert count(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1970-01-01T00:00:01Z", 1_000_000),
        ("1970-01-01T00:00:01.000250+00:00", 1_000_250),
        ("1970-01-01T01:00:00+01:00", 0),
        ("1970-01-02", 86_400_000_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ("0001-01-01T00:00:00+14:00", -62_135_646_800_000_000 - 400_000_000),
        ("2024-01-01T00:00:00.123456789Z", 1_704_067_200_123_456),
        ("yesterday", None),
        (1704067200, None),
        ("2024-13-01T00:00:00Z", None),
    ],
)
def test_times_are_microseconds_in_utc(value, expected):
    assert moment(value) == expected


def test_text_keeps_no_halves_of_emoji_and_no_nul():
    assert text("so \ud83d\0 long") == "so \ufffd long"


def test_what_is_needed_and_missing_is_named():
    with pytest.raises(Lacking, match="no author"):
        need(None, "author")
    assert need(0, "count") == 0

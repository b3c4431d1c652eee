"""Exact repetition, words and length: what does not count, and that nothing breaks them."""

from hypothesis import given
from hypothesis import strategies as st

from twoway.language import Utterance, read

LETTER = "The museum opens at ten on every holiday"


def _one(text, **rest):
    (reading,) = read([Utterance(text=text, **rest)])
    return reading


@given(
    st.sampled_from(
        ["@jonas ", "https://example.org/a?b=1 ", "  ", "17 ", "\u200b", "www.example.org "]
    ),
    st.integers(0, 7),
)
def test_key_without_handles_links_digits_and_spaces(extra, place):
    words = LETTER.split()
    words.insert(place, extra)
    assert _one(" ".join(words)).text_key == _one(LETTER).text_key


@given(st.text(max_size=80))
def test_key_without_case(text):
    # Only letters that have one lower and one upper case: "ß" becomes "SS" and stays it.
    text = "".join(c for c in text if c.lower().upper() == c.upper() and len(c.upper()) == 1)
    assert _one(text.upper()).text_key == _one(text.upper().lower()).text_key


def test_other_words_have_another_key():
    assert _one(LETTER).text_key != _one(LETTER.replace("ten", "eleven")).text_key


def test_key_none_under_twenty_characters():
    assert _one("Nineteen letters ok").text_key is None
    assert _one("Twenty letters, okay").text_key is not None
    assert _one("short @jonas https://example.org/very/long/path 1234567890").text_key is None


def test_numbers_stay_the_same_over_versions():
    assert _one("museum").words == {-7021033290966386119}


def test_pairs_of_characters_where_words_have_no_spaces():
    assert len(_one("博物館は十時").words) == 5


def test_bare_words_leave_handles_and_names_out():
    reading = _one(
        "@jonas Anna thanks Jonas", author="Anna", names=("Jonas Meier",), handles=("jonas",)
    )
    assert reading.bare_words == _one("thanks").bare_words


def test_bare_length():
    assert _one("New: https://example.org/x #news @bob").bare_length == 4


@given(
    st.builds(
        Utterance,
        text=st.text(max_size=400),
        handles=st.just(()),
        author=st.text(max_size=20),
        is_reply=st.booleans(),
        has_media=st.booleans(),
        has_link=st.booleans(),
        has_poll=st.booleans(),
        language=st.none() | st.text(max_size=8),
    )
)
def test_any_text_gives_a_valid_reading(utterance):
    (reading,) = read([utterance])
    for kind in (*reading.theirs, *reading.ours):
        assert 0 <= kind.certainty <= 1
    assert len({k.name for k in reading.theirs}) == len(reading.theirs)
    assert len({k.name for k in reading.ours}) == len(reading.ours)
    assert 0 <= reading.language_certainty <= 1
    assert all(-(2**63) <= word < 2**63 for word in reading.words | reading.bare_words)
    assert reading.bare_length <= len(utterance.text) * 18


def test_lone_surrogate_and_huge_line():
    assert _one("caf\ud800 open?").theirs
    assert _one("why? " * 400_000).theirs

"""Past conversations like a new one."""

import pytest

from twoway.language.similar import Similar

PAST = (
    (1, "The night bus did not come, how do I get my money back?"),
    (2, "Do you have the blue jacket in size M?"),
    (3, "My ticket machine ate ten euros"),
)


@pytest.fixture
def index():
    return Similar(PAST)


def test_finds_what_was_asked_before_and_the_words_both_have(index):
    (first, *_) = index.find("night bus never came, can I get my money back")
    assert first.post == 1
    assert {"night", "bus", "money"} <= set(first.shared)


def test_what_is_like_nothing_finds_nothing(index):
    assert index.find("Schöne Ausstellung!") == []
    assert Similar([]).find("anything") == []

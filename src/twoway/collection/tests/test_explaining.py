"""Why a post was read as it was, told only where our own model read it."""

from twoway import language
from twoway.collection.explaining import why


def test_the_words_that_mattered_are_named():
    tell = why(language.MODEL)
    assert "furious" in tell("The tram is blue and I am furious", "complaint", False)
    assert tell("We'll look into it and let you know", "promise", True)
    assert tell("We'll look into it", "own_link", True) == ()


def test_nothing_is_said_for_another_model():
    assert why("another 3")("I am furious", "complaint", False) == ()
    assert why(None)("I am furious", "complaint", False) == ()

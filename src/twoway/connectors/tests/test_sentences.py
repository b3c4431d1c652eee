"""A sentence is English as it stands, and comes out of a column as it went in."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from twoway.connectors.contract.sentences import everything_said
from twoway.connectors.errors import GiveUp, TryLater
from twoway.connectors.sentences import Sentence, kept, told

WORDS = st.text(max_size=30)
VALUES = st.recursive(
    WORDS | st.integers(0, 10**9),
    lambda inside: st.builds(lambda one: Sentence("“{one}”.", one=one), inside),
    max_leaves=4,
)


def test_every_sentence_is_a_template_with_all_that_it_asks_for():
    for one in everything_said():
        assert one.template is not None, f"{one.where}: the template does not stand there"
        assert one.asked == one.given, f"{one.where}: places and what is put in differ"


@given(host=VALUES, size=st.integers(0, 10**9))
def test_what_is_kept_is_told_again(host, size):
    said = Sentence("{host} sent {size} bytes.", host=host, size=size)
    again = told(kept(said))
    assert again == said
    assert (again.template, again.values) == (said.template, said.values)


@given(WORDS)
def test_plain_words_stay_as_they_are(words):
    assert told(kept(words)) == words


def test_what_is_put_in_is_no_template():
    hostile = "{size} {0} %(n)s {"
    said = Sentence("{host} sent {size} bytes.", host=hostile, size=1204)
    assert said == "{size} {0} %(n)s { sent 1,204 bytes."
    assert Sentence("Nothing is put in {here}.") == "Nothing is put in {here}."


def test_an_error_is_its_sentence():
    error = TryLater("{host} asks us to slow down.", 7, host="fedi.example")
    assert str(error) == "fedi.example asks us to slow down."
    assert error.at == 7
    outer = GiveUp("{why} Begin again.", why=error.why)
    assert str(outer) == "fedi.example asks us to slow down. Begin again."
    assert outer.why.values["why"].template == "{host} asks us to slow down."
    assert pickle.loads(pickle.dumps(outer.why)).template == "{why} Begin again."  # noqa: S301  our own

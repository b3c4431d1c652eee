"""A bigger model behind an endpoint: what is sent, what is believed, and the test it must pass."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.language import Utterance, labelled, read
from twoway.language.evaluation import Labelled, assess
from twoway.language.model.assessor import shipped
from twoway.language.model.kinds import KINDS
from twoway.language.plugins.endpoint import AT_ONCE, Endpoint
from twoway.language.plugins.trial import admit
from twoway.language.surface import look

POSTS = labelled.posts("first", "tuning")


def _saying(content):
    return {"choices": [{"message": {"role": "assistant", "content": content}}]}


def _knowing(bodies=None):
    """A model that knows the labels, and keeps what it was sent."""
    truth = {look(post.text).linkless: post.kinds for post in POSTS}

    def ask(body):
        if bodies is not None:
            bodies.append(body)
        texts = json.loads(body["messages"][1]["content"])
        posts = [{"kinds": dict.fromkeys(truth[text], 0.95), "tone": 0.5} for text in texts]
        return _saying(json.dumps({"posts": posts}))

    return ask


def test_reads_as_the_model_behind_it_says():
    answer = {"posts": [{"kinds": {"question": 0.9, "praise": 0.8}, "tone": 0.7}]}
    (reading,) = read(
        [Utterance(text="Lovely! When do you open?", language="en")],
        assessor=Endpoint(lambda _: _saying(json.dumps(answer)), "large 3"),
    )
    assert {kind.name for kind in reading.theirs if kind.holds} == {"question", "praise"}
    assert reading.tone == 0.7


def test_sends_few_posts_at_once_and_nothing_but_their_text():
    bodies = []
    assess(Endpoint(_knowing(bodies), "large 3"), POSTS[: AT_ONCE + 1])
    assert [len(json.loads(body["messages"][1]["content"])) for body in bodies] == [AT_ONCE, 1]
    assert {body["model"] for body in bodies} == {"large 3"}


def test_languages_nobody_measured_are_not_sent():
    bodies = []
    (reading,) = read(
        [Utterance(text="Kdy otevíráte v neděli", language="cs")],
        assessor=Endpoint(bodies.append, "large 3"),
    )
    assert bodies == []
    assert [kind.name for kind in reading.theirs] == ["unsure"]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        {"choices": []},
        _saying("no JSON"),
        _saying("{}"),
        _saying('{"posts": []}'),
        _saying('{"posts": [1]}'),
        _saying('{"posts": [{"kinds": {"question": 7}}]}'),
        _saying('{"posts": [{"kinds": {"question": true}}]}'),
        _saying('{"posts": [{"kinds": {"question": NaN}}]}'),
        _saying('{"posts": [{"kinds": {"question": 1}}, {"kinds": {}}]}'),
    ],
)
def test_a_bad_answer_leaves_the_post_unsure(answer):
    endpoint = Endpoint(lambda _: answer, "large 3")
    (found,) = assess(endpoint, [Labelled("Are you open?", frozenset(), "en")])
    assert [kind.name for kind in found.theirs if kind.holds] == ["unsure"]
    assert endpoint.refused == 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_no_answer_breaks_it(answer):
    (found,) = assess(
        Endpoint(lambda _: _saying(json.dumps(answer)), "large 3"),
        [Labelled("Are you open?", frozenset(), "en")],
    )
    assert found.theirs


def test_what_the_endpoint_raises_is_not_hidden():
    def ask(_):
        raise ConnectionError

    with pytest.raises(ConnectionError):
        assess(Endpoint(ask, "large 3"), [Labelled("Are you open?", frozenset(), "en")])


def test_a_good_model_is_admitted():
    verdict = admit(Endpoint(_knowing(), "large 3"), POSTS)
    assert verdict.is_admitted, verdict.failures
    assert verdict.languages == ("de", "en", "es", "fr", "it", "pt")


def test_the_shipped_model_passes_its_own_test():
    assert admit(shipped(), POSTS).is_admitted


def test_a_model_that_boasts_is_not_admitted():
    def ask(body):
        texts = json.loads(body["messages"][1]["content"])
        return _saying(json.dumps({"posts": [{"kinds": dict.fromkeys(KINDS, 0.95)}] * len(texts)}))

    verdict = admit(Endpoint(ask, "boaster"), POSTS[:200])
    assert not verdict.is_admitted
    assert any("chances" in failure for failure in verdict.failures)

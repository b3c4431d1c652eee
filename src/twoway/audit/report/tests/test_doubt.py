"""What a shown post was taken for stands below it in every form, with its certainty and its reasons."""

from dataclasses import replace

import pytest

from twoway.audit.findings import TakenFor
from twoway.audit.report import doubt, html, json, markdown, redaction, terminal
from twoway.audit.report.tests import samples

REPORT = samples.with_peers(2)


def taken(*kinds, ours=False):
    return doubt.taken_for(replace(samples.said(1, ours=ours), taken_for=kinds))


def test_it_says_how_surely_and_because_of_what():
    sure = TakenFor(kind="question", certainty=0.96, why=("?", "open"))
    half = TakenFor(kind="complaint", certainty=0.55)
    assert taken(sure) == "Surely a question, because of “?” and “open”."
    assert taken(sure, half) == "Surely a question, because of “?” and “open”; likely a complaint."


def test_doubt_is_said_as_doubt():
    unsure = TakenFor(kind="unsure", certainty=0.4, why=("late",))
    assert taken(unsure) == "Unclear whether it calls for an answer, because of “late”."


def test_what_a_teammate_decided_needs_no_reason():
    assert taken(TakenFor(kind="praise", certainty=1.0, is_decided=True)) == (
        "Praise, as a teammate decided."
    )


def test_nothing_is_said_of_what_only_informs():
    assert taken(TakenFor(kind="information", certainty=0.9), ours=True) == ""
    assert taken() == ""


@pytest.mark.parametrize(
    "form", [html, markdown, terminal], ids=lambda form: form.__name__.split(".")[-1]
)
def test_every_form_shows_it(form):
    said = " ".join(form.render(REPORT).replace("> ", "").split())
    assert "Surely a question, because of “?” and “open”." in said
    assert "A question, as a teammate decided." in said


def test_programs_get_numbers_and_words():
    again = json.read(json.render(REPORT).encode(), "report.json")
    (post, *_) = again.accounts[0].advice[0].evidence
    assert [one.kind for one in post.taken_for] == ["complaint", "question"]
    assert '"in_words": "very likely"' in json.render(REPORT)


def test_a_word_that_was_redacted_is_no_reason_any_more():
    post = samples.said(1, text="Is Anna's shop open, @tomasz_w?")
    post = replace(
        post,
        taken_for=(TakenFor(kind="question", certainty=0.9, why=("open", "tomasz_w", "?")),),
    )
    figure = samples.share("reply_share", "Reply share", 3, 9, evidence=(post,))
    made = redaction.redact(samples.report(samples.account(measures=(figure,), advice=())))
    (shown,) = made.accounts[0].measures[0].evidence
    assert shown.taken_for[0].why == ("open", "?")

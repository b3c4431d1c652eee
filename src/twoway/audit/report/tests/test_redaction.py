"""A report for sharing names nobody outside the organisation and links to none of their posts."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.audit.report import html, json, markdown, redaction, terminal
from twoway.audit.report.tests import samples

REPORT = samples.with_peers(2)
OUTSIDERS = ("mira.holt", "tomasz_w", "layla.h", "chen_wei")
FORMS = (html, json, markdown, terminal)


def of_texts(*texts, ours=True):
    posts = tuple(samples.said(place, ours=ours, text=text) for place, text in enumerate(texts))
    figure = samples.share("reply_share", "Reply share", 3, 9, evidence=posts)
    made = redaction.redact(
        samples.report(samples.account(measures=(figure,), advice=(), audience=()))
    )
    return [post.text for post in made.accounts[0].measures[0].evidence]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__.split(".")[-1])
def test_no_form_names_or_links_anybody(form):
    said = form.render(redaction.redact(REPORT)).lower()
    for name in OUTSIDERS:
        assert name not in said
        assert name.replace("_", "\\_") not in said
    assert set(re.findall(r"social\.example/@([\w.]+)", said)) <= {"harbourandpine"}
    assert "a person, a" in said
    assert "harbourandpine" in said


def test_the_same_person_has_the_same_initials_everywhere():
    made = redaction.redact(REPORT).accounts[0]
    first = made.advice[0].evidence[0]
    again = next(f for f in made.measures if f.id == "left_unanswered").evidence[0]
    assert (first.author, first.post) == (again.author, again.post)
    assert first.text == samples.LONG


def test_what_leads_to_people_leaves_our_texts():
    assert of_texts(
        "@tomasz_w@other.example Hi Tomasz, see https://elsewhere.example/p/1",
        "Thanks, Mira! Write to ann.lee@mail.example or call +44 20 7946 0018.",
        "New at https://www.harbourandpine.example/boots, says @harbourandpine",
        "Order 20418 left on 12 February.",
    ) == [
        "@someone Hi …, see [link]",
        "Thanks, …! Write to [mail address] or call [number].",
        "New at https://www.harbourandpine.example/boots, says @harbourandpine",
        "Order 20418 left on 12 February.",
    ]  # fmt: skip


def test_links_leave_what_others_say():
    assert of_texts(
        "Look: https://www.harbourandpine.example/x and www.me.example", ours=False
    ) == ["Look: [link] and [link]"]


def test_posts_of_ours_that_name_somebody_are_not_linked():
    made = redaction.redact(REPORT).accounts[0]
    replied, plain = made.measures[0].evidence[0], made.advice[1].evidence[0]
    assert replied.address is None
    assert plain.address is not None
    answers = [post for post in made.glance if post.what in ("answer", "share")]
    assert answers
    assert all(post.address is None for post in answers)


def test_the_reader_is_told_what_redaction_cannot_do():
    assert redaction.redact(REPORT).notes[-1] == redaction.NOTE


handles = st.from_regex(r"[a-z][a-z0-9_.]{3,20}[a-z0-9]", fullmatch=True)


@given(handle=handles, before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_handle_leaves_whatever_stands_around_it(handle, before, after):
    post = replace(samples.said(0, text=f"{before} @{handle} {after}"), author="somebody")
    figure = samples.share("reply_share", "Reply share", 3, 9, evidence=(post,))
    made = redaction.redact(samples.report(samples.account(measures=(figure,))))
    text = made.accounts[0].measures[0].evidence[0].text
    assert (
        not re.search(rf"(?<![\w.])@{re.escape(handle)}(?!\w)", text) or handle == "harbourandpine"
    )

"""Words that somebody wrote come back to them, whatever kept them from being sent."""

from django.test import Client
from django.urls import reverse

from twoway.desk.pages.tests.conftest import stranger

WORDS = "Two more buses in the morning, </textarea> from Wednesday on."
SAFE = "Two more buses in the morning, &lt;/textarea&gt; from Wednesday on."


def test_whoever_was_signed_out_gets_their_words_back_and_a_way_in(world):
    page = reverse("conversation", args=[world.talk.pk])
    answer = stranger().post(
        reverse("answer", args=[world.talk.pk]), {"text": WORDS},
        headers={"referer": f"http://testserver{page}"},
    )  # fmt: skip
    shown = answer.content.decode()
    assert answer.status_code == 401
    assert SAFE in shown
    assert f"?next={page.replace('/', '%2F')}" in shown or f"?next={page}" in shown


def test_a_stranger_s_page_is_no_place_to_go_on(world):
    answer = stranger().post(
        reverse("answer", args=[world.talk.pk]), {"text": WORDS},
        headers={"referer": "http://elsewhere.example/conversation/1/"},
    )  # fmt: skip
    assert "elsewhere" not in answer.content.decode()


def test_a_form_that_is_too_old_gives_the_words_back(world):
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client("voice").cookies
    answer = client.post(reverse("answer", args=[world.talk.pk]), {"text": WORDS})
    assert answer.status_code == 403
    assert SAFE in answer.content.decode()
    assert "Nothing was sent" in answer.content.decode()


def test_what_is_refused_is_given_back(world):
    client = world.client("voice")
    given = {"email": "nobody", "text": "When do the spare buses come?"}
    answer = client.post(reverse("ask_expert", args=[world.talk.pk]), given, follow=True)
    shown = answer.content.decode()
    assert "“nobody” is no e-mail address." in shown
    assert "You had written: “When do the spare buses come?”" in shown


def test_an_address_for_forms_alone_is_a_page_all_the_same(world):
    answer = world.client("voice").get(reverse("answer", args=[world.talk.pk]))
    assert answer.status_code == 405
    assert "This is not here." in answer.content.decode()


def test_enter_in_a_field_of_one_line_sends_nothing_and_takes_nothing_away(world):
    client = world.client("admin")
    for page, form, does in (
        (reverse("conversation", args=[world.talk.pk]), 'id="answer-form"', 'value="draft"'),
        (reverse("our_turn"), '<fieldset class="bulk">', 'value="tag"'),
    ):
        shown = client.get(page).content.decode().partition(form)[2]
        assert does in shown[shown.index("<button") :].partition(">")[0], form

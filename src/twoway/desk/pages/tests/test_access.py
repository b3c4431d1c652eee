"""Who may open what: every address, every role, strangers, and another organisation."""

import pytest
from django.urls import reverse

from twoway.desk.pages.tests.addresses import VIEWS, WAYS_IN, names
from twoway.desk.pages.tests.conftest import stranger
from twoway.desk.team.models import ROLES

by_name = pytest.mark.parametrize("view", VIEWS, ids=[view.name for view in VIEWS])


def test_every_address_is_looked_at_here():
    assert names() - WAYS_IN == {view.name for view in VIEWS}


@by_name
def test_a_role_opens_what_it_may_and_nothing_more(view, world):
    for role in ROLES:
        said = view.ask(world.client(role), world).status_code
        if ROLES.index(role) < ROLES.index(view.role):
            assert said in {403, 404}, role
        else:
            assert said in view.says, role


@by_name
def test_a_stranger_is_sent_to_sign_in(view, world):
    answer = view.ask(stranger(), world)
    if view.method == "post":
        assert answer.status_code == 401
        assert f'href="{reverse("account_login")}?next=' in answer.content.decode()
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "view", [v for v in VIEWS if v.belongs_to_one], ids=[v.name for v in VIEWS if v.belongs_to_one]
)
def test_another_organisation_finds_nothing(view, world, elsewhere):
    answer = view.ask(elsewhere.client("admin"), world)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "view",
    [v for v in VIEWS if v.method == "post"],
    ids=[v.name for v in VIEWS if v.method == "post"],
)
def test_a_form_without_its_token_changes_nothing(view, world):
    assert view.ask(world.client("admin", checks_tokens=True), world).status_code == 403


@pytest.mark.parametrize(
    "view",
    [v for v in VIEWS if v.method == "post"],
    ids=[v.name for v in VIEWS if v.method == "post"],
)
def test_a_link_cannot_do_what_a_form_does(view, world):
    answer = world.client("admin").get(reverse(view.name, args=view.make(world)))
    assert answer.status_code == 405


def test_a_part_asked_for_by_a_stranger_is_no_sign_in_page(world):
    address = reverse("draft", args=[world.talk.pk])
    answer = stranger().post(address, {"text": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 401


def test_who_was_let_go_finds_the_door_closed(world):
    client = world.client("voice")
    assert client.get("/").status_code == 200
    world.mates["voice"].is_active = False
    world.mates["voice"].save()
    assert client.get("/").status_code == 302


def test_teammates_of_another_organisation_cannot_be_given_work(world, elsewhere):
    to = elsewhere.mates["voice"].pk
    for name, sends in (("assign", {"to": to}), ("hand_over", {"to": to, "word": "x"})):
        address = reverse(name, args=[world.talk.pk])
        assert world.client("admin").post(address, sends).status_code == 404
    world.talk.refresh_from_db()
    assert world.talk.assignee_id is None


def test_a_post_of_another_organisation_cannot_be_answered(world, elsewhere):
    client = world.client("voice")
    client.post(
        reverse("answer", args=[world.talk.pk]), {"text": "hello", "answers": elsewhere.theirs.pk}
    )
    assert not elsewhere.talk.entries.exists()
    assert world.talk.entries.get().answers.organisation_id == world.organisation.pk

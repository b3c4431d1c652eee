"""Whoever founds a desk or joins one is in at once, and each way in opens only once."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.urls import reverse

from twoway.desk.clock import DAY, now
from twoway.desk.pages.tests.conftest import stranger
from twoway.desk.team import services
from twoway.desk.team.models import Organisation

PASSWORD = "a sentence is a good password"


def test_the_first_teammate_is_in_at_once(db):  # noqa: ARG001  the database must be there
    address = reverse("begin", args=[services.make_first_token()])
    client = stranger()
    sends = {
        "organisation": "Larkway Buses", "name": "Ana", "email": "ana@larkway.example", "password": PASSWORD,
    }  # fmt: skip
    client.post(address, sends)
    assert "Ana" in client.get(reverse("welcome")).content.decode()
    places = client.get(
        reverse("usersessions_list"), headers={"user-agent": "Firefox"}
    ).content.decode()
    assert 'class="tag">here' in places
    assert "was used" in stranger().get(address).content.decode()


def test_who_founds_a_desk_sits_in_the_zone_of_their_browser(db):  # noqa: ARG001  the database must be there
    for zone, kept in (("Europe/Berlin", "Europe/Berlin"), ("Nowhere/Atall", "UTC")):
        Organisation.objects.all().delete()
        address = reverse("begin", args=[services.make_first_token()])
        given = {
            "organisation": "Larkway Buses", "name": "Ana", "email": f"{len(zone)}@larkway.example",
            "password": PASSWORD, "time_zone": zone,
        }  # fmt: skip
        assert stranger().post(address, given).status_code == 303
        assert Organisation.objects.get().time_zone == kept


def test_a_desk_where_nobody_works_yet_says_where_to_begin(db):  # noqa: ARG001  the database must be there
    shown = stranger().get("/").content.decode()
    assert "Nobody works here yet." in shown
    services.make_first_token()
    shown = stranger().get(reverse("begin", args=["not-the-one"])).content.decode()
    assert "Start the desk anew" in shown
    assert reverse("account_login") not in shown


def test_a_colleague_who_was_invited_is_in_at_once(world):
    token = services.invite(world.mates["admin"], "ben@larkway.example", "voice")
    client, address = stranger(), reverse("join", args=[token])
    client.post(address, {"name": "Ben", "password": PASSWORD})
    shown = client.get(reverse("welcome")).content.decode()
    assert "Ben" in shown
    assert "See who waits" in shown
    assert "Connect one channel" not in shown, "a voice cannot"
    assert "was used" in stranger().get(address).content.decode()


def test_a_wrong_password_is_said_in_the_desk_s_words(db):  # noqa: ARG001  the database must be there
    given = {"login": "ana@larkway.example", "password": "not this one, surely"}
    shown = stranger().post(reverse("account_login"), given).content.decode()
    assert "This e-mail address and this password do not belong together." in shown


def test_the_picture_for_an_app_stays_dark_on_light(world):
    token = services.invite(world.mates["admin"], "ben@larkway.example", "voice")
    client = stranger()
    client.post(reverse("join", args=[token]), {"name": "Ben", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    shown = client.get(reverse("mfa_activate_totp")).content.decode()
    assert '<p class="qr"><img src="data:image/svg' in shown
    looks = Path(finders.find("desk/controls.css")).read_text("utf-8")
    assert ".qr img { background: oklch(1 0 0);" in looks


def test_a_fault_of_ours_is_said_in_the_reader_s_language(world, monkeypatch):
    def fails(*_):
        raise RuntimeError

    client = world.client("voice")
    client.raise_request_exception = False
    monkeypatch.setattr("twoway.desk.pages.people.views.queries.people_for_observer", fails)
    answer = client.get(reverse("people"), headers={"accept-language": "de"})
    assert answer.status_code == 500
    assert "Bei uns ist etwas kaputtgegangen." in answer.content.decode()


def test_the_trail_names_whom_a_deed_was_about_and_no_numbers(world):
    admin = world.mates["admin"]
    services.change_role(admin, world.mates["suggests"].pk, "observer")
    by = world.mates["voice"]
    services.record(by, "promised", "conversation", world.talk.pk, due_at=now() + DAY)
    shown = world.client("admin").get(reverse("trail")).content.decode()
    assert "watch" in shown
    assert "until tomorrow" in shown
    assert "due_at" not in shown
    assert f"conversation {world.talk.pk}" not in shown

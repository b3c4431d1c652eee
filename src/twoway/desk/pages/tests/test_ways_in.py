"""Whoever founds a desk or joins one is in at once, and each way in opens only once."""

import re
from pathlib import Path

from allauth import urls as allauth_urls
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.staticfiles import finders
from django.template.loader import get_template
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


def test_no_page_of_the_library_s_own_is_shown(db):  # noqa: ARG001  the database must be there
    """Each page that allauth draws has our words, or is not here: nobody chooses an address or joins there."""
    shown = [
        (pattern.name, pattern.callback.view_class.template_name)
        for pattern in every(allauth_urls.urlpatterns)
        if getattr(getattr(pattern.callback, "view_class", None), "template_name", None)
    ]
    theirs = [
        name for name, template in shown if "allauth" in Path(get_template(template).origin.name).parts
        and "sign_in" not in Path(get_template(template).origin.name).parts
    ]  # fmt: skip
    assert set(theirs) == {
        "account_signup", "account_email", "account_set_password", "account_confirm_login_code",
        "account_confirm_email", "mfa_download_recovery_codes",
    }  # fmt: skip


def every(patterns):
    for pattern in patterns:
        yield from every(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]


def test_pages_that_this_desk_has_no_use_for_are_not_here(world):
    client = world.client("voice")
    for name in ("account_email", "account_set_password", "account_confirm_login_code"):
        assert client.get(reverse(name)).status_code == 404
    assert client.get(reverse("account_confirm_email", args=["key"])).status_code == 404
    assert "by invitation" in stranger().get(reverse("account_signup")).content.decode()


def test_who_cannot_get_in_chooses_a_new_password_by_letter(world, mailoutbox):
    ben = world.mates["voice"]
    for email in (ben.email, "nobody@larkway.example"):
        stranger().post(reverse("account_reset_password"), {"email": email})
    letter, to_nobody = mailoutbox
    assert (letter.subject, letter.to) == ("A new password for your desk", [ben.email])
    assert "your password stays as it is" in letter.body
    assert "nobody signs in at the desk with this address" in to_nobody.body
    client, (link,) = stranger(), re.findall(r"http://[^/]+(/\S+)", letter.body)
    form = client.get(link)["Location"]
    client.post(form, {"password1": "another good sentence", "password2": "another good sentence"})
    given = {"login": ben.email, "password": "another good sentence"}
    assert client.post(reverse("account_login"), given)["Location"] == "/"
    assert "This link leads nowhere any more." in stranger().get(link).content.decode()


def test_recovery_codes_are_shown_to_be_put_away(world):
    token = services.invite(world.mates["admin"], "ben@larkway.example", "voice")
    client = stranger()
    client.post(reverse("join", args=[token]), {"name": "Ben", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "This code does not fit" in wrong
    code = format_hotp_value(hotp_value(form.secret, next(yield_hotp_counters_from_time())))
    shown = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True).content.decode()
    assert shown.count("<li><code>") == 10


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

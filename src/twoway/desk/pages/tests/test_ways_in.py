"""Whoever founds a desk or joins one is in at once, and each way in opens only once."""

from django.urls import reverse

from twoway.desk.pages.tests.conftest import stranger
from twoway.desk.team import services

PASSWORD = "a sentence is a good password"


def test_the_first_teammate_is_in_at_once(db):  # noqa: ARG001  the database must be there
    address = reverse("begin", args=[services.make_first_token()])
    client = stranger()
    sends = {
        "organisation": "Larkway Buses", "name": "Ana", "email": "ana@larkway.example", "password": PASSWORD,
    }  # fmt: skip
    client.post(address, sends)
    assert "Ana" in client.get(reverse("welcome")).content.decode()
    assert "was used" in stranger().get(address).content.decode()


def test_a_colleague_who_was_invited_is_in_at_once(world):
    token = services.invite(world.mates["admin"], "ben@larkway.example", "voice")
    client, address = stranger(), reverse("join", args=[token])
    client.post(address, {"name": "Ben", "password": PASSWORD})
    assert "Ben" in client.get(reverse("welcome")).content.decode()
    assert "was used" in stranger().get(address).content.decode()

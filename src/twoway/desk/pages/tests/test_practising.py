"""One desk lives in one practice town, chosen from a list."""

import pytest
from django.urls import reverse

from twoway.desk.channels.models import Channel


@pytest.fixture
def admin(world, tmp_path, monkeypatch):
    monkeypatch.setenv("TWOWAY_HOME", str(tmp_path))
    Channel.objects.all().delete()
    return world.client("admin")


def _connect(admin, **given):
    address = reverse("connect", args=["practice"])
    return admin.post(address, given, follow=True).content.decode()


def test_towns_are_offered_by_what_people_call_them(admin):
    shown = admin.get(reverse("connect", args=["practice"])).content.decode()
    assert '<option value="transport" selected>a bus company</option>' in shown
    assert "town_hall" not in shown.replace('value="town_hall"', "")


def test_a_second_town_is_refused_and_the_first_may_live_faster(admin):
    _connect(admin, setting="museum")
    (channel,) = Channel.objects.all()
    assert "practises in another town already" in _connect(admin, setting="shop")
    assert "practises in another town" not in _connect(admin, setting="museum", speed="200")
    assert [one.handle for one in Channel.objects.all()] == [channel.handle]

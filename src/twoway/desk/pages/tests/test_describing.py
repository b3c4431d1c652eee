"""Who we are, told to networks that fetch it before they let anybody in."""

import pytest
from django.urls import reverse

from twoway.desk.pages.tests.conftest import stranger

pytestmark = pytest.mark.django_db


def test_a_desk_with_a_public_address_describes_itself_to_bluesky():
    answer = stranger().get("/bluesky-client.json", secure=True)
    told = answer.json()
    assert told["client_id"] == "https://testserver/bluesky-client.json"
    back = reverse("connected", args=["bluesky"])
    assert told["redirect_uris"] == [f"https://testserver{back}"]


@pytest.mark.parametrize("name", ["practice", "nowhere"])
def test_there_is_nothing_to_describe_to_others(name):
    assert stranger().get(f"/{name}-client.json", secure=True).status_code == 404


def test_without_encryption_nobody_is_sent_back():
    assert stranger().get("/bluesky-client.json").status_code == 404

"""Pictures of posts and people come from here, to whom they may, as the pictures they are."""

import pytest
from django.urls import reverse

from twoway.desk.clock import now
from twoway.desk.inbox.models import Post
from twoway.desk.pages.tests.conftest import HOSTILE, PNG
from twoway.desk.pictures import services
from twoway.desk.pictures.models import Picture


def page(world):
    address = reverse("conversation", args=[world.talk.pk])
    return world.client("observer").get(address).content.decode()


@pytest.fixture
def kept(world, monkeypatch):
    """Fetch a post's picture, as a worker does, and return its address."""
    monkeypatch.setattr(services, "is_too_wide", lambda _content: False)
    address = reverse("picture", args=[world.theirs.pk, 0])
    assert world.client("observer").get(address).status_code == 202
    for one in services.wanted(5):
        assert services.keep(one, PNG)
    return address


def test_a_page_names_no_server_but_ours(world):
    shown = page(world)
    assert f'<img src="{reverse("picture", args=[world.theirs.pk, 0])}?v=' in shown
    assert f'<img src="{reverse("face", args=[world.theirs.account_id])}?v=' in shown
    assert "pictures.example" not in shown


def test_a_picture_has_its_description(world):
    assert HOSTILE not in page(world)
    assert page(world).count('alt="&lt;script&gt;alert(1)') == 2


def test_a_picture_is_shown_as_one_and_nothing_else(world, kept):
    answer = world.client("observer").get(kept)
    assert (answer.status_code, answer.content) == (200, PNG)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"].startswith("private")


def test_a_picture_of_a_post_that_was_taken_down_is_gone(world, kept):
    Post.objects.filter(pk=world.theirs.pk).update(deleted_at=now())
    assert world.client("admin").get(kept).status_code == 404
    assert services.purge() == 1
    assert not Picture.objects.exists()


def test_what_is_not_to_be_had_leaves_its_description(world):
    client, address = world.client("observer"), reverse("face", args=[world.theirs.account_id])
    assert client.get(address).status_code == 202
    for one in services.wanted(5):
        services.refuse(one)
    answer = client.get(address)
    assert (answer.status_code, answer.content) == (204, b"")


def test_there_are_no_pictures_but_those_of_the_post(world):
    address = reverse("picture", args=[world.theirs.pk, 1])
    assert world.client("admin").get(address).status_code == 404

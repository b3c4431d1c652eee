"""Accounts that speak for us without being connected: looked up at the network, named, let go."""

import re

import pytest
from django.urls import reverse

from twoway.connectors.credentials import Store
from twoway.connectors.interface import Credentials
from twoway.desk.channels.models import OwnAccount
from twoway.desk.clock import now
from twoway.desk.inbox.models import Post
from twoway.desk.people.models import Account
from twoway.desk.team.models import Event
from twoway.practice.living.town import Town


@pytest.fixture
def town(world, tmp_path):
    """A practice town to which the world's channel has the key."""
    store, us = Store(), world.channel.remote_id
    given = Credentials(
        network="practice", account=us, handle="us", server=str(tmp_path / "town.sqlite"),
        secrets={"setting": "transport", "seed": "5"},
    )  # fmt: skip
    store.save(given, now())
    yield Town(seed=5)
    store.forget("practice", us)


def look_up(world, handle):
    address = reverse("find_own_account", args=[world.channel.pk])
    return world.client("admin").post(address, {"handle": handle}, follow=True).content.decode()


def seal_of(page):
    return re.search(r'name="seal" value="([^"]+)"', page)[1]


def keep(world, seal, role="admin"):
    address = reverse("keep_own_account", args=[world.channel.pk])
    sent = {"seal": seal, "teammate": world.mates["voice"].pk}
    return world.client(role).post(address, sent, follow=True).content.decode()


def test_an_account_found_at_the_network_speaks_for_us_until_it_is_let_go(world, town):
    person = town.newcomer(7)
    account = Account.objects.filter(organisation=world.organisation).first()
    Account.objects.filter(pk=account.pk).update(remote_id=person.id)
    shown = look_up(world, f"@{person.handle}")
    assert person.handle in shown
    assert not OwnAccount.objects.exists()
    assert "counts as ours from now on" in keep(world, seal_of(shown))
    assert OwnAccount.objects.get().teammate == world.mates["voice"]
    assert Post.objects.filter(account=account, is_ours=True).count() == 2
    assert "speaks for us already" in look_up(world, person.handle)
    world.client("admin").post(reverse("drop_own_account", args=[OwnAccount.objects.get().pk]))
    assert not Post.objects.filter(account=account, is_ours=True).exists()
    told = Event.objects.filter(thing="own account").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["noted an own account", "let an own account go"]


@pytest.mark.usefixtures("town")
def test_whom_the_network_does_not_know_is_not_kept(world):
    assert "Nobody in the practice network" in look_up(world, "@nobody9")
    assert "Write the handle" in look_up(world, " ")


def test_nobody_is_kept_whom_the_network_was_not_asked_about(world, elsewhere, town):
    seal = seal_of(look_up(world, town.newcomer(7).handle))
    assert "once more" in keep(world, f"{seal}x")
    address = reverse("keep_own_account", args=[elsewhere.channel.pk])
    elsewhere.client("admin").post(address, {"seal": seal})
    assert not OwnAccount.objects.exists()

"""Who reads an answer and what it warns of: chosen where the network lets us, kept with the draft."""

from dataclasses import replace

import pytest
from django.urls import reverse

from twoway.desk.channels.models import Channel
from twoway.desk.clock import now
from twoway.desk.inbox.ingest import receive
from twoway.desk.inbox.models import Conversation
from twoway.desk.outbox.actions import of as action_of
from twoway.desk.outbox.models import Entry
from twoway.desk.pages.tests.conftest import read


def talk_on(world, network, **changed):
    """Return a conversation on a network, whose posts are changed so."""
    channel = Channel.objects.get(pk=world.channel.pk)
    channel.pk, channel.network = None, network
    channel.save()
    said = [replace(one, network=network) for one in world.records()]
    said = [replace(one, **changed) if hasattr(one, "visibility") else one for one in said]
    receive(channel, said, read=read)
    return Conversation.objects.get(organisation=world.organisation, channel=channel)


def page(world, talk):
    return world.client("admin").get(reverse("conversation", args=[talk.pk])).content.decode()


def send(world, talk, **chosen):
    client = world.client("admin")
    client.post(
        reverse("answer", args=[talk.pk]),
        {"text": "At nine.", "do": "send", "key": f"k{talk.pk}", **chosen},
    )
    return Entry.objects.get(conversation=talk)


def test_who_reads_it_is_chosen_where_the_network_has_that(world):
    talk = talk_on(world, "mastodon")
    assert 'name="visibility"' in page(world, talk)
    assert '<option value="public" selected>' in page(world, talk)
    entry = send(world, talk, visibility="private", warning="rain")
    said = action_of(entry)
    assert (said.visibility, said.content_warning) == ("private", "rain")
    shown = page(world, talk)
    assert "Only who is named can read it" in shown
    assert '<p class="warning" dir="auto">rain</p>' in shown


def test_nothing_chosen_keeps_what_is_answered(world):
    assert action_of(send(world, talk_on(world, "mastodon"))).visibility is None


def test_an_answer_is_never_wider_than_what_it_answers(world):
    talk = talk_on(world, "mastodon", visibility="followers")
    shown = page(world, talk)
    assert 'value="public"' not in shown
    assert '<option value="followers" selected>' in shown
    assert action_of(send(world, talk, visibility="public")).visibility is None


@pytest.mark.parametrize("network", ["bluesky", "practice"])
def test_nothing_is_offered_that_the_network_does_not_have(world, network):
    talk = world.talk if network == "practice" else talk_on(world, network)
    shown = page(world, talk)
    assert 'name="visibility"' not in shown
    assert 'name="warning"' not in shown
    assert "Everybody can read it" in shown
    entry = send(world, talk, visibility="private", warning="rain")
    assert "visibility" not in entry.details
    assert "content_warning" not in entry.details


def test_the_choice_is_kept_with_the_draft_and_after_an_undo(world):
    talk = talk_on(world, "mastodon")
    chosen = {"visibility": "followers", "warning": "rain"}
    world.client("admin").post(reverse("draft", args=[talk.pk]), {"text": "At nine.", **chosen})
    shown = page(world, talk)
    assert '<option value="followers" selected>' in shown
    assert 'value="rain"' in shown
    entry = send(world, talk, **chosen)
    world.client("admin").post(reverse("outgoing", args=[entry.pk]), {"do": "cancel"})
    shown = page(world, talk)
    assert '<option value="followers" selected>' in shown
    assert 'value="rain"' in shown


def test_how_people_like_them_were_answered_stands_beside_the_composer(world):
    client = world.client("voice")
    other = talk_on(world, "mastodon")
    send(world, other)
    send(world, talk_on(world, "bluesky", text="What a lovely day at the harbour."))
    address = reverse("similar", args=[world.talk.pk])
    assert "Nothing like it" in client.get(address).content.decode()
    Entry.objects.update(state="sent", sent_at=now())
    for headers in ({}, {"HX-Request": "true"}):
        shown = client.get(address, headers=headers).content.decode()
        assert "At nine." in shown
        assert reverse("conversation", args=[other.pk]) in shown
        assert "lovely" not in shown
    assert "At nine." not in client.get(reverse("similar", args=[other.pk])).content.decode()

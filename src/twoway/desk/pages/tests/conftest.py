"""Two organisations on one desk, colleagues of every role, and people who write hostile words."""

import copy
from functools import cache

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler

from twoway.core.accounts import Account
from twoway.core.posts import Media, Mention, Post
from twoway.core.readings import Kind, Reading
from twoway.desk.channels.models import Channel, Voice
from twoway.desk.clock import DAY, HOUR, now
from twoway.desk.inbox.ingest import receive
from twoway.desk.inbox.models import Conversation
from twoway.desk.inbox.models import Post as Stored
from twoway.desk.outbox import attaching
from twoway.desk.outbox import services as outbox
from twoway.desk.outbox.models import Attachment
from twoway.desk.people import services as people
from twoway.desk.team.models import ROLES, Organisation, Team, Teammate

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>'\"></textarea></title>{{ 7*7 }}{% now %}"
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)


def read(utterances):
    """Every text is a question, in no language in particular."""
    for _ in utterances:
        yield Reading(theirs=(Kind("question", 0.95, holds=True),), ours=(), language="en")


class World:
    """One organisation with a channel, a colleague of every role, and a hostile conversation."""

    def __init__(self, name):
        self.organisation = Organisation.objects.create(name=f"{name} {HOSTILE}", founded_at=0)
        self.team = Team.objects.create(
            organisation=self.organisation, name=HOSTILE[:100], time_zone="Europe/Berlin",
            hours=[[0, 480, 1080]], answer_within=240,
        )  # fmt: skip
        self.mates = {
            role: Teammate.objects.create(
                organisation=self.organisation, name=f"{role} {HOSTILE}"[:100], role=role,
                email=f"{role}@{name.lower()}.example", team=self.team,
            )
            for role in ROLES
        }  # fmt: skip
        self.channel = Channel.objects.create(
            organisation=self.organisation, network="practice", remote_id=f"us-{name}", state="working",
            handle=HOSTILE, name=HOSTILE, purpose=HOSTILE, connected_at=now() - 30 * DAY,
        )  # fmt: skip
        for mate in self.mates.values():
            Voice.objects.create(
                organisation=self.organisation,
                channel=self.channel,
                teammate=mate,
                signature="– <b>A",
            )
        receive(self.channel, self.records(), read=read)
        self.talk = Conversation.objects.get(organisation=self.organisation)
        self.theirs = Stored.objects.filter(organisation=self.organisation, is_ours=False).latest(
            "pk"
        )
        self.person = self.talk.person

    def records(self):
        """Return a thread of theirs with everything a network can say, all of it hostile."""
        us, them = self.channel.remote_id, HOSTILE
        at = now() - 5 * HOUR
        yield Account(
            network="practice", id=them, handle=HOSTILE, name=HOSTILE, biography=HOSTILE,
            site="javascript:alert(3)", avatar="https://pictures.example/face", followers=41_000,
        )  # fmt: skip
        shared = {
            "network": "practice", "author": them, "text": HOSTILE, "language": '"><script>',
            "mentions": (Mention(us),),
            "media": (Media("<b>image", HOSTILE, "https://pictures.example/1'\"><script>"),),
        }  # fmt: skip
        yield Post(id="root", said_at=at, address="javascript:alert(5)", **shared)
        yield Post(id="<i>second", said_at=at + 1, parent="root", root="root", **shared)

    def client(self, role, *, checks_tokens=False):
        client = stranger(checks_tokens=checks_tokens)
        client.force_login(self.mates[role], backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    def entry(self, role="voice"):
        return outbox.answer(
            self.mates[role], self.talk.pk, outbox.Words(text=HOSTILE, wants_approval=True)
        )

    def ours(self):
        """Return an answer of ours that stands at the network."""
        said = Post(
            network="practice", id="our answer", author=self.channel.remote_id, said_at=now(),
            text="At nine.", parent="<i>second", root="root", parent_author=HOSTILE,
        )  # fmt: skip
        receive(self.channel, [said], read=read)
        return Stored.objects.get(organisation=self.organisation, remote_id="our answer")

    def picture(self, role="voice"):
        return attaching.attach(self.mates[role], self.talk.pk, HOSTILE, PNG, HOSTILE)

    def note_on_person(self):
        people.note(self.mates["voice"], self.person.pk, HOSTILE)


def stranger(*, checks_tokens=False):
    """Return a browser; all share one stack of middleware, which takes 12 ms to build."""
    client = Client(enforce_csrf_checks=checks_tokens)
    client.handler = _handler(checks_tokens)
    return client


@cache
def _handler(checks_tokens):
    return ClientHandler(enforce_csrf_checks=checks_tokens)


@pytest.fixture(scope="module")
def _worlds(django_db_setup, django_db_blocker):  # noqa: ARG001  the database must be there
    """Make both organisations once for all tests of a file; each test takes back what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World("Larkway"), World("Fern")
        transaction.set_rollback(True)


@pytest.fixture
def world(_worlds, db):  # noqa: ARG001  what a test changes is taken back
    return copy.deepcopy(_worlds[0])


@pytest.fixture
def elsewhere(_worlds, db):  # noqa: ARG001  what a test changes is taken back
    return copy.deepcopy(_worlds[1])


__all__ = ["HOSTILE", "PNG", "Attachment", "World", "stranger"]

"""A museum with a channel and three colleagues, and another organisation beside it."""

from itertools import count

import pytest

from twoway.core.posts import Mention, Post
from twoway.core.readings import Kind, Reading
from twoway.desk import clock
from twoway.desk.channels.models import Channel
from twoway.desk.inbox.ingest import receive
from twoway.desk.inbox.models import Conversation
from twoway.desk.team.models import Organisation, Teammate


def read(utterances):
    """Read by the sign at the end: "?" asks, "!" complains, "~" is unsure, "…" promises."""
    signs = {
        "?": ("question", "asks"),
        "!": ("complaint", "information"),
        "~": ("unsure", "information"),
        "…": ("statement", "promise"),
    }
    for utterance in utterances:
        theirs, ours = signs.get(utterance.text[-1:], ("statement", "information"))
        yield Reading(
            theirs=(Kind(theirs, 0.9, holds=True),),
            ours=(Kind(ours, 0.9, holds=True),),
            language="zh" if utterance.text[:1] > "一" else "en",
        )


class Museum:
    """Vera is a voice, Omar observes, Ada is the admin; `hears` and `says` are the network."""

    def __init__(self, name):
        self.organisation = Organisation.objects.create(name=name, founded_at=0)
        self.vera = self.join("Vera Lind", "voice")
        self.omar = self.join("Omar", "observer")
        self.ada = self.join("Ada", "admin")
        self.channel = self.connect("museum")
        self.numbers = count(1)
        self.at = clock.now() - clock.DAY

    def join(self, name, role):
        email = f"{name.split()[0].lower()}.{self.organisation.pk}@museum.example"
        return Teammate.objects.create(
            organisation=self.organisation, name=name, email=email, role=role
        )

    def connect(self, account):
        return Channel.objects.create(
            organisation=self.organisation, network="practice", remote_id=account, handle=account,
            connected_at=clock.now() - clock.DAY,
        )  # fmt: skip

    def post(self, author, text, to=None, **fields):
        """Return a post a minute after the last one; `to` is the post it answers."""
        self.at += clock.MINUTE
        fields = {"said_at": self.at, **fields}
        if to is not None:
            fields |= {"parent": to.id, "parent_author": to.author}
        return Post(
            network="practice", id=f"p{next(self.numbers)}", author=author, text=text, **fields
        )

    def asks(self, text, author="jonas", us="museum", **fields):
        """Somebody turns to us; return the post."""
        post = self.post(author, text, mentions=(Mention(us),), **fields)
        self.take(post)
        return post

    def answers(self, to, text, **fields):
        """We answer, from whichever client; return the post."""
        post = self.post("museum", text, to, **fields)
        self.take(post)
        return post

    def take(self, *records, **options):
        return receive(self.channel, records, read, **options)

    def talk(self, author="jonas"):
        """Return somebody's conversation with us; the latest."""
        mine = Conversation.objects.filter(organisation=self.organisation)
        return mine.filter(person__accounts__remote_id=author).latest("last_at", "pk")


@pytest.fixture
def museum(db):  # noqa: ARG001  the database must be there
    return Museum("Fern Museum")


@pytest.fixture
def neighbour(db):  # noqa: ARG001  the database must be there
    return Museum("Larkway Buses")

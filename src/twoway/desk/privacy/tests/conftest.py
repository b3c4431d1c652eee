"""The museum, to which Jonas writes much and Mira a little, and all that a desk makes of it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from twoway.connectors.interface import Page, Raw
from twoway.core.accounts import Account
from twoway.core.posts import Link, Media, Mention
from twoway.core.reactions import Reaction
from twoway.desk.channels import raw
from twoway.desk.clock import DAY, now
from twoway.desk.inbox import services as inbox
from twoway.desk.inbox.learned import folder_of
from twoway.desk.inbox.models import Post
from twoway.desk.inbox.tests.conftest import Museum
from twoway.desk.insight.models import Audit
from twoway.desk.learning.corrections import corrections_of
from twoway.desk.outbox import services as outbox
from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.states import State
from twoway.desk.people import services as people
from twoway.desk.people.models import Person
from twoway.desk.pictures.models import Picture
from twoway.language import remembering

ID = "did:made:jonas-41"
HANDLE = "@jonas.krell@garden.example"
WORDS = ("teapot", "drizzle", "heliotrope", "krell", "jonas", "garden.example")
"""What nobody else ever says: where one of them is found, something of Jonas is left."""


class Told(Museum):
    """A museum that Jonas has told everything a desk can keep; `delivered` is what networks told."""

    def __init__(self, name):
        super().__init__(name)
        self.delivered = []
        self._speak()
        self._work()

    def take(self, *records, **options):
        self.delivered += records
        return super().take(*records, **options)

    def _speak(self):
        """Jonas and Mira talk with us and with each other, in one thread and in others."""
        self.take(
            Account(
                network="practice", id=ID, handle=HANDLE, name="Jonas Krell", biography="Likes drizzle.",
                avatar="https://garden.example/face", site="https://garden.example/@jonas.krell",
            ),
            Account(network="practice", id="mira", handle="@mira@hill.example", name="Mira"),
        )  # fmt: skip
        media = (Media("image", "a teapot", "https://garden.example/1"),)
        self.first = self.asks("May I bring my teapot?", ID, media=media)
        self.answered = self.answers(
            self.first,
            "@jonas.krell Of course you may.",
            mentions=(Mention(ID),),
            root=self.first.id,
        )
        self.second = self.post(ID, "Even in a drizzle?", self.answered, root=self.first.id)
        self.miras = self.post(
            "mira", f"Same question as {HANDLE} has, and is there tea?", self.second,
            mentions=(Mention("museum"), Mention(ID)), root=self.first.id, root_author=ID,
            links=(Link("https://garden.example/@jonas.krell/7", leads_to=self.first.id),),
        )  # fmt: skip
        self.take(self.second, self.miras)
        self.third = self.asks("Is the heliotrope room open?", ID)
        self.elsewhere = self.asks(f"Ask {HANDLE}, he knows. Or do you?", "mira")
        self.take(
            Reaction(network="practice", account=ID, post=self.answered.id, kind="like", reacted_at=9),
            Reaction(network="practice", account="museum", post=self.second.id, kind="like", reacted_at=9),
        )  # fmt: skip

    def _work(self):
        """Colleagues do with Jonas whatever one can do with a person."""
        talk, jonas = self.talk(ID), self.jonas
        people.note(self.vera, jonas.pk, "Jonas has a teapot.")
        people.describe(self.ada, jonas.pk, name="Jonas of the drizzle", relation="customer")
        inbox.note(self.vera, talk.pk, "The heliotrope man.")
        inbox.tag(self.vera, talk.pk, "plants")
        said = Post.objects.get(organisation=self.organisation, remote_id=self.answered.id)
        begun = jonas.conversation_set.get(thread_id=said.thread_id)
        inbox.promise(self.vera, begun.pk, now() + DAY)
        inbox.ask_expert(
            self.vera, talk.pk, "gardener@hill.example", "Does heliotrope like drizzle?"
        )
        inbox.save_draft(self.vera, talk.pk, "Dear Jonas, heliotrope")
        sent = outbox.answer(self.ada, talk.pk, outbox.Words(text=f"{HANDLE} it is.", to=(HANDLE,)))
        Entry.objects.filter(pk=sent.pk).update(state=State.SENT, remote_id="out-1")
        held = outbox.answer(self.ada, talk.pk, outbox.Words(text="About your teapot"))
        Entry.objects.filter(pk=held.pk).update(state=State.HELD)
        for post in Post.objects.filter(organisation=self.organisation, is_ours=False):
            inbox.correct_kind(self.vera, post.pk, ["question"])
        _learn(self.organisation.pk)
        post = Post.objects.get(organisation=self.organisation, remote_id=self.first.id)
        here = {
            "organisation": self.organisation,
            "not_before": 0,
            "used_at": now(),
            "content": b"p",
        }
        Picture.objects.create(post=post, address="https://garden.example/1", **here)
        Picture.objects.create(account=post.account, address="https://garden.example/face", **here)
        report = json.dumps({"evidence": [{"said_at": self.third.said_at}], "text": "heliotrope"})
        Audit.objects.create(
            organisation=self.organisation,
            state="done",
            made_at=1,
            report=report,
        )
        Audit.objects.create(organisation=self.organisation, state="done", made_at=1, report="[5]")
        bodies = [f'{{"by": "{ID}", "text": "teapot"}}', '{"by": "mira", "text": "tea"}']
        items = [
            Raw(network="practice", kind="event", body=b.encode(), fetched_at=5) for b in bodies
        ]
        raw.keep(self.channel, "events", Page(items=tuple(items), cursor="1"))
        raw.keep(self.channel, "events", Page(items=tuple(items[:1]), cursor="2"))

    @property
    def jonas(self):
        return Person.objects.get(organisation=self.organisation, accounts__remote_id=ID)


def _learn(organisation):
    """Have what was put right lie in the folder of what was learned."""
    folder = folder_of(organisation)
    with remembering.writing(folder):
        remembering.keep(folder, corrections_of(organisation))


def everything():
    """Return all that lies in the database and beside it, as one text in lower case."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            # Of FTS5's index its own tables tell; asked itself, it holds no texts.
            if table == "inbox_post_search" and connection.vendor == "sqlite":
                continue
            cursor.execute(f'select * from "{table}"')
            told += [_text(value) for row in cursor.fetchall() for value in row]
    if connection.vendor == "sqlite":
        # Its pages as they would lie on the disk: what was freed in them, too.
        told.append(_text(connection.connection.serialize()))
    home = Path(settings.CONFIGURATION.home)
    told += [_text(path.read_bytes()) for path in home.rglob("*") if path.is_file()]
    return "\n".join(told).lower()


def _text(value):
    return (
        bytes(value).decode("utf-8", "replace")
        if isinstance(value, (bytes, memoryview))
        else str(value)
    )


@pytest.fixture
def home(settings, tmp_path):
    """Have what is learned lie in a folder of this test's own."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    return tmp_path


@pytest.fixture
def museum(db, home):  # noqa: ARG001  the database and the folder must be there
    return Told("Fern Museum")


@pytest.fixture
def neighbour(db, home):  # noqa: ARG001  the database and the folder must be there
    return Told("Larkway Buses")

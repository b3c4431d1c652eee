"""A practice town, a channel into it, and three colleagues with known rights."""

import asyncio
import time

import pytest
from asgiref.sync import async_to_sync

from twoway.desk.channels.models import Channel, Voice
from twoway.desk.clock import DAY, now
from twoway.desk.inbox import hooks
from twoway.desk.inbox.ingest import receive
from twoway.desk.inbox.models import Conversation
from twoway.desk.outbox import claiming
from twoway.desk.outbox.echo import seen_back
from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.sending import Way, send_next
from twoway.desk.outbox.states import State
from twoway.desk.team.models import Organisation, Teammate
from twoway.networks.practice.connector import PracticeConnector
from twoway.networks.practice.server import Server
from twoway.practice.living.town import Town


class Desk:
    """What a test plays with: Ana answers, Omar suggests, Ines approves; the town answers back."""

    def __init__(self, folder, speed=60):
        self.server = Server(folder / "town.sqlite", Town(seed=5, speed=speed))
        self.connector = PracticeConnector(self.server)
        self.key_lasts = None
        self.organisation = Organisation.objects.create(name="Larkway Buses", founded_at=now())
        self.ana = self.join("Ana", "voice")
        self.omar = self.join("Omar", "suggests")
        self.ines = self.join("Ines", "approver")
        self.channel = Channel.objects.create(
            organisation=self.organisation, network="practice", remote_id="us", handle="larkway",
            connected_at=now() - 30 * DAY, state="working",
        )  # fmt: skip
        Voice.objects.create(
            organisation=self.organisation,
            channel=self.channel,
            teammate=self.ana,
            signature="– Ana",
        )
        self.cursor = None
        self.fetch()

    def join(self, name, role):
        return Teammate.objects.create(
            organisation=self.organisation,
            name=name,
            email=f"{name.lower()}@larkway.example",
            role=role,
        )

    def fetch(self):
        async def pages():
            return [page async for page in self.connector.pull("events", self.cursor)]

        for page in asyncio.run(pages()):
            self.cursor = page.cursor
            receive(self.channel, [r for raw in page.items for r in self.connector.parse(raw)])

    def waiting(self):
        """Return a public conversation in which it is our turn."""
        return Conversation.objects.filter(box=1, is_private=False).order_by("rank").first()

    async def opening(self, channel):
        del channel
        return Way(self.connector, self.key_lasts)

    def undo_is_over(self):
        Entry.objects.filter(state=State.HELD).update(not_before=0)
        claiming.let_go_of_the_held(now())

    def work(self, times=1):
        """Let a worker look as often, the time for an undo being over."""
        self.undo_is_over()
        who = claiming.worker()
        return [async_to_sync(send_next)(who, self.opening) for _ in range(times)]

    def published(self, text):
        """Return the posts of ours with these words that stand in the town."""
        events = self.server.events(0, 10_000, time.time_ns() // 1000)
        return [body for _, _, body in events if text in body and '"id":"us"' in body]


@pytest.fixture
def desk(db, tmp_path, monkeypatch):  # noqa: ARG001  the database must be there
    monkeypatch.setattr(hooks, "seen_back", [seen_back])
    return Desk(tmp_path)

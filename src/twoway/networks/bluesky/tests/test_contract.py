"""Bluesky passes what every network passes, against a pretended server."""

from pathlib import Path

import pytest
from servers.jetstream import jetstream

from twoway.connectors.contract.suite import Contract
from twoway.connectors.contract.trial import Trial
from twoway.connectors.interface import Credentials, Message
from twoway.networks.bluesky.connector import NETWORK
from twoway.networks.bluesky.connector.hosts import Hosts
from twoway.networks.bluesky.connector.network import Bluesky
from twoway.networks.bluesky.tests.pretended import ANN, PER_PAGE, TEA, Pretended


class BlueskyTrial(Trial):
    network = NETWORK
    folder = Path(__file__).parents[1]
    feeds = ("notifications", "threads", "messages")
    own_feeds = ("posts",)
    payloads = Path(__file__).parent / "captured" / "answers"
    sends_to = "putRecord"
    per_page = PER_PAGE
    nobody = "nobody.test"
    stream = None

    def fake(self):
        fake = Pretended()
        if self.stream:
            fake.told = lambda event: self.stream.add(**event)
        return fake

    def credentials(self, host):
        return Credentials(
            network="bluesky",
            account=TEA,
            handle="larchtea.test",
            server=f"http://{host}",
            secrets={"kind": "password", "access": "access-token", "refresh": "refresh-token"},
        )

    def private_answer(self, post, visibility):  # noqa: ARG002  everything private is as private
        return Message(text="Between us, too.", to=ANN, conversation="convo1")

    def open(self, door, keeper):
        server = keeper.read().server
        address = self.stream.address if self.stream else "ws://127.0.0.1:9"
        hosts = Hosts(public=server, directory=server, jetstream=address, chat="did:web:chat#chat")
        return Bluesky(hosts).open(door, keeper)


@pytest.mark.slow  # a stream that fails is waited for
class TestContract(Contract):
    trial = BlueskyTrial()

    @pytest.fixture(autouse=True)
    def _stream(self, monkeypatch):
        """Let a Jetstream run beside the server, which tells what was made and deleted."""
        with jetstream() as stream:
            monkeypatch.setattr(self.trial, "stream", stream)
            monkeypatch.setenv("TWOWAY_ALLOW_HOSTS", stream.address.partition("//")[2])
            yield

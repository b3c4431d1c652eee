"""What every network is held to, against a server like Mastodon and against one like the others.

`captured` are raw items as they were kept of snac 2.75 and mastodon_mock 0.6.1, written by invented
people; only the names of the hosts were changed.
"""

from pathlib import Path
from typing import ClassVar

import pytest

from twoway.connectors.contract.suite import Contract
from twoway.connectors.contract.trial import Trial
from twoway.connectors.interface import Credentials
from twoway.networks.mastodon.connector import NETWORK
from twoway.networks.mastodon.connector.tests.pretended import (
    MASTODON,
    OTHERS,
    PER_PAGE,
    TOKEN,
    US,
    Pretended,
)


class OfMastodon(Trial):
    """A server that remembers keys and answers in JSON."""

    network = NETWORK
    folder = Path(__file__).parents[2]
    feeds = ("notifications",)
    own_feeds = ("statuses",)
    payloads = Path(__file__).parent / "captured"
    sends_to = "/api/v1/statuses"
    per_page = PER_PAGE
    is_markup = True
    nobody = "@nobody-of-this-name@far.example"
    dialect = MASTODON

    def fake(self):
        return Pretended(self.dialect)

    def credentials(self, host):
        return Credentials(
            network="mastodon",
            account=US,
            handle="larchtea@tea.example",
            server=f"http://{host}",
            secrets={"token": TOKEN, "client_id": "twoway", "client_secret": "not-to-be-shown"},
        )

    def hostile(self, text):
        return f"<div>{text}</div>"


class OfOthers(OfMastodon):
    """A server without memory, whose errors are web pages and whose ids are digests (snac)."""

    dialect = OTHERS


class TestMastodon(Contract):
    trial = OfMastodon()


@pytest.mark.slow
class TestOthers(Contract):
    trial = OfOthers()
    exempt: ClassVar = {
        "what_was_deleted_since_is_not_made_again": "never: no trace is left of what was deleted, "
        "and the server keeps no keys. The outbox asks again only after a lost answer",
    }

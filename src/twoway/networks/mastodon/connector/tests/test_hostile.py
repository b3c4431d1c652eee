"""Every feed and every deed against servers that lie: refused or bounded, with a cure, never a crash."""

import asyncio
from contextlib import suppress

import pytest

from twoway.connectors.clock import SECOND, Still, Wall
from twoway.connectors.contract.failing import WRONG
from twoway.connectors.contract.server import Served
from twoway.connectors.contract.trial import HOUR, MANY
from twoway.connectors.door import Door
from twoway.connectors.errors import ConnectorError
from twoway.connectors.interface import (
    Change,
    Credentials,
    Delete,
    FollowAccount,
    Key,
    Message,
    React,
    Say,
    Vote,
)
from twoway.networks.mastodon.connector import NETWORK
from twoway.networks.mastodon.connector.tests.pretended import ANN, TOKEN, US, Pretended
from twoway.networks.mastodon.connector.tests.stage import Held

# Each takes a fifth of a second; there are 272 of them.
pytestmark = pytest.mark.slow

FEEDS = [feed.name for feed in NETWORK.feeds]
POST = f"{ANN}/statuses/1"
DEEDS = [
    Say(text="Yes.", answers=POST),
    Say(text="Look", quotes=POST),
    Message(text="Between us", to=ANN),
    React(kind="like", post=POST),
    React(kind="share", post=POST),
    FollowAccount(account=ANN),
    Vote(post=POST, choices=(0,)),
    Change(post=POST, text="No."),
    Delete(post=POST),
]


def at(wrong, work):
    """Do something at a server that goes wrong once we are in; return how often it was asked."""
    fake = Pretended()
    now = Wall().now()
    for number in range(12):
        fake.hear(f"Number {number}", now - HOUR + number * SECOND)
    with Served(fake).running() as served:
        held = Credentials(
            network="mastodon",
            account=US,
            handle="larchtea@tea.example",
            server=f"http://{served.host}",
            secrets={"token": TOKEN},
        )

        async def opened():
            async with Door(allow=(served.host,), clock=Still(now)) as door:
                connector = NETWORK.open(door, Held(held))
                await connector.check()
                served.fault = WRONG[wrong]
                with suppress(ConnectorError):
                    await work(connector)

        asyncio.run(opened())
        return len(served.asked)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("feed", FEEDS)
def test_no_feed_of_a_lying_server_crashes_or_goes_on_for_ever(feed, wrong):
    about = POST if feed == "thread" else None

    async def work(connector):
        async for page in connector.pull(feed, None, about):
            for raw in page.items:
                list(connector.parse(raw))

    assert at(wrong, work) < MANY


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: type(deed).__name__)
def test_no_deed_at_a_lying_server_crashes(deed, wrong):
    async def work(connector):
        key = Key(text="once", made_at=Wall().now())
        with suppress(ConnectorError):
            await connector.send(deed, key)
        await connector.find(deed, key)

    assert at(wrong, work) < MANY

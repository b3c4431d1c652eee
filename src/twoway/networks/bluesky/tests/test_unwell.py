"""A network that is unwell: limits reached, the app view gone. A network of its own, as it is spoilt."""

import asyncio

import pytest
from servers.bluesky import bluesky_network
from servers.jetstream import jetstream

from twoway.connectors.errors import GiveUp, TryLater
from twoway.connectors.interface import Say
from twoway.networks.bluesky.tests.stage import Stage, fresh, now

pytestmark = [pytest.mark.server, pytest.mark.slow]
SECOND = 1_000_000


@pytest.fixture(scope="module")
def strict():
    with bluesky_network({"rateLimitsEnabled": True}) as network, jetstream(network.pds) as stream:
        yield network, stream


@pytest.fixture
def stage(strict, tmp_path):
    return Stage(*strict, tmp_path)


def test_where_the_server_asks_us_to_slow_down_we_say_until_when(stage):
    tea = stage.network.people["larchtea"]

    async def knock(times):
        async with stage.door() as door:
            connecting = stage.bluesky.connecting(door)
            for _ in range(times):
                settings = {"handle": tea.handle, "app_password": "wrong-wrong-wrong"}
                with pytest.raises(GiveUp, match="does not take"):
                    await connecting.begin(settings, "")

    with pytest.raises(TryLater, match=r"slow down|lets us ask") as stopped:
        asyncio.run(knock(40))
    assert 0 < stopped.value.at - now() <= 300 * SECOND


def test_without_the_app_view_we_read_later_and_post_all_the_same(stage, monkeypatch):
    async def no_time(*_):
        await asyncio.sleep(0)

    monkeypatch.setattr("twoway.connectors.clock.Wall.sleep", no_time)
    tea = stage.network.people["larchtea"]
    stage.connect(tea)
    post = stage.say(tea, "Before")
    stage.network.order("blind")
    with pytest.raises(TryLater):
        stage.pull(tea, "notifications")
    with pytest.raises(TryLater):
        stage.run(
            tea, lambda connector: connector.send(Say(text="An answer", answers=post), fresh())
        )
    assert not stage.run(tea, lambda connector: connector.check()).works
    stage.run(tea, lambda connector: connector.send(Say(text="Meanwhile"), fresh()))
    assert stage.texts(tea) == ["Meanwhile", "Before"]
    with pytest.raises(TryLater):
        stage.run(None, lambda connector: connector.resolve(tea.handle))

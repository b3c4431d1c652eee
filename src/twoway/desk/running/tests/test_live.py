"""Open pages are told what changed, each those of its own organisation."""

import asyncio
from contextlib import suppress

import orjson
import pytest

from twoway.desk.running.live import EVERYTHING, NAMED, WAITING, Hub, live


class Reader:
    """A page that listens: what it was sent, and a way to leave."""

    def __init__(self, cookie=b"sessionid=ana"):
        self.sent = []
        self.gone, self.came = asyncio.Event(), asyncio.Event()
        self.scope = {"type": "http", "path": "/live", "headers": [(b"cookie", cookie)]}

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)
        self.came.set()

    async def hears(self, many):
        while len(self.told) < many:
            self.came.clear()
            await self.came.wait()

    @property
    def told(self):
        bodies = b"".join(m.get("body", b"") for m in self.sent)
        lines = [line for line in bodies.split(b"\n") if line.startswith(b"data: ")]
        return [orjson.loads(line.removeprefix(b"data: ")) for line in lines]


async def knows(session):
    return {"ana": 1, "omar": 2}.get(session)


async def settle():
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def hub():
    return Hub()


def listening(hub, *readers):
    application = live(hub, knows)
    return [asyncio.ensure_future(application(r.scope, r.receive, r.send)) for r in readers]


async def end(tasks):
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def test_a_change_reaches_the_pages_of_its_organisation_only():
    async def play():
        hub = Hub()
        ana, omar = Reader(), Reader(b"theme=dark; sessionid=omar")
        tasks = listening(hub, ana, omar)
        await settle()
        hub.publish(1, (7, 8))
        await settle()
        await end(tasks)
        return ana.told, omar.told

    assert asyncio.run(play()) == ([[7, 8]], [])


def test_a_change_told_by_a_thread_arrives():
    async def play():
        hub = Hub()
        hub.start()
        ana = Reader()
        tasks = listening(hub, ana)
        await settle()
        await asyncio.to_thread(hub.publish_from_thread, 1, [5])
        await ana.hears(1)
        await end(tasks)
        return ana.told

    assert asyncio.run(play()) == [[5]]


@pytest.mark.parametrize("cookie", [b"", b"sessionid=nobody", b"\xff\xfe;;;=", b"sessionid"])
def test_a_stranger_hears_nothing(cookie):
    async def play():
        stranger = Reader(cookie)
        await asyncio.gather(*listening(Hub(), stranger))
        return stranger.sent[0]["status"], stranger.told

    assert asyncio.run(play()) == (403, [])


def test_who_does_not_keep_up_misses_the_oldest():
    async def play():
        hub, slow = Hub(rest=0), Reader()
        tasks = listening(hub, slow)
        await settle()
        for number in range(WAITING + 30):
            hub.publish(1, (number,))
        while [WAITING + 29] not in slow.told:
            slow.came.clear()
            await slow.came.wait()
        await end(tasks)
        return slow.told

    told = asyncio.run(play())
    assert told[-1] == [WAITING + 29]
    assert len(told) <= WAITING + 1


def test_what_changes_while_readers_rest_is_told_in_one():
    async def play():
        hub, ana = Hub(rest=0.01), Reader()
        tasks = listening(hub, ana)
        await settle()
        for number in (7, 8, 9, 8):
            hub.publish(1, (number,))
        await ana.hears(2)
        await end(tasks)
        return ana.told

    assert asyncio.run(play()) == [[7], [8, 9]]


@pytest.mark.parametrize("much", [(), range(NAMED + 1)])
def test_what_is_too_much_to_name_is_told_as_everything(much):
    async def play():
        hub, ana = Hub(rest=0.01), Reader()
        tasks = listening(hub, ana)
        await settle()
        hub.publish(1, (7,))
        hub.publish(1, (8,))
        hub.publish(EVERYTHING if not much else 1, much)
        hub.publish(1, (9,))
        await ana.hears(2)
        await end(tasks)
        return ana.told

    assert asyncio.run(play()) == [[7], []]


def test_closing_lets_every_reader_go():
    async def play():
        hub = Hub()
        readers = [Reader() for _ in range(200)]
        tasks = listening(hub, *readers)
        await settle()
        before = hub.readers()
        hub.closing.set()
        await asyncio.wait_for(asyncio.gather(*tasks), timeout=600)
        return before, hub.readers(), readers[0].sent[-1]["more_body"]

    assert asyncio.run(play()) == (200, 0, False)


def test_a_page_that_leaves_is_forgotten():
    async def play():
        hub, ana = Hub(), Reader()
        tasks = listening(hub, ana)
        await settle()
        ana.gone.set()
        await asyncio.gather(*tasks)
        return hub.readers()

    assert asyncio.run(play()) == 0

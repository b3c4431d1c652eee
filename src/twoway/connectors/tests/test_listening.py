"""Listening: nothing is lost when streams break, and what is said about it is true."""

import asyncio
from contextlib import suppress

import pytest

from twoway.connectors.clock import SECOND, Still
from twoway.connectors.errors import GiveUp, Reconnect, TryLater
from twoway.connectors.interface import Feed, Page, Raw
from twoway.connectors.listening import STREAM, Listener

FEED = Feed(name="notices", covers=frozenset({"mentions"}), is_public=False, every=60)


def raw(number):
    return Raw(network="n", kind="note", body=str(number).encode(), fetched_at=0)


class Memory:
    """Keeps pages in memory."""

    def __init__(self):
        self.cursors = {}
        self.pages = []

    def cursor(self, feed):
        return self.cursors.get(feed)

    def keep(self, feed, page):
        self.cursors[feed] = page.cursor
        self.pages.append((feed, page))

    def heard(self, feed):
        return [r.body.decode() for name, page in self.pages if name == feed for r in page.items]


class Town:
    """A network whose notes are hinted by a stream that does what it is told to."""

    def __init__(self):
        self.notes = 3
        self.stream = []
        self.looks = 0
        self.failures = []

    async def pull(self, _feed, cursor, account=None, since=None):
        del account, since
        self.looks += 1
        if self.failures:
            raise self.failures.pop(0)
        at = int(cursor or 0)
        items = tuple(raw(number) for number in range(at, self.notes))
        yield Page(items=items, cursor=str(self.notes), is_last=True)

    async def listen(self, cursor):
        del cursor
        if not self.stream:
            await asyncio.Event().wait()
        for what in self.stream.pop(0):
            if isinstance(what, Exception):
                raise what
            self.notes += 1
            yield Page(items=(raw(f"hint {self.notes - 1}"),), cursor=str(self.notes))
        await asyncio.sleep(0)


def listen(town, until, *, has_stream=True, feeds=(FEED,)):
    """Listen until something is true; return what was kept and every state."""
    memory, states, clock = Memory(), [], Still()

    async def run():
        listener = Listener(
            connector=town,
            feeds=feeds,
            keeping=memory,
            clock=clock,
            has_stream=has_stream,
            told=states.append,
        )
        task = asyncio.ensure_future(listener.run())
        for _ in range(20_000):
            if task.done() or until(memory, states):
                break
            await asyncio.sleep(0)
        assert task.done() or until(memory, states), states
        if not task.done():
            task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    try:
        asyncio.run(run())
    except Reconnect as error:
        return memory, states, clock, error
    return memory, states, clock, None


def names(states):
    return [state.name for state in states]


def test_it_catches_up_then_is_live():
    memory, states, _, _ = listen(Town(), lambda _, states: "live" in names(states))
    assert memory.heard("notices") == ["0", "1", "2"]
    assert names(states)[0] == "catching_up"
    assert names(states)[-1] == "live"


def test_a_hint_is_kept_and_looked_after():
    town = Town()
    town.stream = [["say"]]
    memory, _, clock, _ = listen(town, lambda memory, _: "3" in memory.heard("notices"))
    assert memory.heard(STREAM) == ["hint 3"]
    assert clock.now() < Still().now() + 60 * SECOND, "waited for the next turn"


def test_a_hint_hastens_no_feed_that_is_asked_rarely():
    town = Town()
    town.stream = [["say"]]
    rare = Feed(name="followers", covers=frozenset(), is_public=True, every=86_400)
    memory, _, _, _ = listen(
        town, lambda memory, _: "3" in memory.heard("notices"), feeds=(FEED, rare)
    )
    assert "3" not in memory.heard("followers")


def test_a_stream_that_breaks_is_opened_again_ever_more_slowly_and_looks_go_on():
    town = Town()
    town.stream = [[TryLater("broken")] for _ in range(6)]
    memory, states, _, _ = listen(
        town, lambda *_: not town.stream and town.looks > 3 and memory_is_whole(_[0], 3)
    )
    assert memory.heard("notices") == ["0", "1", "2"]
    assert "polling" in names(states)


def memory_is_whole(memory, count):
    return len(memory.heard("notices")) == count


def test_nothing_hinted_is_lost_when_the_stream_lies():
    town = Town()

    def silently(*_):
        town.notes = 9
        return True

    memory, _, _, _ = listen(
        town, lambda memory, _: silently() and len(memory.heard("notices")) == 9
    )
    assert memory.heard("notices") == [str(number) for number in range(9)]


def test_without_a_stream_it_says_how_often_it_asks():
    _, states, _, _ = listen(Town(), lambda _, s: "polling" in names(s), has_stream=False)
    assert states[-1].words == "Asking every 60 s."


def test_a_stream_that_does_not_exist_is_left():
    town = Town()
    town.stream = [[GiveUp("no stream here")]]
    _, states, _, _ = listen(town, lambda _, s: "polling" in names(s))
    assert names(states)[-1] == "polling"


def test_a_network_that_is_away_is_said_and_comes_back():
    town = Town()
    town.failures = [TryLater("gone fishing")] * 5
    memory, _, _, _ = listen(
        town, lambda memory, s: memory.pages and "away" in names(s) and names(s)[-1] != "away"
    )
    assert memory.heard("notices") == ["0", "1", "2"]


def test_where_somebody_must_act_it_says_so_and_ends():
    town = Town()
    town.failures = [Reconnect("The password was changed.")]
    _, states, _, error = listen(town, lambda *_: False)
    assert states[-1].name == "needs_you"
    assert "password was changed" in states[-1].words
    assert isinstance(error, Reconnect)


@pytest.mark.parametrize("every", [1, 60])
def test_it_is_polite(every):
    town = Town()
    feed = Feed(name="notices", covers=frozenset(), is_public=False, every=every)
    clock = Still()

    async def run():
        listener = Listener(
            connector=town, feeds=[feed], keeping=Memory(), clock=clock, has_stream=False
        )
        task = asyncio.ensure_future(listener.run())
        await clock.sleep(600)
        task.cancel()

    asyncio.run(run())
    assert 600 / every - 2 <= town.looks <= 600 / every + 2

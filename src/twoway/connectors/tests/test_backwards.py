"""Walking backwards: all arrives once, in legs, through kills, stops and lies of the server."""

import asyncio
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.connectors.backwards import OVERLAP, Batch, Item, walk
from twoway.connectors.clock import SECOND
from twoway.connectors.errors import GiveUp, TryLater
from twoway.connectors.interface import Raw

DAY = 86_400 * SECOND


def item(number, at):
    body = str(number).encode()
    return Item(at, str(number), Raw(network="n", kind="post", body=body, fetched_at=0))


class Server:
    """Hands out what it holds, newest first, by offset; stops when told to."""

    def __init__(self, items, size=3):
        self.items = list(items)
        self.size = size
        self.fails_at = {}
        self.asked = 0

    async def fetch(self, older):
        self.asked += 1
        if self.asked in self.fails_at:
            raise self.fails_at[self.asked]
        newest_first = sorted(self.items, key=lambda one: one.at, reverse=True)
        start = int(older or 0)
        found = newest_first[start : start + self.size]
        more = start + self.size < len(newest_first)
        return Batch(found, str(start + self.size) if more else None)


def pull(server, cursor=None, since=None, leg=20, limit=None):
    """Return what came, the cursor to go on from, and what stopped it."""

    async def run():
        told, last, now = [], False, cursor
        try:
            async for page in walk(server.fetch, now, server="test", since=since, leg=leg):
                told += [raw.body.decode() for raw in page.items]
                now, last = page.cursor, page.is_last
                if limit is not None and len(told) >= limit:
                    return told, now, last, None
        except (TryLater, GiveUp) as error:
            return told, now, last, error
        return told, now, last, None

    return asyncio.run(run())


def test_all_comes_oldest_first_then_only_what_is_new():
    server = Server([item(number, number * DAY) for number in range(10)])
    told, cursor, last, _ = pull(server)
    assert told == [str(number) for number in range(10)]
    assert last
    server.items.append(item(10, 10 * DAY))
    told, cursor, last, _ = pull(server, cursor)
    assert told[-1] == "10"
    assert len(told) <= 2 * server.size


def test_since_ends_the_first_walk():
    server = Server([item(number, number * DAY) for number in range(100)])
    told, _, last, _ = pull(server, since=90 * DAY)
    assert told == [str(number) for number in range(90, 100)]
    assert last
    assert server.asked < 8


def test_equal_times_across_pages_and_what_was_dated_back_a_little():
    server = Server([item(number, 5 * DAY) for number in range(10)])
    told, cursor, _, _ = pull(server)
    assert sorted(told) == sorted(map(str, range(10)))
    server.items += [item("late", 5 * DAY - OVERLAP // 2), item("new", 6 * DAY)]
    told, _, _, _ = pull(server, cursor)
    assert {"late", "new"} <= set(told)


def test_a_server_that_stops_us_is_asked_again_where_it_stopped():
    server = Server([item(number, number * DAY) for number in range(30)])
    server.fails_at = {4: TryLater("slow down")}
    told, cursor, last, error = pull(server)
    assert isinstance(error, TryLater)
    assert told == [str(number) for number in range(21, 30)]
    assert not last
    server.items.append(item(30, 30 * DAY))
    rest, cursor, last, error = pull(server, cursor)
    assert error is None
    assert last
    assert set(told) | set(rest) == set(map(str, range(31)))


def test_a_circle_is_left_and_new_posts_still_come():
    class Circle(Server):
        async def fetch(self, _):
            return Batch((await super().fetch(None)).items, "again")

    server = Circle([item(number, number * DAY) for number in range(3)])
    told, cursor, last, error = pull(server)
    assert "again and again" in str(error)
    assert set(told) == {"0", "1", "2"}
    assert not last
    server.items.append(item(3, 3 * DAY))
    told, _, _, _ = pull(server, cursor)
    assert "3" in told


@settings(deadline=None, max_examples=50)
@given(
    count=st.integers(0, 40),
    size=st.integers(1, 7),
    leg=st.integers(1, 4),
    seed=st.integers(0, 1_000),
)
def test_nothing_is_lost_through_kills_and_stops_at_any_point(count, size, leg, seed):
    dice = random.Random(seed)
    server = Server([item(number, dice.randrange(20) * DAY) for number in range(count)], size)
    told, cursor = set(), None
    for round_ in range(15):
        server.fails_at = {server.asked + dice.randrange(1, 6): TryLater("stop")}
        if round_ == 3:
            server.items += [item(f"new{number}", 30 * DAY) for number in range(size)]
        kill = dice.choice([None, dice.randrange(1, 10)])
        some, cursor, _, _ = pull(server, cursor, leg=leg, limit=kill)
        told |= set(some)
    server.fails_at = {}
    some, _, _, error = pull(server, cursor, leg=leg)
    told |= set(some)
    assert error is None
    assert told == {one.id for one in server.items}


@pytest.mark.parametrize("cursor", ["", "{}", "[]", "nonsense", '{"no": 1}'])
def test_a_foreign_cursor_begins_anew(cursor):
    told, _, _, error = pull(Server([item(1, DAY)]), cursor)
    assert (told, error) == (["1"], None)

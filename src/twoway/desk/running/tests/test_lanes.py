"""Side by side where the database can, one after the other where it cannot; and on after it was away."""

import asyncio
import threading
from contextlib import contextmanager

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection, connections

from twoway.desk.database import writing
from twoway.desk.running import loops
from twoway.desk.running.lanes import LANES, in_a_lane, lanes

MANY = 4 * LANES
PATIENCE = 60


@contextmanager
def opened():
    """Open the lanes, and close their connections, which would keep a test's database."""
    with lanes():
        yield
        in_each = threading.Barrier(LANES)
        async_to_sync(all_at_once)([in_a_lane(let_go)(in_each) for _ in range(LANES)])


def let_go(in_each):
    if connection.vendor == "postgresql":
        in_each.wait(PATIENCE)
        connections.close_all()


async def all_at_once(works):
    return await asyncio.gather(*works)


@pytest.mark.django_db(transaction=True)
def test_as_many_write_at_once_as_the_database_lets():
    most = LANES if connection.vendor == "postgresql" else 1
    inside, seen = [], []
    full = threading.Barrier(most)

    @in_a_lane
    def write(number):
        with writing():
            inside.append(number)
            seen.append(len(inside))
            full.wait(PATIENCE)  # breaks unless so many are inside at once
            inside.remove(number)
        return number

    with opened():
        done = async_to_sync(all_at_once)([write(number) for number in range(MANY)])
    assert done == [*range(MANY)]
    assert max(seen) <= most


def backend():
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return cursor.fetchone()[0]


def ended(number):
    """End a connection as a server does that restarts."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 60000)", [number])
        assert cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_lane_finds_the_database_again():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server that could go away")
    ask = in_a_lane(backend)
    with opened():
        before = {async_to_sync(ask)() for _ in range(MANY)}
        for number in before:
            ended(number)
        after = {async_to_sync(ask)() for _ in range(MANY)}
    assert after
    assert not after & before


@pytest.mark.django_db(transaction=True)
def test_a_loop_finds_the_database_again(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server that could go away")
    monkeypatch.setattr(loops, "_AFTER_ERROR", 0.0)
    found, again = [], threading.Event()

    def look():
        found.append(backend())
        if len(found) > 1:
            again.set()
            return
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(pg_backend_pid())")

    async def until_found():
        running = asyncio.create_task(loops._forever("looking", sync_to_async(look), 0.0)())
        assert await asyncio.to_thread(again.wait, PATIENCE)
        running.cancel()

    async_to_sync(until_found)()
    assert len(set(found)) > 1

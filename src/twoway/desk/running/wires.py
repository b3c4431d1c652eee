"""Carries the news of a change to the pages that other processes serve.

One process: straight to its own readers. PostgreSQL: NOTIFY with ids. SQLite with several
processes: a look at the database's version five times a second, which costs 3 µs and tells that
something changed, not what.
"""

import asyncio
import os
import sqlite3
from collections.abc import Iterable
from typing import Any, Final

import orjson
from django.db import connection

from twoway.desk.running.live import EVERYTHING, Hub

CHANNEL: Final = "twoway_changed"
AT_MOST: Final = 7_000
"""PostgreSQL takes 7,999 bytes; with more ids the pages are told to look at everything."""
LOOKS: Final = 0.2


def tell_others(organisation: int, conversations: Iterable[int]) -> None:
    """Tell other processes after a commit; on SQLite they see it by themselves."""
    if connection.vendor != "postgresql":
        return
    told = orjson.dumps([os.getpid(), organisation, list(conversations)]).decode()
    if len(told) > AT_MOST:
        told = orjson.dumps([os.getpid(), organisation, []]).decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, told])


async def hear_others(hub: Hub, database: dict[str, Any]) -> None:
    """Hand on to our readers what other processes tell, until cancelled."""
    if database["ENGINE"].endswith("postgresql"):
        await _hear_notices(hub, database)
    else:
        await _watch_version(hub, str(database["NAME"]))


async def _hear_notices(hub: Hub, database: dict[str, Any]) -> None:
    import psycopg  # only a team's desk has it  # noqa: PLC0415

    while True:
        try:
            heard = await psycopg.AsyncConnection.connect(autocommit=True, **_where(database))
            async with heard:
                await heard.execute(f"LISTEN {CHANNEL}")
                async for notice in heard.notifies():
                    _hand_on(hub, notice.payload)
        except psycopg.OperationalError:
            # The database restarts; pages look again by themselves meanwhile.
            await asyncio.sleep(2)


def _where(database: dict[str, Any]) -> dict[str, Any]:
    """Return where PostgreSQL is; a host among the options is a socket's folder."""
    named = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    given = {name: database[key] for name, key in named.items() if database[key]}
    # How Django hands over values is not the server's business.
    options = {k: v for k, v in database["OPTIONS"].items() if k != "server_side_binding"}
    return given | options


def _hand_on(hub: Hub, payload: str) -> None:
    try:
        process, organisation, conversations = orjson.loads(payload)
        if process != os.getpid():
            hub.publish(int(organisation), tuple(int(one) for one in conversations))
    except (ValueError, TypeError):
        hub.publish(EVERYTHING, ())


async def _watch_version(hub: Hub, path: str) -> None:
    """Watch the file by one connection: the version tells of other connections' commits only."""
    watching = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
    try:
        seen = watching.execute("PRAGMA data_version").fetchone()
        while True:
            await asyncio.sleep(LOOKS)
            now = watching.execute("PRAGMA data_version").fetchone()
            if now != seen:
                seen = now
                if hub.readers():
                    hub.publish(EVERYTHING, ())
    finally:
        watching.close()

"""A Jetstream (version 2) over a real server: what its stream of repositories says, as JSON frames.

No Jetstream can be run from a package; this one takes the events of a real Bluesky server and hands
them out by Jetstream's own description (lexicon network.bsky.jetstream.subscribeEvents, 2026-08).
"""

import asyncio
import json
import threading
from base64 import b32encode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import libipld
from servers.patience import PATIENCE
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

NAME = "network.bsky.jetstream.subscribeEvents"
PATH = f"/xrpc/{NAME}"
SPEAKS = "xrpc.v1.json"
FIRST = 1_000
"""The number of the first event."""
SILENT = None
"""No pings: each draws from `random`, and Hypothesis fails a test that meanwhile runs beside our thread."""


@dataclass(slots=True)
class Jetstream:
    """A running double: its address, and what it has seen."""

    address: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    floor: int = FIRST
    """Events with lower numbers are forgotten."""
    connections: set[ServerConnection] = field(default_factory=set)
    loop: asyncio.AbstractEventLoop | None = None
    grown: asyncio.Condition | None = None
    is_ending: bool = False

    def cut(self) -> None:
        """Break all connections, as an instance does that is started anew."""
        assert self.loop is not None
        for connection in list(self.connections):
            self.loop.call_soon_threadsafe(connection.transport.abort)

    def add(self, **event: Any) -> None:
        """Let something happen."""
        assert self.loop is not None
        asyncio.run_coroutine_threadsafe(_add(self, event), self.loop).result(PATIENCE)


@contextmanager
def jetstream(pds: str | None = None) -> Iterator[Jetstream]:
    """Run a double, over the stream of a server where one is given."""
    double, is_up = Jetstream(), threading.Event()
    stop = asyncio.Event()

    async def run() -> None:
        double.loop, double.grown = asyncio.get_running_loop(), asyncio.Condition()
        async with serve(
            lambda connection: _serve(double, connection),
            "127.0.0.1",
            0,
            subprotocols=[SPEAKS],
            ping_interval=SILENT,
            open_timeout=PATIENCE,
            process_request=lambda connection, request: _judge(double, connection, request),
        ) as server:
            port = server.sockets[0].getsockname()[1]
            double.address = f"ws://127.0.0.1:{port}"
            follower = asyncio.create_task(_follow(double, pds)) if pds else None
            is_up.set()
            await stop.wait()
            if follower:
                follower.cancel()
                await asyncio.gather(follower, return_exceptions=True)
            async with double.grown:
                double.is_ending = True
                double.grown.notify_all()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    assert is_up.wait(PATIENCE)
    try:
        yield double
    finally:
        assert double.loop is not None
        double.loop.call_soon_threadsafe(stop.set)
        thread.join(PATIENCE)


async def _follow(double: Jetstream, pds: str) -> None:
    """Take every commit of a server from its beginning."""
    address = pds.replace("http", "ws", 1) + "/xrpc/com.atproto.sync.subscribeRepos?cursor=0"
    async with connect(
        address, max_size=None, ping_interval=SILENT, open_timeout=PATIENCE
    ) as frames:
        async for frame in frames:
            head, body = libipld.decode_dag_cbor_multi(frame)
            if head.get("t") == "#commit":
                for event in _commits(body):
                    await _add(double, event)
            elif head.get("t") == "#sync":
                told = {name: value for name, value in body.items() if name != "blocks"}
                await _add(double, {"$type": f"{NAME}#sync", "did": body["did"], "sync": told})


def _commits(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    _, blocks = libipld.decode_car(body["blocks"])
    for op in body["ops"]:
        collection, _, key = op["path"].partition("/")
        event = {"did": body["repo"], "rev": body["rev"], "operation": op["action"]}
        event |= {"collection": collection, "rkey": key}
        if op["cid"] is not None:
            event |= {"record": _plain(blocks[op["cid"]]), "cid": _link(op["cid"])}
        yield event


async def _add(double: Jetstream, event: dict[str, Any]) -> None:
    now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    numbered = {"$type": f"{NAME}#commit", "seq": FIRST + len(double.events), "time": now}
    assert double.grown is not None
    async with double.grown:
        double.events.append({**numbered, "witnessedAt": now, **event})
        double.grown.notify_all()


def _judge(double: Jetstream, connection: ServerConnection, request: Any) -> Any:
    """Refuse, before anything is opened, a number that is forgotten."""
    parts = urlsplit(request.path)
    cursor = parse_qs(parts.query).get("cursor", ["0"])[0]
    if parts.path != PATH:
        return connection.respond(404, "no such method")
    if 0 < int(cursor) < 10**15 and int(cursor) < double.floor:
        return connection.respond(400, json.dumps({"error": "CursorTooOld"}))
    return None


async def _serve(double: Jetstream, connection: ServerConnection) -> None:
    asked = parse_qs(urlsplit(connection.request.path).query)
    double.asked.append(asked)
    double.connections.add(connection)
    cursor = int(asked.get("cursor", [str(2**62)])[0])
    place = _first(double, cursor)
    try:
        if 10**15 <= cursor < _time_of(double, double.floor):
            info = {"$type": f"{NAME}#info", "name": "OutdatedCursor", "message": "clamped"}
            await connection.send(json.dumps({"$type": "message", "payload": info}))
        while not double.is_ending:
            for event in double.events[place:]:
                place += 1
                if _wanted(event, asked):
                    told = {"$type": "message", "payload": event}
                    await connection.send(json.dumps(told, ensure_ascii=False))
            assert double.grown is not None
            async with double.grown:
                await double.grown.wait_for(
                    lambda: double.is_ending or len(double.events) > place  # noqa: B023
                )
    except ConnectionClosed:
        double.connections.discard(connection)


def _first(double: Jetstream, cursor: int) -> int:
    """Return the place of the first event at a number, or after a time in µs."""
    if cursor < 10**15:
        return max(cursor, double.floor) - FIRST
    return next(
        (
            place
            for place, event in enumerate(double.events)
            if event["seq"] >= double.floor and _micros(event["witnessedAt"]) >= cursor
        ),
        len(double.events),
    )


def _time_of(double: Jetstream, seq: int) -> int:
    """Return when the oldest event still held was seen; 0 where nothing was forgotten."""
    return _micros(double.events[seq - FIRST]["witnessedAt"]) if seq > FIRST else 0


def _wanted(event: dict[str, Any], asked: dict[str, list[str]]) -> bool:
    kind, collection = event["$type"].partition("#")[2], event.get("collection")
    return (
        event["did"] in asked.get("dids", [event["did"]])
        and kind in asked.get("kinds", [kind])
        and (collection is None or collection in asked.get("collections", [collection]))
    )


def _micros(time: str) -> int:
    return int(datetime.fromisoformat(time).timestamp() * 1e6)


def _plain(value: Any) -> Any:
    """Write a record as JSON does: links and bytes in objects of their own."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, bytes):
        is_link = len(value) == 36 and value[0] == 1
        return {"$link": _link(value)} if is_link else {"$bytes": b64encode(value).decode()}
    return value


def _link(cid: bytes) -> str:
    return "b" + b32encode(cid).decode().lower().rstrip("=")

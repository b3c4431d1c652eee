"""What concerns one account out of everything posted on Bluesky, beside json.loads and the SDK.

    .venv/bin/python benchmarks/connectors/jetstream.py [FRAMES]

All begin with the frames as Jetstream sends them and end with those that name the account, decoded.
Frames are invented: their length (some 630 bytes) and shape are Jetstream's, one in a thousand
concerns the account, one in twelve is a deletion. Each way is timed in turns, in processor time.
"""

import json
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable  # noqa: TC003  one import less to explain
from typing import Final

import orjson
from atproto_jetstream.models import MessageFrame, parse_frame, parse_subscribe_events_message

from twoway.networks.bluesky.connector.jetstream import Filter

TEA: Final = "did:plc:larchteahouselarchteahou"
HANDLE: Final = "larchtea.example"
FRAMES: Final = 60_000
ROUNDS: Final = 5
NAME: Final = "network.bsky.jetstream.subscribeEvents#commit"
WORDS: Final = [
    "tea",
    "morning",
    "über",
    "今日は",
    "the",
    "rain",
    "again",
    "🍵",
    "and",
    "why",
    "не",
    "would",
    "नमस्ते",
    "anybody",
    "go",
    "there",
]
LETTERS: Final = "234567abcdefghijklmnopqrstuvwxyz"


def main() -> None:
    """Print frames a second of one processor, and ratios."""
    frames = invented(int(sys.argv[1]) if len(sys.argv) > 1 else FRAMES)
    ways: dict[str, Callable[[list[str]], int]] = {
        "twoway's filter": filtered,
        "json.loads": loaded,
        "orjson.loads": faster,
        "SDK, parse_frame": framed,
        "SDK, typed models": typed,
    }
    found = {name: way(frames) for name, way in ways.items()}
    if len(set(found.values())) != 1:
        raise SystemExit(f"They do not find the same: {found}")
    spent = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begun = time.process_time()
            way(frames)
            spent[name].append(time.process_time() - begun)
    size = sum(len(frame.encode()) for frame in frames) / len(frames)
    print(f"{platform.machine()}, Python {platform.python_version()}, {ROUNDS} rounds each")
    print(f"{len(frames):,} frames of {size:,.0f} bytes, {found['json.loads']} concern the account")
    ours = statistics.median(spent["twoway's filter"])
    for name, times in spent.items():
        seconds = statistics.median(times)
        print(
            f"  {name:20} {len(frames) / seconds:12,.0f} frames/s   {seconds / ours:5.1f} times as long"
        )


def filtered(frames: list[str]) -> int:
    """Search the bare frame, decode what it holds."""
    chosen, found = Filter((TEA, HANDLE)), 0
    for frame in frames:
        if chosen.concerns(frame):
            chosen.remember(orjson.loads(frame)["payload"])
            found += 1
    return found


def loaded(frames: list[str]) -> int:
    """Decode everything with the standard library, then look."""
    return sum(_names_us(json.loads(frame)["payload"]) for frame in frames)


def faster(frames: list[str]) -> int:
    """Decode everything with the fastest library, then look."""
    return sum(_names_us(orjson.loads(frame)["payload"]) for frame in frames)


def framed(frames: list[str]) -> int:
    """Decode everything as the SDK does, without its models."""
    found = 0
    for frame in frames:
        message = parse_frame(frame)
        found += isinstance(message, MessageFrame) and _names_us(message.payload)
    return found


def typed(frames: list[str]) -> int:
    """Decode everything into the SDK's typed models."""
    found = 0
    for frame in frames:
        message = parse_frame(frame)
        if isinstance(message, MessageFrame):
            event = parse_subscribe_events_message(message)
            found += event.seq > 0 and _names_us(message.payload)
    return found


def _names_us(event: dict[str, object]) -> bool:
    """Look where an account may be named: the text, its facets, what is answered or quoted."""
    record = event.get("record")
    if not isinstance(record, dict):
        return False
    if HANDLE in record.get("text", "") or TEA in str(record.get("reply", "")):
        return True
    return any(
        feature.get("did") == TEA
        for facet in record.get("facets", ())
        for feature in facet["features"]
    )


def invented(count: int) -> list[str]:
    """Make frames as Jetstream sends them: compact JSON, letters of all scripts as they are."""
    chance = random.Random(7)
    return [_frame(chance, number) for number in range(count)]


def _frame(chance: random.Random, number: int) -> str:
    author, key = _did(chance), _letters(chance, 13)
    event = {
        "$type": NAME,
        "seq": 10**9 + number,
        "did": author,
        "time": "2026-11-22T09:00:00.123456Z",
        "witnessedAt": "2026-11-22T09:00:00.123456Z",
        "rev": _letters(chance, 13),
        "operation": "delete" if number % 12 == 0 else "create",
        "collection": "app.bsky.feed.post",
        "rkey": key,
    }
    if number % 12:
        event["record"] = _record(chance, number)
        event["cid"] = f"bafyrei{_letters(chance, 52)}"
    return json.dumps(
        {"$type": "message", "payload": event}, ensure_ascii=False, separators=(",", ":")
    )


def _record(chance: random.Random, number: int) -> dict[str, object]:
    text = " ".join(chance.choices(WORDS, k=chance.randrange(3, 40)))
    record: dict[str, object] = {
        "$type": "app.bsky.feed.post",
        "createdAt": "2026-11-22T09:00:00.000Z",
    }
    record |= {"langs": ["en"], "text": text}
    if number % 2:
        post = f"at://{_did(chance)}/app.bsky.feed.post/{_letters(chance, 13)}"
        reference = {"cid": f"bafyrei{_letters(chance, 52)}", "uri": post}
        record["reply"] = {"parent": reference, "root": reference}
    if number % 1_000 == 1:
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": TEA}
        record["facets"] = [{"index": {"byteStart": 0, "byteEnd": 3}, "features": [feature]}]
    return record


def _did(chance: random.Random) -> str:
    return f"did:plc:{_letters(chance, 24)}"


def _letters(chance: random.Random, count: int) -> str:
    return "".join(chance.choices(LETTERS, k=count))


if __name__ == "__main__":
    main()

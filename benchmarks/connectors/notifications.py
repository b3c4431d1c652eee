"""Forty notifications of Mastodon 4.7.3 into records of ours, beside Mastodon.py's typed entities.

    .venv/bin/python benchmarks/connectors/notifications.py

Both begin with the bytes of the server's answer, of which the first run fetches 12 MB of recordings.
Ours end as posts, accounts and reactions with clean text; theirs as entities with the server's HTML.
"""

import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import orjson
from mastodon.return_types import NonPaginatableList, Notification, try_cast_recurse

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
from servers.recorded import recordings

from twoway.collection.records import Rejected
from twoway.networks.mastodon.connector.entities.reading import pack, read

COUNT = 40
ROUNDS = 30
CONNECTOR = "twoway.networks.mastodon.connector"


def main() -> None:
    """Print medians of processor time, in milliseconds, and their ratio."""
    answer = forty()
    if any(isinstance(one, Rejected) for one in ours(answer)) or len(theirs(answer)) != COUNT:
        raise SystemExit("Not everything was read: the times would mean nothing.")
    mine, peer = median(lambda: ours(answer)), median(lambda: theirs(answer))
    print(f"{platform.machine()}, Python {platform.python_version()}, {ROUNDS} rounds each")
    print(f"{COUNT} notifications, {len(answer):,} bytes")
    print(f"  twoway       {mine:7.1f} ms")
    print(f"  Mastodon.py  {peer:7.1f} ms   {peer / mine:.1f} times as long")
    print(f"import {CONNECTOR:>34} {imported(CONNECTOR):6.0f} ms")
    print(f"import {'mastodon':>34} {imported('mastodon'):6.0f} ms")


def forty() -> bytes:
    """Return a page of forty notifications, repeated from those that were recorded."""
    pages = [
        json.loads(one.body)
        for one in recordings()
        if urlsplit(one.address).path == "/api/v1/notifications" and one.status == 200
    ]
    found = [item for page in pages for item in page]
    return orjson.dumps((found * (COUNT // len(found) + 1))[:COUNT])


def ours(answer: bytes) -> list[object]:
    """Do what happens between an answer and the records in a collection."""
    raws = [pack("notification", item, 0, about="us") for item in orjson.loads(answer)]
    return [record for raw in raws for record in read(raw)]


def theirs(answer: bytes) -> list[Notification]:
    """Do what Mastodon.py does with the same answer."""
    return try_cast_recurse(NonPaginatableList[Notification], json.loads(answer))


def median(work: Callable[[], object]) -> float:
    """Return the processor time it takes on this machine, in ms."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        times.append((time.process_time() - begun) * 1_000)
    return statistics.median(times)


def imported(module: str) -> float:
    """Return the processor time that importing takes in a fresh process, in ms."""
    code = f"import time; t = time.process_time(); import {module}; print(time.process_time() - t)"
    times = [
        float(subprocess.check_output([sys.executable, "-c", code], text=True)) for _ in range(5)
    ]
    return statistics.median(times) * 1_000


if __name__ == "__main__":
    main()

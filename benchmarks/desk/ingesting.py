"""Posts a second through the whole of ingest, as a connector would hand them over.

Readings are made beforehand: how fast language reads is its own benchmark.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from asgiref.sync import async_to_sync
from django.db import connection
from django.db.models import Q
from world import CHANNELS, NETWORK, say

from twoway.core.posts import Mention, Post
from twoway.core.readings import Kind, Reading
from twoway.desk.channels.models import Channel
from twoway.desk.database import writing
from twoway.desk.inbox import counts
from twoway.desk.inbox.ingest import receive
from twoway.desk.inbox.models import Conversation, Thread
from twoway.desk.inbox.turning.judging import judge
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.running.lanes import in_a_lane, lanes
from twoway.desk.running.warming import warm
from twoway.language import Utterance

BATCH = 1_000
THEIRS = (Kind("question", 0.9, holds=True),)
OURS = (Kind("information", 0.9, holds=True),)
_CHANNELS = (
    (1, "one channel", False),
    (2, "two channels at once", False),
    (2, "two channels in the same conversations", True),
)


def read(utterances: Iterable[Utterance]) -> Iterator[Reading]:
    """Call everything of theirs a question."""
    for _ in utterances:
        yield Reading(theirs=THEIRS, ours=OURS, language="en")


def posts(many: int, seed: int, shared: int) -> list[Post]:
    """Return talk in threads of up to 25 posts; processes with one `shared` write into the same."""
    random, common = Random(seed), Random(shared)
    at = 1_790_000_000_000_000
    together = [[_root(common, at + n, f"shared{shared}.{n}")] for n in range(20)]
    threads = [[_root(random, at, f"first{seed}")]]
    found = [threads[0][0]]
    for n in range(many):
        at += random.randint(1, 30_000_000)
        if random.random() < 0.15 or not threads:
            threads.append([_root(random, at, f"new{seed}.{n}")])
            found.append(threads[-1][0])
            continue
        thread = random.choice(threads[-200:] if random.random() < 0.5 else threads)
        if random.random() < 0.1:
            thread = random.choice(together)
        upper = random.choice(thread[-4:])
        author = f"us{random.randint(1, CHANNELS)}"
        if upper.author.startswith("us") or random.random() < 0.3:
            author = f"a{41 + int(5_000 * random.random() ** 2)}"
        post = Post(
            network=NETWORK, id=f"in{seed}.{n}", author=author, said_at=at, observed_at=at,
            text=say(random, "en"), parent=upper.id, parent_author=upper.author,
            root=thread[0].id, root_author=thread[0].author,
            mentions=(Mention(upper.author, is_new=False),),
        )  # fmt: skip
        thread.append(post)
        if len(thread) > 25 and thread in threads:
            threads.remove(thread)
        found.append(post)
    return found


def _root(random: Random, at: int, name: str) -> Post:
    us = f"us{random.randint(1, CHANNELS)}"
    if random.random() < 0.4:
        return Post(network=NETWORK, id=name, author=us, said_at=at, observed_at=at, text="Open.")
    return Post(
        network=NETWORK, id=name, author=f"a{random.randint(41, 5_000)}", said_at=at,
        observed_at=at, text=say(random, "en"), mentions=(Mention(us),),
    )  # fmt: skip


Brought = list[tuple[Channel, list[Post]]]


def brought(many: int, seed: int, shared: int = 0, channels: int = 1) -> Brought:
    """Invent what some channels bring: each has its share of the posts.

    With `shared` a tenth of the posts goes into twenty threads of that name, which others may write
    into, too.
    """
    seeds = [seed + nth * 100_003 for nth in range(channels)]
    found = Channel.objects.order_by("pk")[:channels]
    return [
        (channel, posts(many // channels, one, shared or one))
        for channel, one in zip(found, seeds, strict=True)
    ]


def take_in(coming: Brought) -> tuple[float, float]:
    """Receive posts; return how many a second of wall and of processor time.

    They come in as the desk's fetching has it: one delivery of a channel after the other, channels
    in lanes where there are some.
    """
    wall, processor = time.perf_counter(), time.process_time()
    async_to_sync(_deliver)(coming)
    in_all = sum(len(given) for _, given in coming)
    return in_all / (time.perf_counter() - wall), in_all / (time.process_time() - processor)


async def _deliver(coming: Brought) -> None:
    async def one(channel: Channel, given: list[Post]) -> None:
        for begin in range(0, len(given), BATCH):
            await in_a_lane(receive)(channel, given[begin : begin + BATCH], read)

    with lanes():
        await asyncio.gather(*(one(channel, given) for channel, given in coming))


def ingest(many: int) -> dict[str, float]:
    """Time one process, the same posts again, and on PostgreSQL four processes at once.

    Cold is the desk as the machine left it after what was done before; all else is warm.
    """
    warm()
    seed = int(time.time())  # a desk that was kept has the posts of earlier runs
    take_in(brought(2_000, seed))
    found = {}
    found["posts a second, one process, cold"], _ = take_in(brought(many, seed + 5))
    for nth, (channels, of, is_shared) in enumerate(_CHANNELS, 1):
        _read_files()
        coming = brought(many, seed + nth, seed if is_shared else 0, channels)
        by_wall, by_processor = take_in(coming)
        found[f"posts a second, one process, {of}"] = by_wall
        found[f"posts a processor second, {of}"] = by_processor
    found["posts a second, the same again"], _ = take_in(brought(many, seed + 1))
    if connection.vendor == "postgresql":
        _read_files()
        found["posts a second, four processes"] = _four(many, seed + 10, shared=0)
        _read_files()
        found["posts a second, four in the same conversations"] = _four(many, seed + 20, seed)
    with writing():
        found["counts wrong"] = counts.recount(1)
    found["turns wrong"] = _wrong_turns()
    return found


def _read_files() -> None:
    """Read the database's files once, as a machine that holds a desk all day has them in memory.

    A kernel that takes back what nobody touched for a minute (DAMON) has most of them on disk.
    """
    for path in Path(os.environ["TWOWAY_HOME"]).rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                while file.read(2**24):
                    pass


def _four(many: int, seed: int, shared: int) -> float:
    """Let four processes write, once all are up and have posts at hand.

    With 0 each has threads of its own, as channels mostly do; else a tenth of the posts goes into
    twenty threads that all share, where one waits for the other.
    """
    connection.close()
    command = [sys.executable, str(Path(__file__).with_name("one_of_four.py")), str(many)]
    running = [
        subprocess.Popen(
            [*command, str(seed + nth), str(shared)],
            env=os.environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for nth in range(4)
    ]
    for one in running:
        assert one.stdout is not None and one.stdout.readline() == "ready\n"  # noqa: S101, PT018
    begun = time.time()
    for one in running:
        assert one.stdin is not None  # noqa: S101  it was asked for
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate()[0].split() for one in running]
    assert not any(one.returncode for one in running)  # noqa: S101  one that failed makes no figure
    return sum(int(many) for many, _ in said) / (max(float(ended) for _, ended in said) - begun)


def _wrong_turns() -> int:
    """Judge the conversations of the latest threads anew; return how many that changed."""
    mine = Q(root__startswith="new") | Q(root__startswith="shared") | Q(root__startswith="first")
    threads = set(Thread.objects.filter(mine).order_by("-pk").values_list("pk", flat=True)[:3_000])
    before = dict(Conversation.objects.filter(thread_id__in=threads).values_list("pk", "version"))
    with writing():
        judge(1, NETWORK, Asked(dict.fromkeys(threads)))
    after = dict(Conversation.objects.filter(thread_id__in=threads).values_list("pk", "version"))
    return sum(before.get(pk) != version for pk, version in after.items())

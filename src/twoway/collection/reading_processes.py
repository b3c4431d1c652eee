"""Reading in several processes: what a post says depends on no other post.

Plain processes with pipes, not multiprocessing: that would run the caller's main script again.
"""

import os
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO, Final, cast

from twoway.collection.reading_batch import Asked, Tables, read_batch, receive, send
from twoway.language.assessor import Assessor

# A reader takes half a second to start, in which one process reads some 1,500 posts.
WORTH_IT: Final = 20_000
# What one process feeds and writes away.
_MOST: Final = 6


def read_batches(
    batches: Iterable[list[Asked]], count: int, assessor: Assessor | None = None
) -> Generator[tuple[int, Tables], None, None]:
    """Read `count` posts in batches; hand over the size and the rows of each, in their order.

    An `assessor` of somebody's own stays in this process: it may hold a connection.
    """
    readers = [] if assessor else _start(count)
    try:
        yield from _shared(batches, readers) if readers else _alone(batches, assessor)
    finally:
        for reader in readers:
            reader.close()


def _alone(
    batches: Iterable[list[Asked]], assessor: Assessor | None
) -> Iterator[tuple[int, Tables]]:
    for batch in batches:
        yield len(batch), read_batch(batch, assessor)


def _shared(
    batches: Iterable[list[Asked]], readers: list["_Reader"]
) -> Iterator[tuple[int, Tables]]:
    """Let each reader read in turn; it is asked again as soon as its answer has been taken."""
    turn = 0
    for batch in batches:
        reader = readers[turn % len(readers)]
        if reader.batch is not None:
            yield reader.take()
        reader.ask(batch)
        turn += 1
    for place in range(len(readers)):
        reader = readers[(turn + place) % len(readers)]
        if reader.batch is not None:
            yield reader.take()


def _start(count: int) -> list["_Reader"]:
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    if count < WORTH_IT or processors < 2 or not sys.executable:
        return []
    return [_Reader() for _ in range(min(processors, _MOST))]


class _Reader:
    """A process that reads one batch at a time; one that dies costs only time."""

    def __init__(self) -> None:
        self.batch: list[Asked] | None = None
        # -P: a module that lies in the folder somebody stands in must not be run.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "twoway.collection.reading_batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)

    def ask(self, batch: list[Asked]) -> None:
        """Hand over a batch; whether it arrived shows when the answer is taken."""
        self.batch = batch
        with suppress(OSError):
            send(self._requests, batch)

    def take(self) -> tuple[int, Tables]:
        """Wait for the answer; a batch that a dead reader held is read here."""
        batch, self.batch = self.batch or [], None
        try:
            return len(batch), receive(self._answers)
        except (EOFError, OSError):
            return len(batch), read_batch(batch)

    def close(self) -> None:
        """Let it end; one in the middle of a batch nobody wants any more is stopped."""
        if self.batch is not None:
            self._process.kill()
        with suppress(OSError):
            self._requests.close()
        self._answers.close()
        self._process.wait()

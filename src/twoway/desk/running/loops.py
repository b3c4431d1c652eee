"""What the desk does by itself: fetch, send, let time pass, tidy up, tell those who are away."""

import asyncio
import logging
import random
import sys
from collections.abc import Awaitable, Callable
from typing import Final

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from twoway.connectors.door import Door
from twoway.connectors.sentences import Sentence
from twoway.desk.channels import raw
from twoway.desk.clock import now
from twoway.desk.database import reconnecting
from twoway.desk.inbox import ingest
from twoway.desk.insight import services as insight
from twoway.desk.learning import services as learning
from twoway.desk.outbox import claiming
from twoway.desk.outbox.sending import send_next
from twoway.desk.pictures import services as pictures
from twoway.desk.privacy import erasing
from twoway.desk.running import mail, telling
from twoway.desk.running.comparing import compare_all
from twoway.desk.running.fetching import fetch_all
from twoway.desk.running.nightly import each_night
from twoway.desk.running.pictures import fetch_wanted
from twoway.desk.running.rejudging import judge_anew
from twoway.desk.running.streams import Streams
from twoway.desk.running.ways import Ways

log = logging.getLogger("twoway.desk")

SENDERS: Final = 2
IDLE: Final = 0.5
"""Seconds between two looks for something to send; an answer is held for eight anyway."""
# After an error of ours a loop waits this long: a fault must not fill the log.
_AFTER_ERROR: Final = 10.0


def all_loops(ways: Ways, door: Door) -> list[Callable[[], Awaitable[None]]]:
    """Return the loops of one process, each to be run as a task of its own."""
    senders = [_forever("sending", lambda: send_all(ways), IDLE) for _ in range(SENDERS)]
    return [
        *senders,
        _forever("streams", Streams(ways).look_after, 5.0),
        _forever("fetching", lambda: fetch_all(ways), 1.0),
        _forever("comparing", lambda: compare_all(ways), 900.0),
        _forever("taking over", sync_to_async(claiming.take_over), 5.0),
        _forever("time", sync_to_async(_let_time_pass), 20.0),
        _forever("judging anew", judge_anew, 10.0),
        _forever("retention", sync_to_async(ingest.purge), 3600.0),
        _forever("raw pages", sync_to_async(raw.purge), 3600.0),
        _forever("audits", audit_next, 2.0),
        _forever("lessons", learn_next, 2.0),
        _forever("pictures", lambda: fetch_wanted(door), 0.3),
        _forever("old pictures", sync_to_async(pictures.purge), 3600.0),
        _forever("letters", _beside(mail.send_questions), 10.0),
        _forever("answers of experts", _beside(mail.fetch_answers), 60.0),
        _forever("digests", _beside(telling.send_digests), 60.0),
        _forever("warnings", _beside(telling.warn), 60.0),
        _forever("erasing", _beside(erasing.work_on_next), 2.0),
        _forever("the night", sync_to_async(each_night), 600.0),
    ]


async def send_all(ways: Ways) -> int:
    """Send everything that is due; returns how many entries were worked on."""
    who, many = claiming.worker(), 0
    while True:
        # Each time: while something is due all the time, nobody's undo may last for ever.
        await sync_to_async(claiming.let_go_of_the_held)(now())
        outcome = await send_next(who, ways.open)
        if outcome is None:
            return many
        log.info("entry %d: %s", outcome.entry, outcome.state)
        many += 1


async def audit_next() -> None:
    """Work on the next audit in a process of its own."""
    audit = await sync_to_async(insight.claim)()
    if audit is not None and not await _works("twoway.desk.insight", audit.pk):
        cure = Sentence("The audit ended halfway. Ask for it again; the log says more.")
        await sync_to_async(insight.fail)(audit, cure)


async def learn_next() -> None:
    """Work on the next lesson in a process of its own."""
    await sync_to_async(learning.learn_anew_after_an_upgrade)()
    lesson = await sync_to_async(learning.claim)()
    if lesson is not None and not await _works("twoway.desk.learning", lesson.pk):
        await sync_to_async(learning.fail)(lesson)


async def _works(module: str, number: int) -> bool:
    """Run a module in a process of its own; returns whether it came to its end."""
    worker = await asyncio.create_subprocess_exec(sys.executable, "-m", module, str(number))
    try:
        return await worker.wait() == 0
    except asyncio.CancelledError:
        worker.terminate()
        raise


def _let_time_pass() -> None:
    moved = ingest.tick()
    if moved:
        log.info("time moved %d conversations", moved)


def _forever(
    name: str, once: Callable[[], Awaitable[object]], pause: float
) -> Callable[[], Awaitable[None]]:
    """Return a loop that never ends: an error of ours is logged, and the rest goes on."""

    async def loop() -> None:
        while True:
            try:
                await once()
                # Several processes that started together must not look together for ever.
                await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311
            except Exception:
                log.exception("%s stumbled; it goes on in %d seconds", name, _AFTER_ERROR)
                await sync_to_async(close_old_connections)()
                await asyncio.sleep(_AFTER_ERROR)

    return loop


def _beside(work: Callable[[], object]) -> Callable[[], Awaitable[object]]:
    """Have work that waits for others done in a thread that holds up nobody."""
    return sync_to_async(reconnecting(work), thread_sensitive=False)

"""Brings what is stored to the rule of now after an upgrade, and rests as long as it works.

So it takes half a thread at most, and half of SQLite's one writer; pages and deliveries go first.
"""

import asyncio
import logging
import time
from typing import Final

from asgiref.sync import sync_to_async

from twoway.desk.database import reconnecting
from twoway.desk.inbox import ingest
from twoway.desk.inbox.ingest.rejudging import Step

log = logging.getLogger("twoway.desk.rejudging")

_PARTS: Final = 10
"""So often it says how far it is."""
_ANOTHER_IS_AT_IT: Final = 1.0
"""Seconds until it looks whether the other process still is."""


async def judge_anew() -> None:
    """Judge what was stored before an upgrade, until all of it is judged by the rule of now."""
    step = sync_to_async(reconnecting(ingest.judge_next_anew), thread_sensitive=False)
    while True:
        begun = time.monotonic()
        done = await step()
        if done is None:
            return
        _tell(done)
        is_alone = done.done > done.before or done.has_ended
        took = time.monotonic() - begun
        await asyncio.sleep(took if is_alone else max(took, _ANOTHER_IS_AT_IT))


def _tell(step: Step) -> None:
    where = (step.network, step.organisation)
    if step.before == 0:
        log.info("%s of %d: judging %d threads by the rule of now", *where, step.threads)
    if step.has_ended:
        log.info("%s of %d: judged anew; %d conversations came out otherwise", *where, step.moved)
    elif step.before * _PARTS // step.threads < step.done * _PARTS // step.threads:
        log.info("%s of %d: %d of %d threads judged anew", *where, step.done, step.threads)

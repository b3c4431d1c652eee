"""The desk's server in one process, into which talk comes as if it had been fetched.

`fed.py PORT POSTS_A_SECOND`: what `serving` starts, looks at and stops. Everything is as in
`twoway desk`, with the readings made here; only the network is left out.
"""

import asyncio
import sys
import time

import django

django.setup()

from asgiref.sync import sync_to_async  # noqa: E402  Django has to be up before its models are read
from ingesting import posts  # noqa: E402

from twoway.core.posts import Post  # noqa: E402
from twoway.desk.channels.models import Channel  # noqa: E402
from twoway.desk.inbox.ingest import receive  # noqa: E402
from twoway.desk.running.server import serve  # noqa: E402

EVERY = 0.25
"""Seconds between two deliveries."""


async def feed(rate: int) -> None:
    """Take in so many posts a second, for ever."""
    channel = await sync_to_async(Channel.objects.get)(pk=1)
    seed, coming = int(time.time()), list[Post]()
    due = time.monotonic()
    while True:
        if len(coming) < rate:
            seed += 1
            coming += posts(10 * rate, seed, shared=seed)
        many = round(rate * EVERY)
        await sync_to_async(receive)(channel, coming[:many])
        del coming[:many]
        due += EVERY
        if due < time.monotonic() - 1:
            print("late by", round(time.monotonic() - due, 2), file=sys.stderr, flush=True)
        await asyncio.sleep(max(due - time.monotonic(), 0))


if __name__ == "__main__":
    port, rate = int(sys.argv[1]), int(sys.argv[2])
    asyncio.run(serve("127.0.0.1", port, [lambda: feed(rate)] if rate else []))

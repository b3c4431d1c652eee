"""The three layouts: everything in one process, pages alone, work alone."""

import asyncio
import signal

from twoway.connectors.door import Door
from twoway.desk.inbox import hooks as inbox
from twoway.desk.outbox.echo import seen_back
from twoway.desk.running import wires
from twoway.desk.running.lanes import lanes
from twoway.desk.running.loops import all_loops
from twoway.desk.running.server import serve, stop
from twoway.desk.running.warming import warm
from twoway.desk.running.ways import Ways


async def run(host: str, port: int) -> None:
    """Serve pages and do the work in this one process, until told to stop."""
    inbox.seen_back.append(seen_back)
    with lanes():
        async with Door() as door:
            await serve(host, port, all_loops(Ways(door), door))


async def run_pages(host: str, port: int) -> None:
    """Serve pages; the work is done by others."""
    inbox.seen_back.append(seen_back)
    await serve(host, port)


async def run_work() -> None:
    """Fetch and send, without pages, until told to stop."""
    inbox.seen_back.append(seen_back)
    inbox.changed.append(wires.tell_others)
    warm()
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    with lanes():
        async with Door() as door:
            working = [asyncio.ensure_future(one()) for one in all_loops(Ways(door), door)]
            await stopping.wait()
            await stop(working)  # type: ignore[arg-type]  # ensure_future of a coroutine is a task

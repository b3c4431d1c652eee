"""A stream's lines are handed out as they come, not when a buffer is full."""

import asyncio

from servers.patience import PATIENCE

from twoway.connectors.door import Door


async def first_line():
    """Read one line of a stream that says one line and then nothing for long."""
    closed = asyncio.Event()

    async def say_once(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nevent: update\n")
        await writer.drain()
        await reader.read()
        writer.close()
        await writer.wait_closed()
        closed.set()

    server = await asyncio.start_server(say_once, "127.0.0.1", 0)
    host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with (
        server,
        Door(allow=(host,)) as door,
        asyncio.timeout(PATIENCE),
        door.lines(f"http://{host}/") as lines,
    ):
        line = await anext(lines)
    await closed.wait()
    return line


def test_a_line_comes_when_it_is_said():
    assert asyncio.run(first_line()) == "event: update"

"""Lines of a stream, of bounded length."""

from collections.abc import AsyncIterator

import httpx2

from twoway.connectors.bodies import unpacked
from twoway.connectors.errors import GiveUp


async def lines_of(response: httpx2.Response, longest: int) -> AsyncIterator[str]:
    """Hand out lines without their ends; raises GiveUp on one longer than `longest` bytes."""
    rest = b""
    async for piece in unpacked(response):
        *lines, rest = (rest + piece).replace(b"\r\n", b"\n").split(b"\n")
        for line in lines:
            yield line.rstrip(b"\r").decode("utf-8", "replace")
        if len(rest) > longest:
            raise GiveUp(
                "{host} sent a line of more than {longest} bytes.",
                host=response.url.host,
                longest=longest,
            )
    if rest:
        yield rest.decode("utf-8", "replace")

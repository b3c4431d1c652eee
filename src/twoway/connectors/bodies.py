"""Reading an answer's body without letting it grow: neither as sent nor when unpacked."""

import zlib
from collections.abc import AsyncIterator
from typing import Final

import httpx2

from twoway.connectors.errors import GiveUp

# What is asked for; httpx2 would unpack brotli and zstd too, a whole packet at once: 64 KB of
# zstd may hold gigabytes.
ENCODINGS: Final = "gzip"
_PIECE: Final = 65_536


async def read(response: httpx2.Response, limit: int) -> bytes:
    """Return the unpacked body; raises GiveUp as soon as it exceeds `limit` bytes."""
    body = bytearray()
    async for piece in unpacked(response):
        body += piece
        if len(body) > limit:
            raise GiveUp(
                "{host} answered more than {limit} bytes, which is refused.",
                host=response.url.host,
                limit=limit,
            )
    return bytes(body)


async def unpacked(response: httpx2.Response) -> AsyncIterator[bytes]:
    """Hand out the body in pieces of bounded size."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        async for piece in response.aiter_raw():
            yield piece
        return
    if encoding not in ("gzip", "x-gzip"):
        raise GiveUp(
            "{host} packs its answer as ‘{encoding}’, unasked.",
            host=response.url.host,
            encoding=encoding[:40],
        )
    async for piece in _inflated(response):
        yield piece


async def _inflated(response: httpx2.Response) -> AsyncIterator[bytes]:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        async for packed in response.aiter_raw():
            waiting = packed
            while waiting and not unpacker.eof:
                yield unpacker.decompress(waiting, _PIECE)
                waiting = unpacker.unconsumed_tail
    except zlib.error as error:
        raise GiveUp(
            "{host} sent an answer that cannot be unpacked.", host=response.url.host
        ) from error

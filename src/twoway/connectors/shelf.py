"""Raw pages on disk: each is stored together with the cursor behind it, in one step.

So a process killed at any point has either the page and its cursor, or neither. Kept compressed in
`raw/<network>/<account>/<feed>/` of a collection's folder, until they are older than the network or
whoever runs Twoway allows; a better parser can read them anew.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec
import zstandard

from twoway.collection.errors import CollectionError
from twoway.connectors import durable
from twoway.connectors.interface import Page

_NAME: Final = re.compile(r"(\d{8})\.page")
_GATHERED: Final = "gathered"
# What one page may unpack to: some hundred items of a few hundred kilobytes.
_LARGEST: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored page: its feed, and its number there."""

    feed: str
    number: int
    page: Page


class Shelf:
    """The raw pages of one account; whoever writes holds a lock on the folder."""

    def __init__(self, into: Path, network: str, account: str) -> None:
        self.folder = into / "raw" / network / slug(account)
        self._numbers: dict[str, int] = {}

    def cursor(self, feed: str) -> str | None:
        """Return the cursor of the last page stored; None before the first."""
        number = self._last(feed)
        return self._read(feed, number).cursor if number else None

    def keep(self, feed: str, page: Page) -> None:
        """Store a page, and its cursor with it; on disk before this returns."""
        number = self._last(feed) + 1
        packed = zstandard.ZstdCompressor().compress(msgspec.msgpack.encode(page))
        durable.make_folder(self._place(feed))
        durable.replace(self._file(feed, number), packed)
        self._numbers[feed] = number

    def last_kept_at(self) -> int | None:
        """Return when a page was stored last (µs UTC); None where none was."""
        times = [
            self._file(feed, self._last(feed)).stat().st_mtime_ns // 1_000
            for feed in self._feeds()
            if self._last(feed)
        ]
        return max(times, default=None)

    def waiting(self) -> Iterator[Kept]:
        """Hand out the pages that no collection has yet, each feed in its order."""
        for feed in self._feeds():
            for number in range(self._gathered(feed) + 1, self._last(feed) + 1):
                if self._file(feed, number).exists():
                    yield Kept(feed, number, self._read(feed, number))

    def mark(self, numbers: dict[str, int]) -> None:
        """Note up to which page of each feed the collection has all."""
        for feed, number in numbers.items():
            durable.replace(self._place(feed) / _GATHERED, str(number).encode())

    def has_waiting(self) -> bool:
        """Tell whether a page is stored that the collection does not have."""
        return any(self._gathered(feed) < self._last(feed) for feed in self._feeds())

    def everything(self) -> Iterator[Kept]:
        """Hand out all pages there are, to be read anew."""
        for feed in self._feeds():
            for number in self._all(feed):
                yield Kept(feed, number, self._read(feed, number))

    def purge(self, before: int) -> int:
        """Delete what was fetched before a time (µs UTC) and is in the collection.

        The last page of a feed only loses its items, because it holds the cursor. Returns how many
        pages went.
        """
        gone = 0
        for feed in self._feeds():
            for number in self._all(feed):
                page = self._read(feed, number)
                is_old = all(raw.fetched_at < before for raw in page.items)
                if not is_old or number > self._gathered(feed):
                    continue
                if number < self._last(feed):
                    self._file(feed, number).unlink()
                    gone += 1
                elif page.items:
                    empty = msgspec.msgpack.encode(replace(page, items=()))
                    packed = zstandard.ZstdCompressor().compress(empty)
                    durable.replace(self._file(feed, number), packed)
                    gone += 1
        return gone

    def sweep(self) -> None:
        """Delete what killed processes left half written."""
        for feed in self._feeds():
            durable.sweep(self._place(feed))

    def _feeds(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        return sorted(entry.name for entry in os.scandir(self.folder) if entry.is_dir())

    def _last(self, feed: str) -> int:
        feed = slug(feed)
        if feed not in self._numbers:
            self._numbers[feed] = max(self._all(feed), default=0)
        return self._numbers[feed]

    def _all(self, feed: str) -> list[int]:
        place = self._place(feed)
        names = [entry.name for entry in os.scandir(place)] if place.is_dir() else []
        return sorted(int(found[1]) for name in names if (found := _NAME.fullmatch(name)))

    def _gathered(self, feed: str) -> int:
        try:
            return int((self._place(feed) / _GATHERED).read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return 0  # all is gathered again, which costs time and changes nothing

    def _read(self, feed: str, number: int) -> Page:
        path = self._file(feed, number)
        try:
            unpacker = zstandard.ZstdDecompressor()
            plain = unpacker.decompress(path.read_bytes(), max_output_size=_LARGEST)
            return msgspec.msgpack.decode(plain, type=Page)
        except (zstandard.ZstdError, msgspec.DecodeError) as error:
            raise CollectionError(
                f"{path} is damaged ({error}). Delete it; what it held is lost or comes again."
            ) from error

    def _place(self, feed: str) -> Path:
        return self.folder / slug(feed)

    def _file(self, feed: str, number: int) -> Path:
        return self._place(feed) / f"{number:08d}.page"


def slug(name: str) -> str:
    """Return a folder's name: readable, safe on every system, and different for different names."""
    plain = re.sub(r"[^a-z0-9_-]", "-", name.lower())[:40]
    if plain == name and plain:
        return plain
    return f"{plain}-{blake2b(name.encode(), digest_size=4).hexdigest()}"

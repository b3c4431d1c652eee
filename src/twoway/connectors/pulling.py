"""From a network into a collection: pages are stored as they come, then parsed and merged.

May be killed at any point and called again: what was stored is not asked for again, and what the
collection has already is merged by identity, so nothing comes twice and nothing is lost.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from filelock import FileLock, Timeout

from twoway.collection.errors import Busy, NotACollection
from twoway.collection.lock import NAME as LOCK
from twoway.collection.lock import locked
from twoway.collection.manifest import is_collection
from twoway.collection.progress import Progress, quiet
from twoway.collection.records import Deletion, Own, Record
from twoway.connectors import durable
from twoway.connectors.clock import SECOND, Clock
from twoway.connectors.errors import ConnectorError, GiveUp, TryLater
from twoway.connectors.interface import Connector, Feed, Page, Raw
from twoway.connectors.shelf import Shelf
from twoway.core.accounts import Account
from twoway.core.reactions import Reaction

Parse = Callable[[Raw], Iterable[Record]]
# Waits where the network does not say how long: it may be gone for a moment, or for the night.
_UNSAID: Final = (5.0, 20.0, 60.0)
_SOON: Final = 15 * 60.0


class Keeping(Protocol):
    """What keeps pages: a Shelf on disk, or a desk's tables."""

    def cursor(self, feed: str) -> str | None:
        """Return where to go on in a feed."""
        ...

    def keep(self, feed: str, page: Page) -> None:
        """Store a page and its cursor in one step."""
        ...


@dataclass(slots=True)
class Outcome:
    """How far a feed was read: items stored, the oldest time reached (µs UTC), why it stopped."""

    feed: str
    items: int = 0
    reached: int | None = None
    stopped: ConnectorError | None = None
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """Reads feeds of one account through a connector.

    `account` (remote id) is whom the feeds are about, ours where None; `since` (µs UTC) is where a
    first reading begins. Waits up to `patience` seconds at a time where the network asks for it,
    and with 0 not at all.
    """

    connector: Connector
    keeping: Keeping
    clock: Clock
    account: str | None = None
    since: int | None = None
    patience: float = _SOON
    progress: Progress = quiet

    async def feeds(self, feeds: Iterable[Feed]) -> list[Outcome]:
        """Read feeds to their ends, storing every page; returns how far each was read.

        A feed that fails does not keep the others from being read. Raises Reconnect, which
        concerns them all.
        """
        return [await self.feed(feed.name) for feed in feeds]

    async def feed(self, name: str) -> Outcome:
        """Read one feed to its end, or to where it stops for longer than our patience."""
        outcome = Outcome(name)
        waits = list(_UNSAID)
        while not outcome.is_whole:
            try:
                await self._read(outcome)
                outcome.is_whole = True
            except TryLater as error:
                wait = _wait(error, waits, self.clock, self.patience)
                if wait is None:
                    outcome.stopped = error
                    return outcome
                self.progress(f"{error} Waiting {round(wait)} s; Ctrl-C keeps what is read")
                await self.clock.sleep(wait)
            except GiveUp as error:
                outcome.stopped = error
                return outcome
        return outcome

    async def _read(self, outcome: Outcome) -> None:
        cursor = self.keeping.cursor(outcome.feed)
        pages = self.connector.pull(outcome.feed, cursor, self.account, self.since)
        async for page in pages:
            if page.items or page.coverage or page.cursor != cursor:
                self.keeping.keep(outcome.feed, page)
                cursor = page.cursor
            outcome.items += len(page.items)
            outcome.reached = page.reached or outcome.reached
            self.progress(_words(outcome), outcome.items)


def _wait(error: TryLater, waits: list[float], clock: Clock, patience: float) -> float | None:
    """Return how long to wait, None where that is too long or was tried often enough."""
    if error.at is None:
        return waits.pop(0) if waits and patience else None
    wait = max(1.0, (error.at - clock.now()) / SECOND)
    return wait if wait <= patience else None


def _words(outcome: Outcome) -> str:
    name = outcome.feed.replace("_", " ")
    if outcome.reached is None:
        return f"Reading {name}:"
    return (
        f"Reading {name}, back to {datetime.fromtimestamp(outcome.reached / SECOND, UTC):%Y-%m-%d}:"
    )


@contextmanager
def holding(into: Path) -> Iterator[None]:
    """Hold a collection's folder for pulling, making it where there is none; else raises Busy."""
    _prepare(into)
    durable.make_folder(into / "raw")
    try:
        with FileLock(into / "raw" / ".lock", timeout=0):
            yield
    except Timeout:
        raise Busy(
            f"Another process is pulling or listening into {into}. Wait until it has finished."
        ) from None


def _prepare(into: Path) -> None:
    """Make the folder one that may become a collection."""
    if not into.exists():
        into.mkdir(parents=True)
    elif not is_collection(into) and not (into / LOCK).exists() and any(into.iterdir()):
        raise NotACollection(f"{into} holds other files. Give a new or an empty folder.")
    with locked(into):
        pass  # leaves the file by which the folder is known to be ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Brings the stored pages of one account into a collection.

    `name` is how the import is called there; `whose` is the account, an organisation's own where
    `is_ours`.
    """

    shelf: Shelf
    parse: Parse
    into: Path
    name: str
    whose: Account
    is_ours: bool = True
    language: bool = True

    def gather(self, progress: Progress = quiet) -> int:
        """Parse the pages that the collection lacks, merge what they hold; returns of how many feeds."""
        from twoway.collection.gathering import gather_records  # noqa: PLC0415  costs Arrow

        if not self.shelf.has_waiting():
            return 0
        read: dict[str, int] = {}
        gather_records(
            self._records(read), self.into, self.name, progress, self.language, infers=False
        )
        self.shelf.mark(read)
        return len(read)

    def _records(self, read: dict[str, int]) -> Iterator[Record]:
        yield self.whose
        if self.is_ours:
            yield Own(self.whose.network, self.whose.id)
        gone: dict[str, int] = {}
        for kept in self.shelf.waiting():
            for raw in kept.page.items:
                for record in self.parse(raw):
                    yield record
                    if isinstance(record, Deletion):
                        gone[record.id] = record.deleted_at
            yield from kept.page.coverage
            read[kept.feed] = kept.number
        if gone:
            yield from self._taken_back(gone)

    def _taken_back(self, gone: Mapping[str, int]) -> Iterator[Reaction]:
        """Find the reactions among what is gone: only the raw pages know their names.

        Looks at pages as bytes first; the last part of a name stands in every form of it.
        """
        marks = [name.rpartition("/")[2].encode() for name in gone]
        for kept in self.shelf.everything():
            for raw in kept.page.items:
                if not any(mark in raw.body for mark in marks):
                    continue
                for record in self.parse(raw):
                    if isinstance(record, Reaction) and (at := gone.get(record.id or "")):
                        yield replace(record, taken_back_at=at)

"""What a network brings to be tried: its pretended server, its payloads, and how to open it."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, TypeVar

from twoway.collection.records import Record
from twoway.connectors.clock import SECOND, Still, Wall
from twoway.connectors.contract.cutting import Cutting
from twoway.connectors.contract.fake import Fake
from twoway.connectors.contract.server import Served
from twoway.connectors.credentials import FileKeeper, Store
from twoway.connectors.door import Door
from twoway.connectors.errors import ConnectorError
from twoway.connectors.interface import (
    Action,
    Connector,
    Credentials,
    Network,
    Page,
    Raw,
    Say,
)  # fmt: skip
from twoway.core.posts import Post, Visibility

T = TypeVar("T")
HOUR = 3_600 * SECOND
# Any check that asks a server more often than this is caught in a circle.
MANY = 300


class Trial(ABC):
    """A network on trial. Subclass it beside the network's tests.

    `feeds` are those that bring what a person says to us, `own_feeds` what we said ourselves.
    `payloads` is a folder of captured answers, `<kind>*.json` or any other ending, each one raw
    item; without people in them. `hostile` writes a hostile text in the network's own form.
    """

    network: ClassVar[Network]
    folder: ClassVar[Path]
    feeds: ClassVar[tuple[str, ...]]
    own_feeds: ClassVar[tuple[str, ...]] = ()
    payloads: ClassVar[Path]
    sends_to: ClassVar[str] = ""
    """A part of the address to which posts are sent, as against logins and look-ups."""
    per_page: ClassVar[int]
    """How many posts the pretended server puts on a page at most."""
    hears_privately: ClassVar[bool] = True
    is_markup: ClassVar[bool] = False
    """Posts are HTML there, so that nothing of it may stay in a text."""
    nobody: ClassVar[str] = "nobody-of-this-name"
    """A handle of the network's form that nobody has."""
    mutations: ClassVar[int] = 300

    @abstractmethod
    def fake(self) -> Fake:
        """Make a pretended server that holds nothing but our account and the person's."""

    @abstractmethod
    def credentials(self, host: str) -> Credentials:
        """Return credentials that the pretended server at `host` takes."""

    def hostile(self, text: str) -> str:
        """Return a text as the network would hold it if it cleaned nothing."""
        return text

    def private_answer(self, post: str, visibility: Visibility | None) -> Action:
        """Return what answers a private post, with a wish for its visibility."""
        return Say(text="Between us, too.", answers=post, visibility=visibility)

    def open(self, door: Door, keeper: FileKeeper) -> Connector:
        """Open our account."""
        return self.network.open(door, keeper)


class Scene:
    """A fake that runs, and a way in: what every check plays with."""

    def __init__(
        self, trial: Trial, served: Served, proxy: Cutting, host: str, keeper: FileKeeper
    ) -> None:
        self.trial = trial
        self.served = served
        self.fake = served.fake
        self.host = host
        self.keeper = keeper
        self.proxy = proxy
        self.clock = Still(Wall().now())
        self.now = self.clock.now()

    def run(self, work: Callable[[Connector], Awaitable[T]], *, clock: Still | None = None) -> T:
        """Do something with a freshly opened connector."""

        async def opened() -> T:
            async with Door(allow=(self.host,), clock=clock or self.clock) as door:
                return await work(self.trial.open(door, self.keeper))

        return asyncio.run(opened())

    def reader(self) -> Connector:
        """Return a connector whose door is closed: parsing needs none."""

        async def itself(connector: Connector) -> Connector:
            return connector

        return self.run(itself)

    def pull(
        self,
        cursors: Mapping[str, str] | None = None,
        feeds: Iterable[str] | None = None,
        between: Callable[[int], None] | None = None,
    ) -> "Told":
        """Pull feeds from cursors on, to the end; `between` runs after each page with its number."""
        told = Told(dict(cursors or {}))

        async def work(connector: Connector) -> None:
            for feed in self.trial.feeds if feeds is None else feeds:
                async for page in connector.pull(feed, told.cursors.get(feed)):
                    told.take(connector, feed, page)
                    if between is not None:
                        between(len(told.pages))

        self.run(work)
        return told

    def failing(self, work: Callable[[Connector], Awaitable[object]]) -> ConnectorError | None:
        """Return the error that a connector raises; any error that names no cure is a failure."""
        try:
            self.run(work)
        except ConnectorError as error:
            return error
        return None


class Told:
    """What pulling brought: pages in their order, the records in them, the last cursors."""

    def __init__(self, cursors: dict[str, str]) -> None:
        self.cursors = cursors
        self.pages: list[tuple[str, Page]] = []
        self.records: list[Record] = []

    def take(self, connector: Connector, feed: str, page: Page) -> None:
        """Note a page, as a collection would."""
        self.pages.append((feed, page))
        self.cursors[feed] = page.cursor
        self.records += parsed(connector, page)
        assert len(self.pages) < MANY, "pages without an end"

    def posts(self, author: str | None = None) -> list[Post]:
        """Return the posts, doubles included, in the order in which they came."""
        return [
            record
            for record in self.records
            if isinstance(record, Post) and author in (None, record.author)
        ]

    def ids(self, author: str) -> set[str]:
        """Return the ids of posts by somebody that are not said to be deleted."""
        return {post.id for post in self.posts(author) if post.deleted_at is None}


def parsed(connector: Connector, page: Page) -> list[Record]:
    """Return all that a page holds."""
    return [record for raw in page.items for record in connector.parse(raw)]


@contextmanager
def scene(trial: Trial, folder: Path, cutting: bool = False) -> Iterator[Scene]:
    """Set the stage: the server runs, behind a cutting proxy where asked, and we are connected."""
    with Served(trial.fake()).running() as served, Cutting(served.host).running() as proxy:
        host = proxy.host if cutting else served.host
        credentials = trial.credentials(host)
        store = Store(folder)
        store.save(credentials, since=0)
        keeper = store.keeper(credentials.network, credentials.account)
        yield Scene(trial, served, proxy, host, keeper)


def payloads(trial: Trial) -> list[Raw]:
    """Return the captured payloads as raw items; the name up to the first dot or - is the kind."""
    return [
        Raw(
            network=trial.network.name,
            kind=path.name.split(".")[0].split("-")[0],
            body=path.read_bytes(),
            fetched_at=0,
        )
        for path in sorted(trial.payloads.iterdir())
        if path.is_file()
    ]

"""Ways in for those who live on a test's server: connected as people connect, one step at a time."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TypeVar

from twoway.collection.records import Record
from twoway.connectors.door import Door
from twoway.connectors.errors import TryLater, Unknown
from twoway.connectors.interface import Action, Connector, Credentials, Key, Page, Say, Sent
from twoway.core.posts import Post
from twoway.networks.mastodon.connector import NETWORK

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    """Credentials that never change."""

    credentials: Credentials

    def read(self) -> Credentials:
        """Return them."""
        return self.credentials


@dataclass(slots=True)
class Stage:
    """Who is connected, by name, and the hosts that a door may reach.

    `tries` is how often something is tried where the server is away for a moment: snac resets
    connections while it delivers.
    """

    hosts: Sequence[str]
    people: dict[str, Credentials] = field(default_factory=dict)
    tries: int = 1

    def connect(self, name: str, host: str, say_yes: Callable[[str], dict[str, str]]) -> None:
        """Connect somebody by OAuth, without a browser; `say_yes` does what a person does there."""

        async def work(door: Door) -> Credentials:
            connecting = NETWORK.connecting(door)
            visit = await connecting.begin({"server": host}, "")
            return await connecting.finish(visit, say_yes(visit.address))

        self.people[name] = self.through(work)

    def through(self, work: Callable[[Door], Awaitable[T]]) -> T:
        """Do something through a door of its own."""

        async def opened() -> T:
            async with Door(allow=[*self.hosts, "127.0.0.1"]) as door:
                return await work(door)

        for _ in range(self.tries - 1):
            with suppress(TryLater):
                return asyncio.run(opened())
        return asyncio.run(opened())

    def run(self, name: str | None, work: Callable[[Connector], Awaitable[T]]) -> T:
        """Do something with a freshly opened connector: somebody's, or the public's."""

        def opened(door: Door) -> Awaitable[T]:
            if name is None:
                return work(NETWORK.public(door))
            return work(self.opened(door, name))

        return self.through(opened)

    def opened(self, door: Door, name: str) -> Connector:
        """Return somebody's connector."""
        return NETWORK.open(door, Held(self.people[name]))

    def do(self, name: str, action: Action, key: Key | None = None) -> Sent:
        """Let somebody do something; an unknown outcome is looked up, as the outbox does."""
        chosen = key or fresh()
        for _ in range(self.tries - 1):
            with suppress(Unknown):
                return self.send(name, action, chosen)
            chosen = replace(chosen, is_first=False)
        return self.send(name, action, chosen)

    def send(self, name: str, action: Action, key: Key) -> Sent:
        """Send once."""
        return self.run(name, lambda connector: connector.send(action, key))

    def say(self, name: str, text: str, **more: object) -> str:
        """Let somebody say something; return the post's address."""
        return self.do(name, Say(text=text, **more)).id

    def pull(
        self,
        name: str | None,
        feed: str,
        cursor: str | None = None,
        about: str | None = None,
        since: int | None = None,
    ) -> "Pulled":
        """Pull a feed to its end."""

        async def work(connector: Connector) -> Pulled:
            pulled = Pulled([], [], cursor or "")
            async for page in connector.pull(feed, cursor, about, since):
                pulled.pages.append(page)
                pulled.records += [one for raw in page.items for one in connector.parse(raw)]
                pulled.cursor = page.cursor
            return pulled

        return self.run(name, work)

    def through_proxy(self, name: str, host: str) -> None:
        """Reach somebody's server through another host from now on."""
        self.people[name] = replace(self.people[name], server=f"http://{host}")


@dataclass(slots=True)
class Pulled:
    """What a feed brought."""

    records: list[Record]
    pages: list[Page]
    cursor: str

    @property
    def posts(self) -> dict[str, Post]:
        """Return the posts by address; of doubles the one whose parent is known."""
        found: dict[str, Post] = {}
        for record in self.records:
            if isinstance(record, Post) and (record.parent or record.id not in found):
                found[record.id] = record
        return found

    def of(self, kind: type[T]) -> list[T]:
        """Return the records of one type."""
        return [record for record in self.records if isinstance(record, kind)]


def fresh(text: str | None = None) -> Key:
    """Make a key, just now, that was never tried."""
    return Key(text=text or secrets.token_hex(8), made_at=now(), is_first=text is None)


def now() -> int:
    """Return the time in µs UTC."""
    return time.time_ns() // 1_000

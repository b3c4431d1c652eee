"""A real Bluesky network to play on: people who come new for each test, and ways in for them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from servers.bluesky import Network, Person
from servers.jetstream import Jetstream
from servers.patience import PATIENCE, until

from twoway.collection.records import Record
from twoway.connectors.credentials import Store
from twoway.connectors.door import Door
from twoway.connectors.interface import Action, Connector, Credentials, Key, Page, Raw, Say, Sent
from twoway.core.posts import Post
from twoway.networks.bluesky.connector.hosts import Hosts
from twoway.networks.bluesky.connector.network import Bluesky

T = TypeVar("T")
Work = Callable[[Connector], Awaitable[T]]
POST = "app.bsky.feed.post"
_NUMBERS = count()


@dataclass(slots=True)
class Stage:
    """A network, the Jetstream over it, and a folder for credentials."""

    network: Network
    stream: Jetstream
    folder: Path
    chat: str = "did:web:chat.invalid#bsky_chat"
    servers: dict[str, str] = field(default_factory=dict)
    """Where somebody's server is reached in place of its own address: through a proxy."""

    @property
    def bluesky(self) -> Bluesky:
        """The network as Twoway knows it, with the hosts of this one."""
        hosts = Hosts(
            public=self.network.appview,
            directory=self.network.directory,
            jetstream=self.stream.address,
            chat=self.chat,
        )
        return Bluesky(hosts)

    def join(self, *names: str) -> list[Person]:
        """Let people join, and connect them."""
        people = [self.network.join(f"{name}{next(_NUMBERS)}") for name in names]
        for person in people:
            self.connect(person)
        return people

    def connect(self, person: Person, **secrets: str) -> Credentials:
        """Keep a session of somebody's, without the half second a login takes."""
        tokens = {"kind": "password", "access": person.access, "refresh": person.refresh}
        credentials = Credentials(
            network="bluesky",
            account=person.did,
            handle=person.handle,
            server=self.network.pds,
            secrets={**tokens, **secrets},
        )
        Store(self.folder).save(credentials, since=0)
        return credentials

    def door(self) -> Door:
        """Open a door to this network, and to nothing else."""
        return Door(allow=[*self.network.hosts, "127.0.0.1"])

    def run(self, person: Person | None, work: Work[T]) -> T:
        """Do something with a freshly opened connector: somebody's, or the public's."""

        async def opened() -> T:
            async with self.door() as door:
                if person is None:
                    return await work(self.bluesky.public(door))
                keeper = Store(self.folder).keeper("bluesky", person.did)
                connector = self.bluesky.open(door, keeper)
                if server := self.servers.get(person.did):
                    connector._xrpc.server = server
                return await work(connector)

        return asyncio.run(opened())

    def do(self, person: Person, action: Action, key: Key | None = None) -> Sent:
        """Let somebody do something, and wait until everybody can see it."""
        chosen = key or fresh()
        sent = self.run(person, lambda connector: connector.send(action, chosen))
        self.network.settle()
        return sent

    def say(self, person: Person, text: str, **more: Any) -> str:
        """Let somebody say something; return its address."""
        return self.do(person, Say(text=text, **more)).id

    def write(self, person: Person, record: dict[str, Any], collection: str = POST) -> str:
        """Let somebody's other client write any record; return its address."""
        body = {
            "repo": person.did,
            "collection": collection,
            "record": {"$type": collection, "createdAt": iso(), **record},
            "validate": False,
        }
        told = self.network.xrpc("com.atproto.repo.createRecord", person, json=body)
        return str(told["uri"])

    def write_many(self, person: Person, records: Sequence[dict[str, Any]]) -> list[str]:
        """Let somebody's other client write up to 200 posts at once."""
        create = "com.atproto.repo.applyWrites#create"
        writes = [
            {
                "$type": create,
                "collection": POST,
                "value": {"$type": POST, "createdAt": iso(), **one},
            }
            for one in records
        ]
        told = self.network.xrpc(
            "com.atproto.repo.applyWrites", person, json={"repo": person.did, "writes": writes}
        )
        return [str(one["uri"]) for one in told["results"]]

    def pull(
        self,
        person: Person | None,
        feed: str,
        cursor: str | None = None,
        about: Person | None = None,
        since: int | None = None,
    ) -> tuple[list[Record], str]:
        """Pull a feed to its end; return what is in it, and the last cursor."""

        async def work(connector: Connector) -> tuple[list[Record], str]:
            records: list[Record] = []
            last = cursor or ""
            account = about.did if about else None
            async for page in connector.pull(feed, cursor, account, since):
                records += read(connector, page.items)
                records += page.coverage
                last = page.cursor
            return records, last

        return self.run(person, work)

    def hear(
        self, person: Person, enough: Callable[[list[Record]], bool], cursor: str
    ) -> list[Record]:
        """Listen from a cursor on until enough was heard."""

        async def work(connector: Connector) -> list[Record]:
            records: list[Record] = []
            async with asyncio.timeout(PATIENCE), aclosing(connector.listen(cursor)) as pages:
                async for page in pages:
                    records += read(connector, page.items)
                    if enough(records):
                        break
            return records

        return self.run(person, work)

    def await_sight(self, post: str) -> None:
        """Wait until the app view shows a post, some seconds after it was paused."""
        ann, asked = self.network.people["ann"], {"uris": post}
        until(lambda: self.network.xrpc("app.bsky.feed.getPosts", ann, params=asked)["posts"])

    def texts(self, person: Person) -> list[str]:
        """Return what stands of somebody's posts at the server, latest first."""
        return [record["text"] for record in self.records(person, POST)]

    def records(self, person: Person, collection: str) -> list[dict[str, Any]]:
        """Return what stands of somebody's records of a kind at the server, latest first."""
        asked = {"repo": person.did, "collection": collection, "limit": 100}
        told = self.network.xrpc("com.atproto.repo.listRecords", params=asked)
        return [record["value"] for record in told["records"]]


def read(connector: Connector, items: Sequence[Raw]) -> list[Record]:
    """Return all that raw items hold."""
    return [record for raw in items for record in connector.parse(raw)]


def posts(records: Sequence[Record]) -> dict[str, Post]:
    """Return the posts, by address."""
    return {record.id: record for record in records if isinstance(record, Post)}


def pages_of(connector: Connector, feed: str, **more: Any) -> Awaitable[list[Page]]:
    """Return a feed's pages as they come."""

    async def work() -> list[Page]:
        return [page async for page in connector.pull(feed, None, **more)]

    return work()


def fresh(text: str | None = None) -> Key:
    """Make a key, just now."""
    return Key(text=text or f"key-{next(_NUMBERS)}", made_at=now())


def now() -> int:
    """Return the time in µs UTC."""
    return time.time_ns() // 1000


def iso(at: int | None = None) -> str:
    """Write a time (µs UTC) as records do."""
    micros = now() if at is None else at
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(micros // 1_000_000))
    return f"{stamp}.{micros // 1000 % 1000:03d}Z"

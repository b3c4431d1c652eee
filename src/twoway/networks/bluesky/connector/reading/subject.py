"""Whom a feed is about, and through which server it is read."""

from dataclasses import dataclass
from typing import Any, Final

import orjson

from twoway.collection.values import mappings, moment, text
from twoway.connectors.backwards import Item
from twoway.connectors.door import BODY
from twoway.connectors.interface import Raw
from twoway.networks.bluesky.connector.xrpc import Xrpc
from twoway.networks.bluesky.posts import NETWORK

Fields = dict[str, Any]

PAGE: Final = 100
"""The most that any list of Bluesky's hands out at once."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An account (DID), and the server that is asked about it."""

    account: str
    xrpc: Xrpc

    @property
    def now(self) -> int:
        """The time in µs UTC."""
        return self.xrpc.door.clock.now()

    async def ask(self, method: str, *, size: int = BODY, **params: Any) -> Fields:
        """Ask the server; parameters that are None are left out."""
        return await self.xrpc.ask(method, params, size=size)

    def raw(self, kind: str, item: object) -> Raw:
        """Keep an item as the network gave it."""
        return Raw(
            network=NETWORK,
            kind=kind,
            body=orjson.dumps(item),
            fetched_at=self.now,
            about=self.account,
        )

    def item(self, kind: str, found: Fields, own_id: str, at: int | None) -> Item:
        """Keep an item with the time by which it is sorted; one without a time counts as new."""
        return Item(at=self.now if at is None else at, id=own_id, raw=self.raw(kind, found))


def listed(answer: Fields, name: str) -> list[Fields]:
    """Return the items of a list."""
    return mappings(answer.get(name))


def older(answer: Fields) -> str | None:
    """Return the cursor to what comes below; None at the end."""
    return text(answer.get("cursor")) or None


def sorted_at(view: Fields, record: Fields) -> int | None:
    """Return when Bluesky files a post: as it is dated, or when it came if that was earlier."""
    times = [moment(view.get("indexedAt")), moment(record.get("createdAt"))]
    return min((time for time in times if time is not None), default=None)

"""Records in our own repository: made once for a key, replaced or deleted by their address."""

from typing import Any, Final

import orjson

from twoway.collection.values import mapping, mappings, text
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Key, Raw, Sent
from twoway.networks.bluesky.connector.events import COMMIT
from twoway.networks.bluesky.connector.keys import record_key, stated
from twoway.networks.bluesky.connector.sending.witness import REMEMBERS, was_made
from twoway.networks.bluesky.connector.xrpc import Refused, Xrpc
from twoway.networks.bluesky.posts import NETWORK, page_of, reference
from twoway.networks.bluesky.times import key_time

# How exactly we know a server's time: it states whole seconds, and the answer took a while.
_CLOCKS: Final = 3 * 1_000_000
_PAGES: Final = 20
FORGOTTEN: Final = (
    "This was tried more than a day ago, and nobody remembers whether it was posted and deleted "
    "since. Look at the account; if it is not there, send it as a new post."
)
DELETED: Final = "This was posted before and deleted since. It is not posted again."


class Records:
    """Writes to one account's repository, through its own server."""

    def __init__(self, xrpc: Xrpc, jetstream: str) -> None:
        self.xrpc = xrpc
        self.account = xrpc.prover.account
        self._jetstream = jetstream

    async def make(self, collection: str, record: dict[str, Any], key: Key) -> Sent:
        """Make the record that stands for a key, unless it is there; never replaces one.

        `swapRecord: null` demands that nothing is there. The same content again changes nothing;
        other content is refused, which means that the key was sent before.
        """
        whole = {"$type": collection, **record, "createdAt": stated(key.made_at)}
        body = {
            "repo": self.account,
            "collection": collection,
            "rkey": record_key(key),
            "record": whole,
            "swapRecord": None,
        }
        try:
            answer = await self.xrpc.tell("com.atproto.repo.putRecord", body)
        except Refused as error:
            if error.name != "InvalidSwap":
                raise
            return await self.found(collection, key) or self._sent(collection, key)
        is_repeat = "commit" not in answer
        return self._sent(collection, key, whole, is_repeat=is_repeat)

    async def found(self, collection: str, key: Key) -> Sent | None:
        """Return what stands of a key; None where nothing does."""
        found = await self.get(self._address(collection, key))
        return self._sent(collection, key, mapping(found.get("value"))) if found else None

    async def sent_before(self, collection: str, key: Key) -> Sent | None:
        """Return what stands of a key; None where it was never sent.

        Raises GiveUp where it was sent and deleted since, TryLater where that cannot be told now.
        """
        if key.is_first:
            return None
        revision, ahead = await self._revision()
        if (key_time(revision) or 0) < key.made_at + ahead - _CLOCKS:
            return None  # the account has written nothing since the key was made
        if (sent := await self.found(collection, key)) is not None:
            return sent
        door, record = self.xrpc.door, (collection, record_key(key))
        if door.clock.now() - key.made_at > REMEMBERS:
            raise GiveUp(FORGOTTEN)
        since = key.made_at + ahead
        if await was_made(door, self._jetstream, self.account, record, since, revision):
            raise GiveUp(DELETED)
        return None

    async def get(self, address: str) -> dict[str, Any] | None:
        """Return one of our records with its checksum; None where there is none."""
        _, _, repository, collection, key = address.split("/")
        try:
            return await self.xrpc.ask(
                "com.atproto.repo.getRecord",
                {"repo": repository, "collection": collection, "rkey": key},
            )
        except Refused as error:
            if error.name != "RecordNotFound":
                raise
            return None

    async def replace(self, address: str, record: dict[str, Any], before: str) -> None:
        """Put another record in place of the one with the checksum `before`."""
        _, _, _, collection, key = address.split("/")
        body = {
            "repo": self.account,
            "collection": collection,
            "rkey": key,
            "record": record,
            "swapRecord": before,
        }
        await self.xrpc.tell("com.atproto.repo.putRecord", body)

    async def delete(self, address: str) -> None:
        """Delete one of our records; one that is not there stays so."""
        _, _, repository, collection, key = address.split("/")
        if repository != self.account:
            raise GiveUp("Only what this account wrote itself can be deleted.")
        body = {"repo": self.account, "collection": collection, "rkey": key}
        await self.xrpc.tell("com.atproto.repo.deleteRecord", body, changes=False)

    async def about(self, collection: str, subject: str) -> list[str]:
        """Return our records of a kind about a post or account, such as our likes of it.

        Looks through the latest two thousand.
        """
        cursor: str | None = None
        found: list[str] = []
        for _ in range(_PAGES):
            answer = await self.xrpc.ask(
                "com.atproto.repo.listRecords",
                {"repo": self.account, "collection": collection, "limit": 100, "cursor": cursor},
            )
            for record in mappings(answer.get("records")):
                about = mapping(record.get("value")).get("subject")
                if subject in (about, reference(about)):
                    found.append(text(record.get("uri")))
            cursor = text(answer.get("cursor")) or None
            if cursor is None:
                break
        return found

    async def _revision(self) -> tuple[str, int]:
        """Return the latest revision, and by how much the server's clock is ahead of ours (µs)."""
        answer, at = await self.xrpc.ask_with_time(
            "com.atproto.sync.getLatestCommit", {"did": self.account}
        )
        return text(answer.get("rev")), at - self.xrpc.door.clock.now()

    def _address(self, collection: str, key: Key) -> str:
        return f"at://{self.account}/{collection}/{record_key(key)}"

    def _sent(
        self,
        collection: str,
        key: Key,
        record: dict[str, Any] | None = None,
        *,
        is_repeat: bool = True,
    ) -> Sent:
        address = self._address(collection, key)
        return Sent(
            id=address,
            address=page_of(address),
            sent_at=key.made_at // 1000 * 1000,
            is_repeat=is_repeat,
            raw=self._raw(collection, key, record) if record and page_of(address) else None,
        )

    def _raw(self, collection: str, key: Key, record: dict[str, Any]) -> Raw:
        """Tell of a post of ours as the stream will: with all that was added to its words."""
        event = {
            "$type": COMMIT,
            "did": self.account,
            "operation": "create",
            "collection": collection,
            "rkey": record_key(key),
            "record": record,
        }
        return Raw(
            network=NETWORK,
            kind="event",
            body=orjson.dumps({"payload": event}),
            fetched_at=self.xrpc.door.clock.now(),
            about=self.account,
        )

"""Everything that is posted on Bluesky, filtered on the spot for what concerns one account.

Jetstream (its second version, of August 2026) streams all posts, some 25 a second; nobody filters
by mention for us. Each frame is searched as it came for what names the account, which costs less
than a microsecond, and only what holds it is decoded: a laptop can listen to everything.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from twoway.collection.values import count, mapping, moment, text
from twoway.connectors.door import Door
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Page, Raw
from twoway.networks.bluesky.connector.events import COMMIT, INFO, POSTS
from twoway.networks.bluesky.posts import NETWORK

_METHOD: Final = "/xrpc/network.bsky.jetstream.subscribeEvents"
SPEAKS: Final = "xrpc.v1.json"
_SECOND: Final = 1_000_000
# How often the place is kept while nothing concerns us: as much is read again after a restart.
_KEPT_EVERY: Final = 60 * _SECOND
# Another instance numbers its events otherwise; times agree only roughly.
_REWIND: Final = 30 * _SECOND
_REMEMBERED: Final = 20_000
# A deletion names a record and holds none: some 350 characters.
_DELETION: Final = 600
_LONGEST_FRAME: Final = 4 * 1024 * 1024
_MISSED: Final = (
    "Bluesky's stream no longer holds all that happened since it was last heard; what is missing "
    "comes with the next pull."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where listening goes on: a number of a host's, and when it saw that (µs UTC, by its clock)."""

    host: str = ""
    seq: int = 0
    at: int = 0


class Filter:
    """Finds what concerns an account: what names it, and the deletion of what it found before.

    `words` are looked for as they stand in the frame: DIDs, handles and domains, which JSON never
    escapes. A deletion carries no text, so the addresses of posts found are remembered, the latest
    twenty thousand of this run.
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._found: dict[str, None] = {}

    def concerns(self, frame: str) -> bool:
        """Tell from the bare frame whether it is worth decoding."""
        for word in self._words:
            if word in frame:
                return True
        return len(frame) < _DELETION and '"delete"' in frame and self._names_one_found(frame)

    def _names_one_found(self, frame: str) -> bool:
        try:
            event = mapping(mapping(orjson.loads(frame)).get("payload"))
        except orjson.JSONDecodeError:
            return False
        return _record_of(event) in self._found

    def remember(self, event: dict[str, Any]) -> None:
        """Keep in mind a post that was handed out, to know it when it is deleted."""
        self._found[_record_of(event)] = None
        if len(self._found) > _REMEMBERED:
            del self._found[next(iter(self._found))]


class Listener:
    """Listens at one Jetstream for one account."""

    def __init__(self, door: Door, host: str, account: str, words: tuple[str, ...]) -> None:
        self._door = door
        self._host = host
        self._account = account
        self._filter = Filter((account, *words))

    async def pages(self, cursor: str | None) -> AsyncIterator[Page]:
        """Hand out each event that concerns us, and now and then only the place.

        Ends when the server closes properly, raises TryLater when the connection breaks.
        """
        place = _read(cursor)
        try:
            async with aclosing(self._from(self._start(place))) as pages:
                async for page in pages:
                    yield page
        except GiveUp:
            # The number is older than what Jetstream keeps (36 hours); times are never refused.
            if not place.seq:
                raise
            async with aclosing(self._from(place.at)) as pages:
                async for page in pages:
                    yield page

    def _start(self, place: Place) -> int | None:
        """Return the cursor to ask with: numbers at the same host, times anywhere; None for now."""
        if place.host == self._host and place.seq:
            return place.seq
        return place.at - _REWIND if place.at else None

    async def _from(self, start: int | None) -> AsyncGenerator[Page, None]:
        cursor = {} if start is None else {"cursor": start}
        query = urlencode({"collections": POSTS, "kinds": "commit", **cursor})
        kept_at = self._door.clock.now()
        async with self._door.socket(
            f"{self._host}{_METHOD}?{query}", speaks=SPEAKS, longest=_LONGEST_FRAME
        ) as frames:
            async for frame in frames:
                told = frame if isinstance(frame, str) else frame.decode(errors="replace")
                now = self._door.clock.now()
                is_due = now - kept_at >= _KEPT_EVERY
                if not is_due and not self._filter.concerns(told) and '#info"' not in told[:200]:
                    continue
                for page in self._told(told, now):
                    kept_at = now
                    yield page

    def _told(self, frame: str, now: int) -> Iterator[Page]:
        """Decode a frame that may concern us; one that is none is passed over."""
        try:
            event = mapping(mapping(orjson.loads(frame)).get("payload"))
        except orjson.JSONDecodeError:
            return
        if event.get("$type") == INFO and event.get("name") == "OutdatedCursor":
            note = self._raw("note", orjson.dumps({"note": _MISSED}), now)
            yield Page(items=(note,), cursor=_write(Place(at=now)))
        seq = count(event.get("seq"))
        if event.get("$type") != COMMIT or seq is None:
            return
        items: tuple[Raw, ...] = ()
        if self._filter.concerns(frame):
            items = (self._raw("event", frame.encode(), now),)
            self._filter.remember(event)
        at = moment(event.get("witnessedAt") or event.get("time")) or now
        yield Page(items=items, cursor=_write(Place(self._host, seq, at)))

    def _raw(self, kind: str, body: bytes, now: int) -> Raw:
        return Raw(network=NETWORK, kind=kind, body=body, fetched_at=now, about=self._account)


def _record_of(event: dict[str, Any]) -> str:
    return f"{event.get('did')}/{event.get('rkey')}"


def _read(cursor: str | None) -> Place:
    """Read a cursor of ours; one that is not begins now."""
    try:
        kept = mapping(orjson.loads(cursor)) if cursor else {}
    except orjson.JSONDecodeError:
        kept = {}
    return Place(text(kept.get("host")), count(kept.get("seq")) or 0, count(kept.get("at")) or 0)


def _write(place: Place) -> str:
    return orjson.dumps(asdict(place)).decode()

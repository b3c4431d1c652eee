"""Private messages: first what is there, then what the service's log adds to it.

The log begins "now" (bluesky-social/atproto issue 2760), so its place is noted before anything else
is read: what happens meanwhile comes twice rather than not at all.
"""

from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import Any, Final

import orjson

from twoway.collection.values import mapping, mappings, text
from twoway.connectors.interface import Page, Raw
from twoway.connectors.paging import Trail
from twoway.networks.bluesky.connector.reading.subject import PAGE, Fields, Subject, listed, older

_TOLD: Final = ("#logCreateMessage", "#logDeleteMessage", "#logAddReaction", "#logRemoveReaction")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the log goes on; while the first reading is unfinished, also where that is."""

    log: str = ""
    conversations: str | None = ""


class Messages:
    """Reads conversations through `service`, which the account's server passes requests on to."""

    def __init__(self, subject: Subject, service: str) -> None:
        self._subject = subject
        self._service = service

    async def pages(self, cursor: str | None) -> AsyncIterator[Page]:
        """Hand out everything at first, and from then on what changed."""
        place = _read(cursor)
        if not place.log:
            place = _Place(log=text((await self._ask("getLog")).get("cursor")))
        async for page in self._first(place):
            place = _read(page.cursor)
            yield page
        async for page in self._changes(place.log):
            yield page

    async def _first(self, place: _Place) -> AsyncIterator[Page]:
        trail = Trail(self._subject.xrpc.server)
        at = place.conversations
        while at is not None:
            answer = await self._ask("listConvos", limit=PAGE, cursor=at or None)
            at = older(answer)
            trail.step(at)
            items = [raw for one in listed(answer, "convos") for raw in await self._all_of(one)]
            yield Page(items=tuple(items), cursor=_write(_Place(place.log, at)))

    async def _all_of(self, conversation: Fields) -> list[Raw]:
        """Read a conversation to its beginning, oldest first."""
        own_id, members = text(conversation.get("id")), mappings(conversation.get("members"))
        trail, cursor, found = Trail(self._subject.xrpc.server), None, list[Fields]()
        while True:
            answer = await self._ask("getMessages", convoId=own_id, limit=PAGE, cursor=cursor)
            found += listed(answer, "messages")
            cursor = older(answer)
            trail.step(cursor)
            if cursor is None:
                return [self._raw(own_id, members, message) for message in reversed(found)]

    async def _changes(self, log: str) -> AsyncIterator[Page]:
        trail = Trail(self._subject.xrpc.server)
        members: dict[str, list[Fields]] = {}
        while True:
            answer = await self._ask("getLog", cursor=log or None)
            told = [one for one in listed(answer, "logs") if text(one.get("$type")).endswith(_TOLD)]
            items = []
            for one in told:
                own_id = text(one.get("convoId"))
                if own_id not in members:
                    members[own_id] = await self._members(own_id)
                items.append(self._raw(own_id, members[own_id], mapping(one.get("message"))))
            is_last = not listed(answer, "logs")
            if not is_last:
                log = text(answer.get("cursor"))
                trail.step(log)
            yield Page(items=tuple(items), cursor=_write(_Place(log, None)), is_last=is_last)
            if is_last:
                return

    async def _members(self, conversation: str) -> list[Fields]:
        answer = await self._ask("getConvo", convoId=conversation)
        return mappings(mapping(answer.get("convo")).get("members"))

    async def _ask(self, method: str, **params: Any) -> Fields:
        return await self._subject.xrpc.ask(
            f"chat.bsky.convo.{method}", params, service=self._service
        )

    def _raw(self, conversation: str, members: list[Fields], message: Fields) -> Raw:
        return self._subject.raw(
            "message", {"convo": conversation, "members": members, "message": message}
        )


def _read(cursor: str | None) -> _Place:
    """Read a cursor of ours; one that is not begins anew."""
    try:
        return _Place(**orjson.loads(cursor)) if cursor else _Place()
    except (orjson.JSONDecodeError, TypeError):
        return _Place()


def _write(place: _Place) -> str:
    return orjson.dumps(asdict(place)).decode()

"""What people did to an account, as its notifications tell."""

import re
from datetime import datetime, timedelta
from typing import Final

from twoway.collection.values import identifier, mapping, moment, text
from twoway.connectors.backwards import Batch, Fetch
from twoway.networks.bluesky.connector.reading.subject import (
    PAGE,
    Fields,
    Subject,
    listed,
    older,
    sorted_at,
)

_METHOD: Final = "app.bsky.notification.listNotifications"
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def feed(subject: Subject, limit: int = PAGE) -> Fetch:
    """Read them backwards.

    The cursor is a time and hands out what is strictly older: of ten mentions of one moment those
    beyond a page's end would never come (measured in 2026-11). So the next page begins a
    millisecond later, with some that came before; where it brings nothing else, at the cursor.
    """
    told: set[str] = set()

    async def fetch(cursor: str | None) -> Batch:
        answer = await _ask(subject, _later(cursor), limit)
        if cursor and not _ids(answer) - told:
            answer = await _ask(subject, cursor, limit)
        told.clear()
        told.update(_ids(answer))
        items = [
            subject.item(
                "notification", one, _own_id(one), sorted_at(one, mapping(one.get("record")))
            )
            for one in listed(answer, "notifications")
        ]
        return Batch(items=items, older=older(answer))

    return fetch


async def _ask(subject: Subject, cursor: str | None, limit: int) -> Fields:
    return await subject.ask(_METHOD, limit=limit, cursor=cursor)


def _later(cursor: str | None) -> str | None:
    """Return a cursor one millisecond later, where it is a time."""
    if cursor is None or not _TIME.fullmatch(cursor) or moment(cursor) is None:
        return cursor
    at = datetime.fromisoformat(cursor) + timedelta(milliseconds=1)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _ids(answer: Fields) -> set[str]:
    return {_own_id(one) for one in listed(answer, "notifications")}


def _own_id(one: Fields) -> str:
    """Tell apart what the same record said before and after it was edited."""
    return f"{identifier(one.get('uri')) or ''} {text(one.get('cid'))}"

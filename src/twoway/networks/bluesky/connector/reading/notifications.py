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
    millisecond later, with some that came before, and where that is not enough also at the cursor.
    What exceeds a page of one millisecond is lost here, and found in the threads.
    """
    told: set[str] = set()

    async def fetch(cursor: str | None) -> Batch:
        answer = await _ask(subject, _later(cursor), limit)
        found, below = listed(answer, "notifications"), older(answer)
        if cursor and (below == cursor or not _ids(found) - told):
            answer = await _ask(subject, cursor, limit)
            found, below = found + listed(answer, "notifications"), older(answer)
        told.clear()
        told.update(_ids(found))
        items = [
            subject.item(
                "notification", one, _own_id(one), sorted_at(one, mapping(one.get("record")))
            )
            for one in found
        ]
        return Batch(items=items, older=below)

    return fetch


async def _ask(subject: Subject, cursor: str | None, limit: int) -> Fields:
    return await subject.ask(_METHOD, limit=limit, cursor=cursor)


def _later(cursor: str | None) -> str | None:
    """Return a cursor one millisecond later, where it is a time."""
    if cursor is None or not _TIME.fullmatch(cursor) or moment(cursor) is None:
        return cursor
    at = datetime.fromisoformat(cursor) + timedelta(milliseconds=1)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _ids(found: list[Fields]) -> set[str]:
    return {_own_id(one) for one in found}


def _own_id(one: Fields) -> str:
    """Tell apart what the same record said before and after it was edited."""
    return f"{identifier(one.get('uri')) or ''} {text(one.get('cid'))}"

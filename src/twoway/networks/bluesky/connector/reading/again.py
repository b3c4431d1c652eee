"""Walks that are made anew from time to time, deeper than what was read before.

Bluesky files things by the time their authors state: what is dated back lands far below what was
read already, and a walk that stops at the first known item never meets it.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, replace

import orjson

from twoway.connectors.backwards import LEG, Fetch, walk
from twoway.connectors.interface import Page
from twoway.networks.bluesky.connector.reading.memory import Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """How far back (`window`) and how often (`every`) a feed is walked anew; both in µs.

    `leg` is how many pages are read before what they hold is handed out.
    """

    window: int
    every: int
    leg: int = LEG


@dataclass(frozen=True, slots=True)
class _Place:
    """The usual walk, the deep one while it is under way, and when the last deep one began.

    `told` is what Memory writes.
    """

    usual: str | None = None
    is_whole: bool = False
    deep: str | None = None
    deep_at: int = 0
    told: str = ""


async def pages(
    fetch: Callable[[int | None], Fetch],
    cursor: str | None,
    *,
    server: str,
    since: int | None,
    now: int,
    how: Again,
) -> AsyncIterator[Page]:
    """Hand out what is new, and where it is time for it, all of the window again.

    `fetch` is given how far down its walk goes (µs UTC; None: to the beginning).
    """
    place = _read(cursor)
    memory = Memory.of(place.told)
    if not place.is_whole or how.every:
        async for page in walk(fetch(since), place.usual, server=server, since=since, leg=how.leg):
            is_whole = place.is_whole or page.is_last
            items = memory.new_of(page.items)
            place = replace(
                place,
                told=memory.written(),
                usual=page.cursor,
                is_whole=is_whole,
                deep_at=place.deep_at or (now if page.is_last else 0),
            )
            is_due = _is_due(place, now, how)
            is_last = page.is_last and not is_due
            yield replace(page, items=items, cursor=_write(place), is_last=is_last)
        if not _is_due(place, now, how) and place.deep is None:
            return
    async for page in _deep(fetch, place, server=server, now=now, how=how):
        yield page


async def _deep(
    fetch: Callable[[int | None], Fetch], place: _Place, *, server: str, now: int, how: Again
) -> AsyncIterator[Page]:
    floor, memory = now - how.window, Memory.of(place.told)
    async for page in walk(fetch(floor), place.deep, server=server, since=floor, leg=how.leg):
        items = memory.new_of(page.items)
        place = replace(
            place,
            told=memory.written(),
            deep=None if page.is_last else page.cursor,
            deep_at=now if page.is_last else place.deep_at,
        )
        yield replace(page, items=items, cursor=_write(place))


def _is_due(place: _Place, now: int, how: Again) -> bool:
    return place.is_whole and now - place.deep_at >= max(how.every, 1)


def _read(cursor: str | None) -> _Place:
    """Read a cursor of ours; one that is not begins anew, which only costs reading again."""
    try:
        return _Place(**orjson.loads(cursor)) if cursor else _Place()
    except (orjson.JSONDecodeError, TypeError):
        return _Place()


def _write(place: _Place) -> str:
    return orjson.dumps(asdict(place)).decode()

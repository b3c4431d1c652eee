"""Reading networks that only hand out the newest first: walk back, then hand out forwards.

A walk goes back until it meets what was read before, in legs of bounded size. Each leg is handed
out oldest first with a cursor that remembers what is left below it, so a walk that is killed, or
that the server stops, goes on where it was. Only the first walk of a long history has several legs,
and then the newest leg comes first; whoever receives merges by identity.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

import orjson

from twoway.connectors.clock import SECOND
from twoway.connectors.errors import ConnectorError, GiveUp, TryLater
from twoway.connectors.interface import Page, Raw
from twoway.connectors.paging import Trail

# Posts are dated by their authors' machines: what is this much older than the newest that we know
# is read again, which costs a page and finds what was dated back or came late.
OVERLAP: Final = 3_600 * SECOND
LEG: Final = 20
_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One raw item with the time (µs UTC) by which the network sorts it, and its identity."""

    at: int
    id: str
    raw: Raw


@dataclass(frozen=True, slots=True)
class Batch:
    """Items newest first, and the network's own cursor to older ones; None at the end."""

    items: Sequence[Item]
    older: str | None


Fetch = Callable[[str | None], Awaitable[Batch]]


@dataclass(frozen=True, slots=True)
class _Walk:
    """What a cursor remembers: the newest item told, and an unfinished walk below it.

    `top` is the newest time told. While a walk is unfinished, `older` is where it goes on, `until`
    how far down it must go (None: to the beginning), and `head` the newest it began with.
    """

    top: int | None = None
    older: str | None = None
    until: int | None = None
    head: int | None = None


async def walk(
    fetch: Fetch, cursor: str | None, *, server: str, since: int | None = None, leg: int = LEG
) -> AsyncIterator[Page]:
    """Hand out what is new after `cursor`, down to `since` (µs UTC) where there is no cursor.

    Pages without items only tell by `reached` how far back the walk has come. Where the server
    stops us midway, what was read is handed out before TryLater or GiveUp is raised. Coverage is
    the caller's, who knows the streams: `reached` says how far down a leg went, `is_last` that
    nothing is missing any more.
    """
    state, trail = _read(cursor), Trail(server)
    is_rest = state.older is not None
    begins = not is_rest
    while True:
        if begins:
            state, trail = replace(state, until=_known(state, since), head=None), Trail(server)
        before = state
        found: list[Item] = []
        stopped: ConnectorError | None = None
        for _ in range(leg):
            try:
                batch = await fetch(state.older)
                found += batch.items
                trail.step(batch.older)
            except (TryLater, GiveUp) as error:
                stopped = error
                break
            state = _down(state, batch)
            if state.older is None:
                break
            yield Page(items=(), cursor=_write(before), reached=_lowest(found, since))
        is_down = stopped is None and state.older is None
        if is_down or isinstance(stopped, GiveUp):
            state = _Walk(top=_newer(state.head, state.top))
        if found or is_down:
            for page in _pages(found, before, state, since):
                is_last = is_down and not is_rest and page.cursor == _write(state)
                yield replace(page, is_last=is_last)
        if stopped is not None:
            raise stopped
        if is_down and not is_rest:
            return
        begins = is_down  # what was left is told; now what came since
        is_rest = is_rest and not is_down


def _known(state: _Walk, since: int | None) -> int | None:
    return since if state.top is None else state.top - OVERLAP


def _down(state: _Walk, batch: Batch) -> _Walk:
    """Go down by one batch, to what was known or to the end."""
    newest = max((item.at for item in batch.items), default=None)
    has_met = (
        state.until is not None
        and bool(batch.items)
        and all(item.at < state.until for item in batch.items)
    )
    return replace(
        state,
        older=None if has_met else batch.older,
        head=_newer(state.head, newest),
    )


def _pages(found: Sequence[Item], before: _Walk, after: _Walk, since: int | None) -> Iterator[Page]:
    """Cut a leg into pages, oldest first; only the last one moves the cursor."""
    own = {item.id: item for item in found if since is None or item.at >= since}
    items = sorted(own.values(), key=lambda item: (item.at, item.id))
    reached = min((item.at for item in found), default=None)
    cuts = range(0, max(len(items), 1), _PAGE)
    for start in cuts:
        is_end = start + _PAGE >= len(items)
        yield Page(
            items=tuple(item.raw for item in items[start : start + _PAGE]),
            cursor=_write(after if is_end else before),
            reached=reached,
        )


def _lowest(found: Sequence[Item], since: int | None) -> int | None:
    return max(min((item.at for item in found), default=since or 0), since or 0)


def _newer(one: int | None, other: int | None) -> int | None:
    known = [time for time in (one, other) if time is not None]
    return max(known, default=None)


def _read(cursor: str | None) -> _Walk:
    """Read a cursor of ours; one that is not begins anew, which only costs reading again."""
    try:
        kept = orjson.loads(cursor) if cursor else {}
        return _Walk(**kept)
    except (orjson.JSONDecodeError, TypeError):
        return _Walk()


def _write(state: _Walk) -> str:
    return orjson.dumps(asdict(state)).decode()

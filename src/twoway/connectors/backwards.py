"""Reading networks that only hand out the newest first: walk back, then hand out forwards.

A walk goes back until it meets what was read before, in legs of bounded size. Each leg is handed
out oldest first with a cursor that remembers what is left below it, so a walk that is killed, or
that the server stops, goes on where it was. Only the first walk of a long history has several legs,
and then the newest leg comes first; whoever receives merges by identity.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
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
    nothing is missing any more. `leg` is how many batches are read before they are handed out.
    """
    state, trail = _read(cursor), Trail(server)
    is_rest = state.older is not None
    begins = not is_rest
    while True:
        if begins:
            state, trail = replace(state, until=_known(state, since), head=None), Trail(server)
        now = _Leg(state)
        async for reached in now.go(fetch, trail, leg):
            yield Page(items=(), cursor=_write(now.before), reached=max(reached, since or 0))
        state = now.after
        for page in now.pages(since):
            is_end = page.cursor == _write(state)
            yield replace(page, is_last=now.is_down and not is_rest and is_end)
        if now.stopped is not None:
            raise now.stopped
        if now.is_down and not is_rest:
            return
        begins = now.is_down  # what was left is told; now what came since
        is_rest = is_rest and not now.is_down


@dataclass(slots=True)
class _Leg:
    """One leg of a walk: where it began, what it found, where it ended and why."""

    before: _Walk
    found: list[Item] = field(default_factory=list)
    stopped: ConnectorError | None = None
    _at: _Walk | None = None

    @property
    def at(self) -> _Walk:
        """Where the leg has come."""
        return self._at or self.before

    @property
    def is_down(self) -> bool:
        """Say whether it met what was known, or the beginning."""
        return self.stopped is None and self.at.older is None

    @property
    def after(self) -> _Walk:
        """What the cursor remembers of it; a walk refused for good is not taken up again."""
        if self.is_down or isinstance(self.stopped, GiveUp):
            return _Walk(top=_newer(self.at.head, self.at.top))
        return self.at

    async def go(self, fetch: Fetch, trail: Trail, longest: int) -> AsyncIterator[int]:
        """Read batch by batch; tells before each further one how far down it came (µs UTC)."""
        for number in range(longest):
            if number:
                yield min((item.at for item in self.found), default=0)
            try:
                batch = await fetch(self.at.older)
                self.found += batch.items
                trail.step(batch.older)
            except (TryLater, GiveUp) as error:
                self.stopped = error
                return
            self._at = _down(self.at, batch)
            if self._at.older is None:
                return

    def pages(self, since: int | None) -> Iterator[Page]:
        """Cut what was found into pages, oldest first; only the last one moves the cursor."""
        if not self.found and not self.is_down:
            return
        own = {item.id: item for item in self.found if since is None or item.at >= since}
        items = sorted(own.values(), key=lambda item: (item.at, item.id))
        reached = min((item.at for item in self.found), default=None)
        for start in range(0, max(len(items), 1), _PAGE):
            is_end = start + _PAGE >= len(items)
            yield Page(
                items=tuple(item.raw for item in items[start : start + _PAGE]),
                cursor=_write(self.after if is_end else self.before),
                reached=reached,
            )


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

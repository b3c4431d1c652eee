"""What was told last time: so that nothing is told twice, and a walk ends where it meets it.

Times alone would not do: posts are dated by other machines, so the last hour is read again, and in
an hour hundreds of people may write. Only a walk that came to its end changes what is remembered;
one that broke off has gaps.
"""

from collections.abc import Awaitable, Callable
from hashlib import blake2b

import orjson

from twoway.collection.values import count, mapping, text, texts
from twoway.connectors.backwards import Batch
from twoway.connectors.interface import Page

Fetch = Callable[[str | None], Awaitable[Batch]]


class Told:
    """A cursor of ours: that of the walk, the newest items told, and when they were (µs UTC)."""

    def __init__(self, cursor: str | None, now: int) -> None:
        kept = _read(cursor)
        self.walk = text(kept.get("walk")) or None
        self.at = count(kept.get("at"))
        self._before = texts(kept.get("told"))
        self._newest: list[str] = []
        self._now = now

    def watched(self, fetch: Fetch) -> Fetch:
        """Leave out what was told; behind the first of it nothing is new."""
        before = set(self._before)

        async def fetch_new(older: str | None) -> Batch:
            batch = await fetch(older)
            names = [_name(item.id) for item in batch.items]
            if older is None:
                self._newest = names
            pairs = zip(batch.items, names, strict=True)
            new = [item for item, name in pairs if name not in before]
            return Batch(new, batch.older if len(new) == len(names) else None)

        return fetch_new

    def cursor(self, page: Page) -> str:
        """Return what to keep once a page is stored."""
        told, at = self._before, self.at
        if page.is_last:
            told, at = self._newest or told, self._now
        return orjson.dumps({"walk": page.cursor, "told": told, "at": at}).decode()


def _read(cursor: str | None) -> dict[str, object]:
    try:
        return mapping(orjson.loads(cursor)) if cursor else {}
    except orjson.JSONDecodeError:
        return {}


def _name(item: str) -> str:
    """Shorten an id: eighty of them stand in a cursor, and some are whole addresses."""
    return blake2b(item.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

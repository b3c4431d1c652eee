"""What was told last time: so that nothing is told twice, and a walk ends where it meets it.

Times alone would not do: posts are dated by other machines, so the last hour is read again, and in
an hour hundreds of people may write. Only a walk that came to its end changes what is remembered;
one that broke off has gaps.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

import orjson

from twoway.collection.values import count, mapping, text, texts
from twoway.connectors.interface import Page

Entity = Mapping[str, Any]


class Told:
    """A cursor of ours: that of the walk, the newest things told, and when they were (µs UTC)."""

    def __init__(self, cursor: str | None, now: int) -> None:
        kept = _read(cursor)
        self.walk = text(kept.get("walk")) or None
        self.at = count(kept.get("at"))
        self._before = texts(kept.get("told"))
        self._newest: list[str] = []
        self._now = now

    @property
    def is_begun(self) -> bool:
        """Say whether anything was ever told."""
        return bool(self._before)

    def sift(
        self, older: str | None, page: Sequence[Entity], names: Sequence[str]
    ) -> tuple[list[Entity], bool]:
        """Return what of a page is new, and whether the walk has met what was told.

        `names` say what of each item would be worth telling again: its address, when it was edited.
        """
        short = [_short(name) for name in names]
        if older is None:
            self._newest = short
        before = set(self._before)
        pairs = zip(page, short, strict=True)
        new = [item for item, name in pairs if name not in before]
        return new, len(new) < len(page)

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


def _short(name: str) -> str:
    """Shorten a name: eighty of them stand in a cursor, and some are whole addresses."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

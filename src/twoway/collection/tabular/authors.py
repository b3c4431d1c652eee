"""What a table tells of those who wrote: handed over when they are first seen or have changed."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from twoway.collection.records import Posts
from twoway.collection.tabular.cells import read_count, read_flag
from twoway.collection.tabular.fields import ByRole, word
from twoway.collection.values import text
from twoway.core.accounts import Account

_REMEMBERED: Final = 100_000
_TOLD: Final = ("handle", "name", "biography")


class Authors:
    """The authors of one table as they were last told."""

    def __init__(self, network: str) -> None:
        self._network = network
        self._told: dict[str, tuple[str, ...]] = {}

    def new_in(self, cells: ByRole, posts: Posts) -> Iterator[Account]:
        """Hand over those of whom some rows tell something new."""
        nothing = [None] * len(posts)
        columns = [cells.get(role, nothing) for role in _TOLD]
        last = _last_places(zip(posts.columns["author"], *columns, strict=True))
        for (author, *raw), place in last.items():
            told = tuple(map(word, raw))
            if self._told.get(author) == told:
                continue
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            self._told[author] = told
            if told not in ((author, "", ""), ("", "", "")):
                yield self._account(author, told, cells, posts, place)

    def _account(
        self, author: str, told: tuple[str, ...], cells: ByRole, posts: Posts, place: int
    ) -> Account:
        def cell(role: str) -> Any:
            return cells[role][place] if role in cells else None

        handle, name, _ = told
        observed = posts.columns["observed_at"][place] if "observed_at" in posts.columns else None
        return Account(
            network=self._network,
            id=author,
            handle=handle or author,
            name=name,
            biography=text(cell("biography")) or None,
            followers=read_count(cell("followers")),
            following=read_count(cell("following")),
            automatic=read_flag(cell("automatic")),
            observed_at=observed or posts.columns["said_at"][place],
        )


def _last_places(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
    """Return where each different row stands last; nested cells count by how they are written."""
    held = list(rows)
    try:
        return {row: place for place, row in enumerate(held)}
    except TypeError:
        return {tuple(map(str, row)): place for place, row in enumerate(held)}

"""What every kind of table file offers: the names of its columns, and its rows, memory flat."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Protocol

from twoway.collection.records import Rejected

Row = tuple[int, tuple[Any, ...]]
"""The line it begins on, and the values of the columns asked for."""

# Rows read at a time: what is read of a thousand stays in the processor’s cache.
_BATCH: Final = 1_000


def in_batches(rows: Iterable[Row | Rejected]) -> Iterator[list[Row] | Rejected]:
    """Hand over rows by the thousand, and what was rejected in between as it comes."""
    held: list[Row] = []
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        held.append(row)
        if len(held) == _BATCH:
            yield held
            held = []
    if held:
        yield held


class TableFile(Protocol):
    """One file that holds one table."""

    name: str
    columns: tuple[str, ...]

    def rows(self, columns: Sequence[str]) -> Iterator[Row | Rejected]:
        """Hand over the values of some columns row by row, from the first on each call."""
        ...

"""What every kind of table file offers: the names of its columns, and its rows, memory flat."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from twoway.collection.records import Rejected

Row = tuple[int, tuple[Any, ...]]
"""The line it begins on, and the values of the columns asked for."""


class TableFile(Protocol):
    """One file that holds one table."""

    name: str
    columns: tuple[str, ...]

    def rows(self, columns: Sequence[str]) -> Iterator[Row | Rejected]:
        """Hand over the values of some columns row by row, from the first on each call."""
        ...

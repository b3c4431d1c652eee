"""Rows of a table by the names of their columns, for readers that know the table they read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from twoway.collection.errors import Unreadable
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.collection.tabular.delimited import Delimited
from twoway.collection.tabular.roles import normal
from twoway.collection.values import Lacking, text

T = TypeVar("T")

Cells = Mapping[str, str]
"""Cells without spaces around them, by the name of their column as `normal` writes it."""


def parse_rows(
    source: Source, names: Iterable[str], parse: Callable[[Cells], Iterable[T]]
) -> Iterator[T | Rejected]:
    """Parse the rows of several tables; one that lacks something becomes Rejected."""
    for name in names:
        try:
            table = Delimited(source, name)
        except Unreadable as error:
            yield Rejected(name, 0, str(error), "")
            continue
        columns = [normal(column) for column in table.columns]
        for row in table.rows(table.columns):
            if isinstance(row, Rejected):
                yield row
                continue
            cells = dict(zip(columns, (text(cell).strip() for cell in row[1]), strict=True))
            try:
                yield from list(parse(cells))
            except Lacking as lacking:
                yield Rejected(name, row[0], str(lacking), ",".join(row[1])[:2_000])

"""Parquet files written from Arrow: the schema of a table, and a new part that grows by batches."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from twoway.collection.manifest import Part
from twoway.collection.writing import Writing
from twoway.core.tables import Table

_ARROW: Final = {
    "bigint": pa.int64(),
    "integer": pa.int32(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
    "text": pa.string(),
}
# As DuckDB's own default; smaller groups cost scans, larger ones memory.
ROW_GROUP: Final = 122_880


def schema(table: Table) -> pa.Schema:
    """Return the Arrow schema of a table."""
    return pa.schema([(column.name, _ARROW[column.type]) for column in table.columns])


def of_rows(table: Table, rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Return rows of Python values, in the order of a table's columns, as Arrow."""
    kept = list(rows)
    columns = {name: [row[at] for row in kept] for at, name in enumerate(table.names)}
    return pa.table(columns, schema=schema(table))


class NewPart:
    """A part of a table in the making; `parts` holds it after the `with`, if it has rows."""

    def __init__(self, change: Writing, table: Table) -> None:
        self._change = change
        self._path = change.new_file(table.name)
        self._held: list[pa.Table] = []
        self._rows = 0
        self.parts = tuple[Part, ...]()
        self._writer = pq.ParquetWriter(self._path, schema(table), compression="zstd")

    def add(self, batches: Iterable[pa.Table]) -> None:
        """Take rows; they are written as soon as they fill a row group."""
        self._held += batches
        if sum(batch.num_rows for batch in self._held) >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        rows = pa.concat_tables(self._held) if self._held else None
        if rows is not None and rows.num_rows:
            self._writer.write_table(rows, row_group_size=ROW_GROUP)
            self._rows += rows.num_rows
        self._held = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._flush()
        self._writer.close()
        if kind is not None or not self._rows:
            self._path.unlink()
        else:
            self.parts = (self._change.part(self._path, self._rows),)

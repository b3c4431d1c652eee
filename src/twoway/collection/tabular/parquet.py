"""Tables as Parquet files; nested ones become dotted columns."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from twoway.collection.errors import Unreadable
from twoway.collection.records import Rejected
from twoway.collection.source import Source
from twoway.collection.tabular.rows import Row

MAGIC: Final = b"PAR1"
_BATCH: Final = 10_000


class ParquetTable:
    """A Parquet file."""

    def __init__(self, source: Source, name: str) -> None:
        self.name = name
        self._source = source
        try:
            with source.open_seekable(name) as stream:
                self.columns = tuple(_names(pq.ParquetFile(stream).schema_arrow))
        except (pa.ArrowException, OSError, ValueError) as error:
            raise Unreadable(f"{name} is a damaged Parquet file ({error}).") from error

    def rows(self, columns: Sequence[str]) -> Iterator[Row | Rejected]:
        """Hand over rows; a damaged page ends the file."""
        number = 0
        try:
            with self._source.open_seekable(self.name) as stream:
                for batch in pq.ParquetFile(stream).iter_batches(_BATCH, columns=list(columns)):
                    cells = [_values(_column(batch, column)) for column in columns]
                    for row in zip(*cells, strict=True):
                        number += 1
                        yield number, row
        except (pa.ArrowException, OSError, ValueError) as error:
            yield Rejected(self.name, number + 1, f"the rest cannot be read: {error}", "")


def _names(fields: Any, before: str = "") -> Iterator[str]:
    for field in fields:
        if pa.types.is_struct(field.type):
            yield from _names(field.type, f"{before}{field.name}.")
        else:
            yield f"{before}{field.name}"


def _column(batch: pa.RecordBatch, column: str) -> pa.Array:
    if column in batch.schema.names:
        return batch.column(column)
    root, *path = column.split(".")
    return pc.struct_field(batch.column(root), path)


def _values(column: pa.Array) -> list[Any]:
    """Return Python values; Python's times end at the microsecond."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return list(column.to_pylist())

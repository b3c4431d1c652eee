"""DuckDB over the parts of a collection: memory capped, what does not fit goes to the scratch folder."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from twoway.collection.errors import CollectionError
from twoway.collection.manifest import Part
from twoway.collection.parts import ROW_GROUP
from twoway.collection.writing import Writing
from twoway.core.tables import Table

MEMORY = "1GB"
# Importing is bound by Python; more threads cost memory each and save little.
_THREADS = 2
_TYPES = {
    "bigint": "bigint",
    "integer": "integer",
    "double": "double",
    "boolean": "boolean",
    "text": "varchar",
}


class Database:
    """A connection; tables made in it live in `scratch`, which the caller clears away."""

    def __init__(self, scratch: Path, memory: str = MEMORY) -> None:
        self.connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": memory,
                "threads": _THREADS,
                "temp_directory": str(scratch / "spill"),
                "preserve_insertion_order": False,
            },
        )

    def close(self) -> None:
        """Free what it holds."""
        self.connection.close()

    def run(self, statement: str) -> None:
        """Run a statement for its effect."""
        with _failing_plainly():
            self.connection.execute(statement)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query that are few."""
        with _failing_plainly():
            return self.connection.execute(query).fetchall()

    def number(self, query: str) -> int:
        """Return the one number a query asks for, 0 for none; a copy answers with its rows."""
        with _failing_plainly():
            found = self.connection.execute(query).fetchone()
        return int(found[0]) if found and found[0] is not None else 0

    def batches(self, query: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """Stream the rows of a query that are many; run nothing else until it is done."""
        with _failing_plainly():
            result = self.connection.execute(query)
            while rows := result.fetchmany(size):
                yield rows

    def view(self, name: str, table: Table, files: Sequence[Path]) -> None:
        """Make Parquet files readable under a name; without files it has no rows.

        What older files lack is empty.
        """
        if files:
            paths = ", ".join(quoted(str(file)) for file in files)
            source = f"read_parquet([{paths}], union_by_name = true)"
            there = {row[0] for row in self.rows(f"describe from {source}")}
            query = f"select {_cells(table, there)} from {source}"
        else:
            query = f"select {_cells(table, set())} where false"
        self.run(f"create or replace view {name} as {query}")


def _cells(table: Table, there: set[Any]) -> str:
    """Name the columns of a table; those that are not there are empty."""
    return ", ".join(
        quoted_name(column.name)
        if column.name in there
        else f"null::{_TYPES[column.type]} as {quoted_name(column.name)}"
        for column in table.columns
    )


class Workbench(Database):
    """A database in which the new state of a folder is made."""

    def __init__(self, change: Writing, memory: str = MEMORY) -> None:
        super().__init__(change.scratch, memory)
        self.change = change

    def keep(self, table: Table, query: str, order: str = "") -> tuple[Part, ...]:
        """Write the rows of a query as a new part of a table; no part where there are none.

        They are ordered by its first column, or as `order` says in SQL.
        """
        path = self.change.new_file(table.name)
        names = ", ".join(quoted_name(column) for column in table.names)
        rows = self.number(
            f"copy (select {names} from ({query}) order by {order or quoted_name(table.names[0])}) "
            f"to {quoted(str(path))} (format parquet, compression zstd, row_group_size {ROW_GROUP})"
        )
        if not rows:
            path.unlink()
            return ()
        return (self.change.part(path, rows),)


@contextmanager
def _failing_plainly() -> Iterator[None]:
    """Say what to do where there is no memory or no disk left."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise CollectionError(
            "The memory allowed is too little for so many posts. Allow more, or import fewer "
            "sources at a time."
        ) from error
    except duckdb.IOException as error:
        raise CollectionError(f"The disk could not be read or written: {error}") from error


def quoted(text: str) -> str:
    """Write a text into a statement; only paths that we named, or folders that the user did."""
    return "'" + text.replace("'", "''") + "'"


def quoted_name(name: str) -> str:
    """Write a column's name into a statement."""
    return f'"{name}"'


def existing(change: Writing, table: Table) -> list[Path]:
    """Return the files of a table in the state before the change."""
    return [change.folder / part.file for part in change.manifest.tables.get(table.name, ())]


def total(parts: Iterable[Part]) -> int:
    """Count the rows of parts."""
    return sum(part.rows for part in parts)

"""DuckDB in this process: nothing to start, memory capped, what does not fit goes to a scratch folder."""

import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

try:
    # What the package adds, such as tables built step by step, takes 40 ms to import and is not used here.
    import _duckdb as duckdb
except ImportError:  # that name is no promise
    import duckdb  # type: ignore[no-redef]

from twoway.audit.engines.fragments import quoted
from twoway.audit.engines.interface import Engine, Made
from twoway.audit.engines.memory import in_bytes
from twoway.audit.errors import AuditError, TooLittleMemory
from twoway.core.tables import Column, Table

_TYPES = {
    "bigint": "bigint",
    "integer": "integer",
    "double": "double",
    "boolean": "boolean",
    "text": "varchar",
}
_FILES = "files"
_NAMED = "organisation"
_FEW = 10_000_000
"""Bytes of Parquet, some 50,000 posts, up to which every statement has one core."""
_AT_ONCE = 4
# Where rows are many a statement has all cores, and leaves some idle while it plans, sorts its last
# rows or writes its result: with a second one beside it they work on.
_AT_ONCE_OF_MANY = 2
# What Python, its libraries and DuckDB's own bookkeeping take beside the buffers that DuckDB counts;
# of little memory they get two fifths at most, since without buffers nothing works.
_BESIDE = 200_000_000


class DuckDB:
    """The default engine."""

    name = "duckdb"

    def __init__(self, memory: str = "1GB", threads: int | None = None) -> None:
        """Open an empty database; `memory` as people write it: 500MB, 2GB."""
        given = in_bytes(memory)
        limit = max(given - _BESIDE, given * 3 // 5)
        self._scratch = TemporaryDirectory(prefix="twoway-audit-")
        self._folder = Path(self._scratch.name)
        self._database = duckdb.connect(config=self._settings(limit, threads))
        self._database.execute(f"create schema {_FILES}")
        self._connection = self._connected()
        self._loaded = 0
        self._organisations = ""

    def _connected(self) -> duckdb.DuckDBPyConnection:
        """Return a connection for which a made table hides a view of files of the same name."""
        connection = self._database.cursor()
        connection.execute(f"set search_path = 'main,{_FILES}'")
        return connection

    def _settings(self, limit: int, threads: int | None) -> dict[str, Any]:
        settings = {
            "memory_limit": f"{limit}B",
            "temp_directory": str(self._folder / "spill"),
            # Every query that needs an order says so; keeping that of the rows costs memory.
            "preserve_insertion_order": False,
            # The files may be a stranger's: nothing they could ask for is fetched or installed.
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        return settings | {"threads": threads or _cores()}

    def load(self, table: Table, files: Sequence[Path]) -> None:
        """Make a view of Parquet files: only columns asked for are read, those that a file lacks are empty."""
        if not files:
            self.fill(table, ())
            return
        names = [quoted(str(file)) for file in files]
        # One file is opened in half the time where it need not be held against others.
        together = ", union_by_name = true" if len(names) > 1 else ""
        source = f"read_parquet([{', '.join(names)}]{together})"
        try:
            try:
                self._view(table, source, table.names)
            except duckdb.BinderException:  # an older file lacks a column: rare, and asking is dear
                described = self._connection.execute(f"describe from {source}").fetchall()
                self._view(table, source, {row[0] for row in described})
        except duckdb.Error as error:
            raise _unreadable(f"The table {table.name} in {files[0].parent}", error) from error
        self._loaded += sum(file.stat().st_size for file in files)

    def _view(self, table: Table, source: str, there: Collection[str]) -> None:
        columns = ", ".join(self._read(column, there) for column in table.columns)
        self._connection.execute(
            f"create or replace view {_FILES}.{table.name} as select {columns} from {source}"
        )

    def _read(self, column: Column, there: Collection[str]) -> str:
        """Return the expression that reads a column of a file; of one that the file lacks nothing."""
        if column.name not in there:
            return f'cast(null as {_TYPES[column.type]}) as "{column.name}"'
        if column.name == _NAMED and self._organisations:
            return f'cast("{_NAMED}" as {self._organisations}) as "{_NAMED}"'
        return f'"{column.name}"'

    def fill(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Make a table by way of a file, which is 100 times as fast as inserting row by row."""
        path, names = self._folder / f"{table.name}.jsonl", table.names
        lines = [dict(zip(names, row, strict=True)) for row in rows]
        path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
        types = {column.name: _type(column, lines) for column in table.columns}
        columns = ", ".join(f'"{name}": {quoted(type_)}' for name, type_ in types.items())
        self.make(
            table.name,
            f"select * from read_json({quoted(str(path))}, format = 'newline_delimited', "
            f"columns = {{{columns}}})",
        )
        path.unlink()
        if lines and _NAMED in types and not self._organisations:
            self._organisations = types[_NAMED]  # the first table to name any names all

    def make(self, name: str, query: str) -> None:
        self._run(f"create or replace table {name} as {query}")

    def together(self, jobs: Sequence[Callable[[Engine], Made]]) -> list[Made]:
        """Run jobs side by side: where rows are few, planning one takes longer than running it."""
        if len(jobs) < 2:
            return [job(self) for job in jobs]
        if self._loaded <= _FEW:
            self._run("set threads = 1")
        with ThreadPoolExecutor(_AT_ONCE if self._loaded <= _FEW else _AT_ONCE_OF_MANY) as pool:
            made = list(pool.map(self._tried, jobs))
        return [
            self._beside(job) if isinstance(one, TooLittleMemory) else one
            for one, job in zip(made, jobs, strict=True)
        ]

    def _tried(self, job: Callable[[Engine], Made]) -> Made | TooLittleMemory:
        """Run a job beside others; what did not fit into memory beside them may fit alone."""
        try:
            return self._beside(job)
        except TooLittleMemory as error:
            return error

    def _beside(self, job: Callable[[Engine], Made]) -> Made:
        """Run a job over a connection of its own, as every thread needs one."""
        with self._connected() as connection:
            other = copy(self)
            other._connection = connection  # noqa: SLF001  our own
            return job(other)

    def save(self, table: Table, path: Path) -> int:
        columns = ", ".join(f'"{name}"' for name in table.names)
        try:
            ((count,),) = self._connection.execute(
                f"copy (select {columns} from {table.name}) to {quoted(str(path))} (format parquet, compression zstd)"
            ).fetchall()
        except duckdb.IOException as error:
            raise OSError(str(error)) from error
        return int(count)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._run(query).fetchall()

    def drop(self, name: str) -> None:
        self._run(f"drop table {name}")

    def close(self) -> None:
        self._connection.close()
        self._database.close()
        self._scratch.cleanup()

    def _run(self, statement: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(statement)
        except duckdb.OutOfMemoryException as error:
            raise TooLittleMemory(
                "The audit does not fit into the memory it may use, or there is no room left in "
                f"{self._folder.parent}, where it puts what does not fit. Give it more with "
                "--memory, free some space, or name another folder in TMPDIR."
            ) from error
        except duckdb.Error as error:
            if _is_our_fault(error):
                raise
            raise _unreadable("A file of the collection", error) from error


def _cores() -> int:
    """Return how many cores this process may use, which can be fewer than there are."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _type(column: Column, lines: Sequence[Mapping[str, Any]]) -> str:
    """Return a column's type; the names of organisations are kept as numbers, in their order."""
    if column.name != _NAMED or not lines:
        return _TYPES[column.type]
    return (
        f"enum({', '.join(quoted(name) for name in sorted({line[column.name] for line in lines}))})"
    )


def _is_our_fault(error: duckdb.Error) -> bool:
    """Tell a wrong statement from a damaged file, which reaches us as all sorts of errors."""
    return isinstance(error, duckdb.ProgrammingError) and not isinstance(
        error, duckdb.InvalidInputException
    )


def _unreadable(what: str, error: duckdb.Error) -> AuditError:
    why = str(error).partition("\n")[0].rpartition("Error: ")[2].strip(" .:") or "it is damaged"
    return AuditError(f"{what} cannot be read: {why}. Import its sources again into a new folder.")

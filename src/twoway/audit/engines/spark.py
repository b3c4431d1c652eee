"""Spark: the same statements on a machine of many cores or on a cluster, when the data outgrows this one."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from twoway.audit.engines.interface import Engine, Made
from twoway.audit.engines.memory import in_bytes
from twoway.audit.errors import AuditError
from twoway.collection import parts
from twoway.core.tables import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_TYPES = {
    "bigint": "bigint",
    "integer": "int",
    "double": "double",
    "boolean": "boolean",
    "text": "string",
}
_NO_JAVA = (
    "Spark needs Java 17 or later, and none was found. Install one (Debian, Ubuntu: "
    "apt install openjdk-17-jre-headless), or set JAVA_HOME to where it is."
)
_NO_SPARK = "Spark is not installed. Install it with: pip install 'twoway[spark]'"


class Spark:
    """The engine for collections that one machine cannot hold."""

    name = "spark"

    def __init__(self, master: str = "local[*]", memory: str = "1GB") -> None:
        """Start a session; `master` is local[*] or a cluster's address, `memory` the driver's."""
        limit = in_bytes(memory)
        self._scratch = TemporaryDirectory(prefix="twoway-audit-")
        try:
            with _java_silenced():
                self._session = _start(master, limit, self._scratch.name)
        except AuditError:
            self._scratch.cleanup()
            raise
        self._kept: dict[str, DataFrame] = {}

    def load(self, table: Table, files: Sequence[Path]) -> None:
        if not files:
            self.fill(table, ())
            return
        reader = self._session.read.schema(_schema(table))
        try:
            reader.parquet(*map(_literal, files)).createOrReplaceTempView(table.name)
            # A file is only opened when it is read: better now than in the middle of an audit.
            self._session.read.parquet(*map(_literal, files))
        except _failures() as error:
            raise _unreadable(f"The table {table.name} in {files[0].parent}", error) from error

    def fill(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Make a table by way of Arrow: rows as such take another Python, whichever is first on the path."""
        filled = parts.of_rows(table, rows)
        self._keep(table.name, self._session.createDataFrame(filled, _schema(table)))

    def make(self, name: str, query: str) -> None:
        self._keep(name, self._session.sql(query))

    def save(self, table: Table, path: Path) -> int:
        folder = Path(self._scratch.name) / "saved"
        frame = self._session.table(table.name).select(*table.names)
        try:
            frame.coalesce(1).write.mode("overwrite").parquet(_literal(folder))
            (written,) = folder.glob("part-*.parquet")
            shutil.move(written, path)
        except _failures() as error:
            raise OSError(_first_line(error)) from error
        return frame.count()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        try:
            return [tuple(row) for row in self._session.sql(query).collect()]
        except _failures() as error:
            raise _explained(error) from error

    def together(self, jobs: Sequence[Callable[[Engine], Made]]) -> list[Made]:
        return [job(self) for job in jobs]

    def drop(self, name: str) -> None:
        self._session.catalog.dropTempView(name)
        if name in self._kept:
            self._kept.pop(name).unpersist()

    def close(self) -> None:
        self._session.stop()
        self._scratch.cleanup()

    def _keep(self, name: str, frame: "DataFrame") -> None:
        """Run it once and forget how it was made: later plans would grow with every step."""
        try:
            kept = frame.localCheckpoint(eager=True)
        except _failures() as error:
            raise _explained(error) from error
        kept.createOrReplaceTempView(name)
        if name in self._kept:
            self._kept[name].unpersist()
        self._kept[name] = kept


def _start(master: str, memory: int, scratch: str) -> "SparkSession":
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  an extra
    except ImportError as error:
        raise AuditError(_NO_SPARK) from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise AuditError(_NO_JAVA)
    settings: dict[str, bool | float | int | str | None] = {
        "spark.driver.memory": f"{memory // 1024}k",
        "spark.sql.session.timeZone": "UTC",
        "spark.local.dir": scratch,
        "spark.sql.warehouse.dir": f"{scratch}/warehouse",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
    }
    if master.startswith("local"):
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            # 200 by default, meant for clusters: here every small table would cost 200 tasks.
            "spark.sql.shuffle.partitions": str(_threads(master)),
        }
    builder = SparkSession.builder.master(master).appName("twoway audit")
    try:
        return builder.config(map=settings).getOrCreate()
    except _failures() as error:
        raise AuditError(
            f"Spark did not start at {master}: {_first_line(error)}. {_NO_JAVA}"
        ) from error


def _threads(master: str) -> int:
    """Return how many threads local[4] names; local[*] has one for each processor."""
    named = re.match(r"local\[(\d+)", master)
    return int(named[1]) if named else os.cpu_count() or 2


@contextmanager
def _java_silenced() -> Iterator[None]:
    """Start Java with nowhere to write: what it says at its start is for Spark's developers.

    A process keeps the standard error that it was born with, so that ours comes back afterwards.
    """
    sys.stderr.flush()
    ours, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(ours, 2)
        os.close(ours)
        os.close(nowhere)


def _literal(path: Path) -> str:
    """Return a path as Spark reads it: nothing in it is a pattern."""
    return "file://" + re.sub(r"([\[\]{}*?\\])", r"\\\1", str(path.resolve()))


def _failures() -> tuple[type[Exception], ...]:
    """What goes wrong in Spark comes from either side of its bridge to Java."""
    from py4j.protocol import Py4JError  # noqa: PLC0415  an extra
    from pyspark.errors import PySparkException  # noqa: PLC0415  an extra

    return (PySparkException, Py4JError, OSError, RuntimeError)


def _schema(table: Table) -> str:
    return ", ".join(f"`{column.name}` {_TYPES[column.type]}" for column in table.columns)


def _explained(error: Exception) -> Exception:
    """Tell a damaged file, of which the user must hear, from a wrong statement of ours."""
    if "FAILED_READ_FILE" in str(error) or "ParquetDecodingException" in str(error):
        return _unreadable("A file of the collection", error)
    return error


def _unreadable(what: str, error: Exception) -> AuditError:
    return AuditError(
        f"{what} cannot be read: {_first_line(error)}. Import its sources again into a new folder."
    )


def _first_line(error: Exception) -> str:
    lines = [line.lstrip(": ") for line in str(error).splitlines()]
    return next((line for line in lines if "Exception" in line or "[" in line), lines[0]).rstrip(
        "."
    )

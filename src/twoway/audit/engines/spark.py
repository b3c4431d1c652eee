"""Spark, on this machine or a cluster: the same statements, for data that outgrows one machine."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twoway.audit.engines.fragments import columns_of, empty_select
from twoway.audit.errors import AuditError
from twoway.core.tables import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TYPES = {
    "bigint": "BIGINT", "integer": "INT", "double": "DOUBLE", "boolean": "BOOLEAN",
    "text": "STRING",
}  # fmt: skip
_LOCAL = re.compile(r"local(\[[\w*]+\])?")


class Spark:
    """One Spark session; `master` is local[*] or a cluster's address, `memory` that of the driver."""

    name = "spark"

    def __init__(self, master: str = "local[*]", memory: str = "2GB") -> None:
        self._scratch = tempfile.mkdtemp(prefix="twoway-spark-")
        self._kept: dict[str, DataFrame] = {}
        self._session = _session(master, memory, self._scratch)

    def load(self, table: Table, files: Sequence[Path]) -> None:
        """Make a view over Parquet files; columns that an older file lacks are empty."""
        if not files:
            self._view(table.name, self._session.sql(empty_select(table, TYPES)))
            return
        frame = self._session.read.schema(_schema(table)).parquet(*map(str, files))
        self._view(table.name, frame.selectExpr(*columns_of(table).split(", ")))

    def fill(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Make a table from Python values."""
        frame = self._session.createDataFrame([tuple(row) for row in rows], _schema(table))
        self._view(table.name, frame.cache())

    def make(self, name: str, query: str) -> None:
        """Run a query once and keep its rows; cutting its history keeps later plans short."""
        frame = self._session.sql(query).localCheckpoint(eager=True)
        self._view(name, frame)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""
        return [tuple(row) for row in self._session.sql(query).collect()]

    def drop(self, name: str) -> None:
        """Forget a table or a view."""
        self._session.catalog.dropTempView(name)
        kept = self._kept.pop(name, None)
        if kept is not None:
            kept.unpersist()

    def close(self) -> None:
        """Stop the session and remove its files."""
        self._session.stop()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _view(self, name: str, frame: "DataFrame") -> None:
        self.drop(name)
        frame.createOrReplaceTempView(name)
        self._kept[name] = frame


def _schema(table: Table) -> str:
    return ", ".join(f"{c.name} {TYPES[c.type]}" for c in table.columns)


def _session(master: str, memory: str, scratch: str) -> "SparkSession":
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415  an extra
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as error:
        raise AuditError(
            "--engine spark needs PySpark, which is not installed: pip install 'twoway[spark]'."
        ) from error
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise AuditError(
            "--engine spark needs Java, which is not installed. "
            "On Debian and Ubuntu: apt install default-jre-headless."
        )
    size = memory.strip().lower().removesuffix("b").removesuffix("i")
    builder = (
        SparkSession.builder.master(master)
        .appName("twoway audit")
        .config("spark.driver.memory", size)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.local.dir", scratch)
        .config("spark.sql.warehouse.dir", f"{scratch}/warehouse")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
    )
    if _LOCAL.fullmatch(master):
        # Two hundred partitions are made for clusters; on one machine they only cost time.
        builder = builder.config("spark.sql.shuffle.partitions", str(os.cpu_count() or 2))
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
        builder = builder.config("spark.driver.host", "127.0.0.1")
    try:
        return builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        raise AuditError(
            f"Spark at {master} cannot be started: {str(error).splitlines()[0]}"
        ) from error

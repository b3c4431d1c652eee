"""What an engine must offer. Statements use the common subset of DuckDB and Spark, no parameters."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from twoway.core.tables import Table

Made = TypeVar("Made")


class Engine(Protocol):
    """A place where tables are kept and SQL runs; one audit, one engine."""

    name: str

    def load(self, table: Table, files: Sequence[Path]) -> None:
        """Make `table.name` readable from Parquet files; empty with the right columns when none."""
        ...

    def fill(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table from Python values in the order of its columns."""
        ...

    def make(self, name: str, query: str) -> None:
        """Run `query` once and keep its rows as table `name`; replaces one of that name."""
        ...

    def save(self, table: Table, path: Path) -> int:
        """Write the columns of a made table as one Parquet file and return its rows; raises OSError when there is no room."""
        ...

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Run `query` and return its rows."""
        ...

    def together(self, jobs: "Sequence[Callable[[Engine], Made]]") -> list[Made]:
        """Run jobs of which none needs what another makes, and return what they return."""
        ...

    def drop(self, name: str) -> None:
        """Forget a table."""
        ...

    def close(self) -> None:
        """Free what the engine holds, temporary files included."""
        ...

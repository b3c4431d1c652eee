"""Readings made anew that no state of the folder knows yet: each draft is finished or not there.

A collection of millions takes hours to read. Whoever stops in the middle, or is killed, goes on
from the last draft; the old readings stay in use until all new ones are there.
"""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from twoway.collection.parts import ROW_GROUP, schema
from twoway.collection.reading_batch import Tables
from twoway.collection.writing import sync
from twoway.core.tables import KINDS, READINGS, WORDS, Table

FOLDER: Final = ".rereading"
# What a kill costs at most: some ten seconds of one process.
POSTS: Final = 20_000
_TABLES: Final = (READINGS, KINDS, WORDS)
_MODEL: Final = "model.txt"
_UNFINISHED: Final = "unfinished"


class Drafts:
    """The drafts of one model in a collection's folder; those of any other model are thrown away."""

    def __init__(self, folder: Path, model: str) -> None:
        self._folder = folder / FOLDER
        self.model = model
        known = self._folder / _MODEL
        if not known.exists() or known.read_text("utf-8") != model:
            self.start_over()

    def files(self, table: Table) -> list[Path]:
        """Return the files of the finished drafts of `table`, oldest first."""
        return sorted(self._folder.glob(f"[0-9]*/{table.name}.parquet"))

    def add(self, batches: Iterable[tuple[int, Tables]], every: int | None = None) -> Iterable[int]:
        """Write batches of read posts as drafts; yield how many posts were read with each batch.

        A kill costs at most `every` posts (default: POSTS), or one batch.
        """
        held: list[Tables] = []
        posts = 0
        for size, tables in batches:
            held.append(tables)
            posts += size
            if posts >= (every or POSTS):
                self._finish(held)
                held, posts = [], 0
            yield size
        if held:
            self._finish(held)

    def start_over(self) -> None:
        """Throw all drafts away and begin anew."""
        self.discard()
        self._folder.mkdir()
        (self._folder / _MODEL).write_text(self.model, "utf-8")

    def discard(self) -> None:
        """Throw all drafts away."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _finish(self, held: Sequence[Tables]) -> None:
        made = self._folder / _UNFINISHED
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        for table in _TABLES:
            rows = [part for tables in held for part in tables[table.name]]
            file = made / f"{table.name}.parquet"
            whole = pa.concat_tables(rows) if rows else schema(table).empty_table()
            pq.write_table(whole, file, compression="zstd", row_group_size=ROW_GROUP)
            sync(file)
        done = len(list(self._folder.glob("[0-9]*")))
        made.rename(self._folder / f"{done + 1:06}")
        sync(self._folder)


def discard_drafts(folder: Path) -> None:
    """Throw away what was drafted in `folder`: it may hold words of somebody who is forgotten."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)

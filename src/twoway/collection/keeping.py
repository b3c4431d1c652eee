"""What an audit made at a price, kept in the folder beside the tables it was made from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from twoway.collection.errors import CollectionError
from twoway.collection.folder import Collection
from twoway.collection.lock import locked
from twoway.collection.manifest import Part
from twoway.collection.writing import replace_manifest, sync
from twoway.core.tables import LIKENESS, TABLES

# One for each window that is asked about; nightly audits ask about a new one every night.
KEPT: Final = 3

ROWS: Final = "rows"
"""The table that holds the rows of measures, a part for each; what they are the audit knows."""
Save = Callable[[Path], int]
"""Writes the rows of a table as one Parquet file and returns how many these are."""


def keep(collection: Collection, name: str, tables: Mapping[str, Save]) -> bool:
    """Add a part to each of the tables; `name` (12 hexadecimal digits) begins the names of their files.

    An audit needs no right to write: a folder that is read-only, full, being written or changed
    since it was opened stays as it is. What a later import or purge writes does without these.
    """
    return _keep(collection, [(table, name, save) for table, save in tables.items()], KEPT - 1)


def keep_rows(collection: Collection, rows: Mapping[str, Save]) -> bool:
    """Add parts of such names to the table ROWS, beside all that are there; else as `keep`."""
    return _keep(collection, [(ROWS, name, save) for name, save in rows.items()], None)


def _keep(
    collection: Collection, saves: Iterable[tuple[str, str, Save]], beside: int | None
) -> bool:
    try:
        with locked(collection.path):
            if Collection.open(collection.path).manifest != collection.manifest:
                return False
            made = [(table, _write(collection, table, name, save)) for table, name, save in saves]
            _add(collection, made, beside)
    except (OSError, CollectionError):
        return False
    return True


def not_kept(tables: Iterable[str]) -> list[str]:
    """Return those of a folder's tables that say what was said, and were not made by an audit."""
    return [name for name in tables if name in TABLES and name != LIKENESS.name]


def _write(collection: Collection, table: str, name: str, save: Save) -> Part:
    path = collection.path / table / f"{name}-1.parquet"
    path.parent.mkdir(exist_ok=True)
    try:
        rows = save(path)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    sync(path)
    sync(path.parent)
    return Part(path.relative_to(collection.path).as_posix(), rows, path.stat().st_size)


def _add(collection: Collection, made: Iterable[tuple[str, Part]], beside: int | None) -> None:
    """Name the parts in the manifest, and of each table's older ones so many beside them.

    Whoever writes next sweeps away what is no longer named.
    """
    manifest = collection.manifest
    tables, stale = dict(manifest.tables), list(manifest.stale)
    for table, parts in groupby(made, key=itemgetter(0)):
        new = tuple(part for _, part in parts)
        older = [old for old in tables.get(table, ()) if old not in new]
        tables[table] = (*new, *older[:beside])
        stale += [old.file for old in older[len(older[:beside]) :]]
    replace_manifest(
        collection.path, replace(manifest, tables=tables, stale=tuple(stale)).to_json()
    )

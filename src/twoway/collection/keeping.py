"""What an audit made at a price, kept in the folder beside the tables it was made from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
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

Save = Callable[[Path], int]
"""Writes the rows of a table as one Parquet file and returns how many these are."""


def keep(collection: Collection, name: str, tables: Mapping[str, Save]) -> bool:
    """Add a part to each of the tables; `name` (12 hexadecimal digits) begins the names of their files.

    An audit needs no right to write: a folder that is read-only, full, being written or changed
    since it was opened stays as it is. What a later import or purge writes does without these.
    """
    try:
        with locked(collection.path):
            if Collection.open(collection.path).manifest != collection.manifest:
                return False
            _add(collection, {t: _write(collection, t, name, save) for t, save in tables.items()})
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


def _add(collection: Collection, made: Mapping[str, Part]) -> None:
    """Name the parts in the manifest, and of each table's older ones so many beside them.

    Whoever writes next sweeps away what is no longer named.
    """
    manifest = collection.manifest
    tables, stale = dict(manifest.tables), list(manifest.stale)
    for table, part in made.items():
        older = [old for old in tables.get(table, ()) if old.file != part.file]
        tables[table] = (part, *older[: KEPT - 1])
        stale += [old.file for old in older[KEPT - 1 :]]
    replace_manifest(
        collection.path, replace(manifest, tables=tables, stale=tuple(stale)).to_json()
    )

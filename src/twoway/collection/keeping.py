"""What an audit made at a price, kept in the folder beside the tables it was made from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from twoway.collection.errors import CollectionError
from twoway.collection.folder import Collection
from twoway.collection.lock import locked
from twoway.collection.manifest import Part
from twoway.collection.parts import schema
from twoway.collection.writing import replace_manifest, sync
from twoway.core.tables import Table

# One for each window that is asked about; nightly audits ask about a new one every night.
KEPT: Final = 3


def keep(collection: Collection, table: Table, name: str, rows: Sequence[Sequence[Any]]) -> bool:
    """Add rows as a part of a table; `name` (12 hexadecimal digits) begins its file's name.

    An audit needs no right to write: a folder that is read-only, being written or changed since
    it was opened stays as it is. What a later import or purge writes does without this part.
    """
    try:
        with locked(collection.path):
            if Collection.open(collection.path).manifest != collection.manifest:
                return False
            _add(collection, table, _write(collection, table, name, rows))
    except (OSError, CollectionError):
        return False
    return True


def _write(collection: Collection, table: Table, name: str, rows: Sequence[Sequence[Any]]) -> Part:
    path = collection.path / table.name / f"{name}-1.parquet"
    path.parent.mkdir(exist_ok=True)
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    filled = pa.table(dict(zip(table.names, columns, strict=True)), schema=schema(table))
    pq.write_table(filled, path, compression="zstd")
    sync(path)
    sync(path.parent)
    return Part(path.relative_to(collection.path).as_posix(), len(rows), path.stat().st_size)


def _add(collection: Collection, table: Table, part: Part) -> None:
    """Name the part in the manifest; whoever writes next sweeps away what is no longer named."""
    manifest = collection.manifest
    parts = (part, *manifest.tables.get(table.name, ()))
    tables = {**manifest.tables, table.name: parts[:KEPT]}
    stale = (*manifest.stale, *(old.file for old in parts[KEPT:]))
    replace_manifest(collection.path, replace(manifest, tables=tables, stale=stale).to_json())

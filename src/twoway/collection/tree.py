"""Posts in the trees of their threads, with what was read in them: one table, made once at import.

Every audit asks this of every post, whoever is audited.
"""

import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from twoway.collection.database import MEMORY, Workbench
from twoway.collection.manifest import SCHEMA_VERSION, Document, Part, parse
from twoway.collection.tree_statements import BITS, statements
from twoway.collection.writing import Writing
from twoway.core.tables import ACCOUNTS, KINDS, POSTS, THREADS, TREE, VERSIONS

_READ: Final = (POSTS, THREADS, KINDS, VERSIONS, ACCOUNTS)
_NO_PARTS: Final[tuple[Part, ...]] = ()


def plant(database: Workbench) -> tuple[Part, ...]:
    """Write the table from the views posts, threads, kinds, versions and accounts."""
    made = statements()
    database.run(f"create or replace view {BITS} as {made[BITS]}")
    return database.keep(TREE, made[TREE.name], order="thread, enter")


def plant_from(
    change: Writing, tables: Mapping[str, Sequence[Part]], memory: str = MEMORY
) -> tuple[Part, ...]:
    """Write the table from parts of `change`."""
    with closing(Workbench(change, memory)) as database:
        for table in _READ:
            parts = tables.get(table.name, _NO_PARTS)
            database.view(table.name, table, [change.folder / part.file for part in parts])
        return plant(database)


def plant_in_folder(folder: Path, document: Document) -> Document:
    """Give a folder that an older version wrote its table, and return the new manifest."""
    manifest = replace(parse(document, folder), schema_version=SCHEMA_VERSION)
    change = Writing(folder, manifest)
    try:
        parts = plant_from(change, manifest.tables)
    finally:
        shutil.rmtree(change.scratch, ignore_errors=True)
    return {**document, "tables": {**document["tables"], TREE.name: [asdict(p) for p in parts]}}

"""A collection on disk: one sub-folder of Parquet parts per table, and the manifest that names them.

Reading needs neither Arrow nor a lock, and works in a read-only folder of another user: audits
open the manifest and hand the paths to their engine.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from twoway.collection import manifest as manifests
from twoway.collection.errors import CollectionError
from twoway.collection.manifest import SCHEMA_VERSION, Manifest
from twoway.collection.opening import upgrade


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder as its manifest described it when it was opened."""

    path: Path
    manifest: Manifest

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open a folder; one of an older version is brought up to date first."""
        path = Path(path)
        document = manifests.read(path)
        if document["schema_version"] < SCHEMA_VERSION:
            document = upgrade(path)
        return cls(path, manifests.parse(document, path))

    def files(self, table: str) -> list[Path]:
        """Parquet files of a table; none where it has no rows. Raises where one may not be read."""
        files = [self.path / part.file for part in self.manifest.tables.get(table, ())]
        for file in files:
            if not os.access(file, os.R_OK):
                raise CollectionError(_out_of_reach(file))
        return files

    def rejects(self) -> list[Path]:
        """Files of rows that could not be read, one JSON object a line."""
        entries = self.manifest.imports
        return [self.path / entry.rejects_file for entry in entries if entry.rejects_file]


def _out_of_reach(file: Path) -> str:
    """Say why a part cannot be read: it is not ours to read, or it is gone."""
    if not os.access(file.parent, os.X_OK) or file.exists():
        return f"{file} may not be read by this user. Ask the owner of the folder for read access."
    return (
        f"{file} is gone, though the manifest names it. Import its sources again into a new folder."
    )

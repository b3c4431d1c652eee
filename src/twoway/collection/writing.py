"""Changes to a collection folder: new parts beside the old ones, then the manifest in one step."""

import os
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from twoway import __version__
from twoway.collection import manifest as manifests
from twoway.collection.manifest import SCHEMA_VERSION, Manifest, Part

REJECTS: Final = "rejects"
SCRATCH: Final = ".scratch-"


class Writing:
    """One change in progress: where new files go, and the commit that makes them count."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._token = secrets.token_hex(6)
        self._count = 0
        self.scratch = folder / f"{SCRATCH}{self._token}"
        self.scratch.mkdir()

    def new_file(self, table: str, suffix: str = "parquet") -> Path:
        """Name a file that no state of the folder knows yet."""
        self._count += 1
        path = self.folder / table / f"{self._token}-{self._count}.{suffix}"
        path.parent.mkdir(exist_ok=True)
        return path

    def part(self, path: Path, rows: int) -> Part:
        """Make sure that a new part has reached the disk, and describe it for the manifest."""
        sync(path)
        return Part(path.relative_to(self.folder).as_posix(), rows, path.stat().st_size)

    def commit(self, manifest: Manifest, *, forget: bool = False) -> Manifest:
        """Replace the manifest; with `forget` the parts of the state before go at once."""
        stale = () if forget else sorted(live(self.manifest) - live(manifest))
        manifest = replace(
            manifest,
            schema_version=SCHEMA_VERSION,
            written_by=f"twoway {__version__}",
            changed_at=now(),
            stale=tuple(stale),
        )
        for folder in {(self.folder / file).parent for file in live(manifest)}:
            sync(folder)
        replace_manifest(self.folder, manifest.to_json())
        if forget:
            for backup in self.folder.glob("manifest-version-*.json"):
                backup.unlink()
        self.manifest = manifest
        return manifest


def replace_manifest(folder: Path, text: str) -> None:
    """Write the manifest so that readers see the old one or the new one, never a half."""
    fresh = folder / f"{manifests.NAME}.new"
    fresh.write_text(text, encoding="utf-8")
    sync(fresh)
    fresh.replace(folder / manifests.NAME)
    sync(folder)


def sync(path: Path) -> None:
    """Wait until a file or folder has reached the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open folders; its renames are journalled
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def now() -> str:
    """Say what time it is, in UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def live(manifest: Manifest) -> set[str]:
    """Every file that belongs to a state."""
    parts = {part.file for table in manifest.tables.values() for part in table}
    rejects = {entry.rejects_file for entry in manifest.imports if entry.rejects_file}
    return parts | rejects

"""Changes to a collection folder: new parts beside the old ones, then the manifest in one step.

A process killed at any point leaves the old state readable; what it left behind is swept away by
the next writer. The parts of the state before stay until the next write, because an audit may
be reading them; a purge does not wait.
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from twoway import __version__
from twoway.collection import manifest as manifests
from twoway.collection.errors import CollectionError, NotACollection
from twoway.collection.lock import NAME as LOCK
from twoway.collection.lock import locked
from twoway.collection.manifest import Manifest, Part
from twoway.collection.migrations import SCHEMA_VERSION, Document, migrate

REJECTS = "rejects"
_OURS = re.compile(r"[0-9a-f]{12}-\d+\.(parquet|jsonl)")
_SCRATCH = ".scratch-"


class Writing:
    """One change in progress: where new files go, and the commit that makes them count."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._token = secrets.token_hex(6)
        self._count = 0
        self.scratch = folder / f"{_SCRATCH}{self._token}"
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
        stale = () if forget else sorted(_live(self.manifest) - _live(manifest))
        manifest = replace(
            manifest,
            schema_version=SCHEMA_VERSION,
            written_by=f"twoway {__version__}",
            changed_at=now(),
            stale=tuple(stale),
        )
        for folder in {(self.folder / file).parent for file in _live(manifest)}:
            sync(folder)
        replace_manifest(self.folder, manifest.to_json())
        if forget:
            for backup in self.folder.glob("manifest-version-*.json"):
                backup.unlink()
        self.manifest = manifest
        return manifest


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """Open a folder for one change, making it where there is none; Busy while another writes."""
    try:
        is_ours = _make(path)
        try:
            with locked(path):
                change = Writing(path, _current(path))
                _sweep(change, keep=_live(change.manifest))
                try:
                    yield change
                finally:
                    _sweep(change, keep=_live(change.manifest) | set(change.manifest.stale))
                    shutil.rmtree(change.scratch, ignore_errors=True)
        finally:
            if is_ours and not (path / manifests.NAME).exists():
                shutil.rmtree(path, ignore_errors=True)
    except OSError as error:
        raise CollectionError(
            f"{path} cannot be written ({error.strerror or error}). "
            "Nothing was changed; free some space or choose a folder of your own."
        ) from error


def was_stopped(path: Path) -> bool:
    """Tell a folder that a killed process began: it holds our lock and no state yet."""
    return (path / LOCK).exists() and not (path / manifests.NAME).exists()


def upgrade(path: Path) -> Document:
    """Bring a folder of an older version up to date, where we may write it."""
    try:
        with locked(path):
            return _migrate(path, manifests.read(path))
    except (OSError, CollectionError) as error:
        raise NotACollection(
            f"{path} was written by an older twoway and must be brought up to date, which failed "
            f"({error}). Copy it to a folder of your own and open it there."
        ) from error


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


def _make(path: Path) -> bool:
    """Make a folder where there is none and say so; refuse one that holds other things."""
    if not path.exists():
        path.mkdir(parents=True)
        return True
    if (path / manifests.NAME).exists():
        return False
    if any(path.iterdir()) and not was_stopped(path):
        raise NotACollection(f"{path} holds other files. Give a new or an empty folder.")
    return False


def _current(path: Path) -> Manifest:
    if not (path / manifests.NAME).exists():
        return Manifest(
            schema_version=SCHEMA_VERSION, written_by=f"twoway {__version__}", changed_at=now()
        )
    return manifests.parse(_migrate(path, manifests.read(path)), path)


def _migrate(path: Path, document: Document) -> Document:
    """Keep the old manifest beside the new one: with its parts it is the backup."""
    if document["schema_version"] == SCHEMA_VERSION:
        return document
    old = path / f"manifest-version-{document['schema_version']}.json"
    shutil.copyfile(path / manifests.NAME, old)
    document = migrate(path, document)
    replace_manifest(path, json.dumps(document, indent=1, ensure_ascii=False))
    return document


def _live(manifest: Manifest) -> set[str]:
    """Every file that belongs to a state."""
    parts = {part.file for table in manifest.tables.values() for part in table}
    rejects = {entry.rejects_file for entry in manifest.imports if entry.rejects_file}
    return parts | rejects


def _sweep(change: Writing, keep: set[str]) -> None:
    """Delete what we once wrote and no state needs; nothing of any other name."""
    for scratch in change.folder.glob(f"{_SCRATCH}*"):
        if scratch != change.scratch:
            shutil.rmtree(scratch, ignore_errors=True)
    for path in change.folder.glob("*/*"):
        if _OURS.fullmatch(path.name) and path.relative_to(change.folder).as_posix() not in keep:
            path.unlink(missing_ok=True)

"""Opens a collection folder for a change, and brings folders of earlier versions up to date.

A process killed at any point leaves the old state readable; what it left behind is swept away by
the next writer. The parts of the state before stay until the next write, because an audit may
be reading them; a purge does not wait.
"""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from twoway import __version__
from twoway.collection import manifest as manifests
from twoway.collection.errors import CollectionError, NotACollection
from twoway.collection.lock import NAME as LOCK
from twoway.collection.lock import locked
from twoway.collection.manifest import SCHEMA_VERSION, Document, Manifest
from twoway.collection.migrations import migrate
from twoway.collection.writing import SCRATCH, Writing, live, now, replace_manifest

_OURS = re.compile(r"[0-9a-f]{12}-\d+\.(parquet|jsonl)")


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """Open a folder for one change, making it where there is none; Busy while another writes."""
    try:
        is_ours = _make(path)
        try:
            with locked(path):
                change = Writing(path, _current(path))
                _sweep(change, keep=live(change.manifest))
                try:
                    yield change
                finally:
                    _sweep(change, keep=live(change.manifest) | set(change.manifest.stale))
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


def _sweep(change: Writing, keep: set[str]) -> None:
    """Delete what we once wrote and no state needs; nothing of any other name."""
    for scratch in change.folder.glob(f"{SCRATCH}*"):
        if scratch != change.scratch:
            shutil.rmtree(scratch, ignore_errors=True)
    for path in change.folder.glob("*/*"):
        if _OURS.fullmatch(path.name) and path.relative_to(change.folder).as_posix() not in keep:
            path.unlink(missing_ok=True)

"""Files that are there whole or not at all, whenever the process is killed, and ours alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def make_folder(path: Path) -> None:
    """Make a folder that only its owner reads, where there is none."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)


def replace(path: Path, content: bytes) -> None:
    """Replace a file in one step; on disk when this returns, and readable by its owner only."""
    draft = _draft(path, content)
    try:
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def create(path: Path, content: bytes) -> bool:
    """Make a file where there is none, in one step; False where another process was first."""
    draft = _draft(path, content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    _sync_folder(path.parent)
    return True


def sweep(folder: Path) -> None:
    """Delete what killed processes left half written; only for the one that holds the folder."""
    for draft in folder.glob(".*.draft"):
        with suppress(OSError):
            draft.unlink()


def _draft(path: Path, content: bytes) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open folders; its renames are journalled
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

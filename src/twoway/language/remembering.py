"""What a team taught, in one folder: its corrections, the models made of them, and which of them reads.

Several processes may share the folder: whoever writes holds its lock, files are replaced whole.
"""

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

_NOTHING_YET: dict[str, Any] = {"version": 0, "before": None}


@dataclass(frozen=True, slots=True)
class Correction:
    """A post with the kinds a teammate gave it, or confirmed; `person` is its author's key.

    Posts handled without a correction are confirmations: learning from errors alone unlearns.
    """

    post: int
    person: int
    text: str
    kinds: tuple[str, ...]
    language: str | None = None
    is_confirmed: bool = False


def writing(folder: Path) -> AbstractContextManager[Any]:
    """Hold the folder's lock, making the folder where it is not there; waits for others."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileLock(folder / "lock")


def corrections(folder: Path) -> dict[int, Correction]:
    """Return all corrections by post; of several for one post the last."""
    file = folder / "corrections.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.exists() else ()
    found = (json.loads(line) for line in lines)
    return {row["post"]: Correction(**{**row, "kinds": tuple(row["kinds"])}) for row in found}


def keep(folder: Path, kept: Iterable[Correction]) -> None:
    """Keep these corrections and no others."""
    text = "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in kept)
    _replace(folder / "corrections.jsonl", text)


def state(folder: Path) -> dict[str, Any]:
    """Return which version reads, on which base, how it was measured, and what was before it."""
    file = folder / "current.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else _NOTHING_YET
    return found


def set_state(folder: Path, fresh: dict[str, Any] | None) -> None:
    """Let the version of `fresh` read; None: the shipped model."""
    _replace(folder / "current.json", json.dumps(fresh or _NOTHING_YET, ensure_ascii=False))


def model_file(folder: Path, version: int) -> Path:
    """Return where the weights of a version lie."""
    return folder / f"model-{version}.npz"


def discard_models(folder: Path) -> None:
    """Take away the weights of all versions."""
    for file in folder.glob("model-*.npz"):
        file.unlink()


def _replace(file: Path, text: str) -> None:
    """Write at once or not at all."""
    fresh = file.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(file)

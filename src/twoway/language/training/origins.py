"""What the weights were made of: every file with its SHA-256, so that a remake knows whether it has the same."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

ROOM = Path(str(files("twoway.language")))
# Patterns make the examples, phrasebooks some of the features, labelled posts the chances.
OURS = ("training/patterns", "rules/words", "labelled")
_SUFFIXES = {".txt", ".jsonl"}


def ours() -> Iterator[str]:
    """Yield a line for each file of this room that the weights depend on."""
    for folder in OURS:
        found = (file for file in (ROOM / folder).rglob("*") if file.suffix in _SUFFIXES)
        yield from (line(file, file.relative_to(ROOM).as_posix()) for file in sorted(found))


def licensed(texts: Iterable[Path]) -> Iterator[str]:
    """Yield a line for each file of others."""
    return (line(file, file.name) for file in sorted(texts))


def line(file: Path, name: str) -> str:
    """Return a line as `sha256sum` writes it."""
    return f"{sha256(file.read_bytes()).hexdigest()}  {name}"

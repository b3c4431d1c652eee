"""`manifest.json`: what a collection folder holds; whoever reads it needs no Arrow library."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, Self

from twoway.collection.errors import NotACollection

FORMAT = "twoway collection"
NAME = "manifest.json"
OLDEST_VERSION = 1
SCHEMA_VERSION = 2
"""Of the tables; raised with a step in `migrations.py` that takes folders from the version before."""

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of a table; `file` is relative to the folder."""

    file: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One source that was read: which reader took it, when (ISO, UTC), and what became of it.

    `fingerprint` tells the same source again: reading it twice replaces the first entry.
    """

    source: str
    fingerprint: str
    reader: str
    read_at: str
    posts: int = 0
    rejected: int = 0
    rejects_file: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The state of a folder between two writes. `stale` parts are those of the state before.

    They stay for whoever is reading them, until the next write.
    """

    schema_version: int
    written_by: str
    changed_at: str
    model: str | None = None
    tables: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    imports: tuple[Import, ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of these data must know, each sentence once."""
        return tuple(dict.fromkeys(note for entry in self.imports for note in entry.notes))

    def rows(self, table: str) -> int:
        """Rows of a table."""
        return sum(part.rows for part in self.tables.get(table, ()))

    def with_import(self, entry: Import) -> Self:
        """Add an import in place of an earlier one of the same source."""
        others = tuple(one for one in self.imports if one.fingerprint != entry.fingerprint)
        return replace(self, imports=(*others, entry))

    def to_json(self) -> str:
        """Write it for people, too."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False)


def read(folder: Path) -> Document:
    """Read the manifest of any version that we understand."""
    place = folder / NAME
    try:
        document = json.loads(place.read_bytes())
    except FileNotFoundError as error:
        raise NotACollection(
            f"{folder} is no collection: it holds no {NAME}. Import into a new folder first."
        ) from error
    except OSError as error:
        raise NotACollection(f"{place} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise NotACollection(f"{place} cannot be read ({error}).") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise NotACollection(f"{place} is not the manifest of a collection.")
    version = document.get("schema_version")
    if not isinstance(version, int) or version < OLDEST_VERSION:
        raise NotACollection(f"{place} names no version of its tables that can still be read.")
    if version > SCHEMA_VERSION:
        raise NotACollection(
            f"{folder} was written by a newer {document.get('written_by', 'twoway')} (tables of "
            f"version {version}; this one knows {SCHEMA_VERSION}). Upgrade twoway to read it."
        )
    return document


def parse(document: Document, folder: Path) -> Manifest:
    """Make a manifest of the current version from its JSON; a damaged one says where."""
    try:
        return Manifest(
            schema_version=int(document["schema_version"]),
            written_by=str(document["written_by"]),
            changed_at=str(document["changed_at"]),
            model=document.get("model"),
            tables={
                str(table): tuple(
                    Part(_inside(part["file"]), int(part["rows"]), int(part["bytes"]))
                    for part in parts
                )
                for table, parts in document["tables"].items()
            },
            imports=tuple(_parse_import(entry) for entry in document.get("imports", ())),
            stale=tuple(_inside(file) for file in document.get("stale", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotACollection(
            f"{folder / NAME} is damaged ({error!r}). Import the sources again into a new folder."
        ) from error


def _parse_import(entry: Mapping[str, Any]) -> Import:
    known = {name: entry[name] for name in Import.__dataclass_fields__ if name in entry}
    if known.get("rejects_file") is not None:
        known["rejects_file"] = _inside(known["rejects_file"])
    return Import(**{**known, "notes": tuple(map(str, known.get("notes", ())))})


def _inside(file: str) -> str:
    """A folder may come from a stranger: its manifest must not name files outside it."""
    path = PurePosixPath(file)
    if path.is_absolute() or ".." in path.parts or "\\" in file or ":" in file or not path.parts:
        raise ValueError(f"{file} lies outside the folder")
    return file


def is_collection(path: Path) -> bool:
    """Tell a collection from any other folder."""
    try:
        document = json.loads((path / NAME).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(document, dict) and document.get("format") == FORMAT

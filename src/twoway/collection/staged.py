"""A source on its way in: which reader takes it, and its records as staged files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Final

from twoway.collection.errors import Unreadable
from twoway.collection.folder import Collection
from twoway.collection.kinds import collection_within, misnamed, refusal
from twoway.collection.progress import Progress
from twoway.collection.reader import Options, Reader
from twoway.collection.records import Note, Own, Record, Rejected
from twoway.collection.source import Source
from twoway.collection.staging import STAGED, Staging
from twoway.core.tables import TABLES

EXAMPLES: Final = 5
# Told so often: every thousand posts is some thirty times a second.
_STEP: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A source that was read: its rows by table, and what must be said about it."""

    name: str
    reader: str
    fingerprint: str
    files: Mapping[str, Sequence[Path]]
    posts: int
    rejected: int
    rejects: tuple[Path, ...]
    examples: tuple[Rejected, ...]
    notes: tuple[str, ...]
    owners: tuple[Own, ...]
    states_coverage: bool


def choose_reader(source: Source, readers: Sequence[Reader]) -> Reader:
    """Return the first reader that recognises the source; raises Unreadable with a cure where none may."""
    if ours := collection_within(source):
        raise Unreadable(ours)
    for reader in sorted(readers, key=lambda one: one.PRIORITY):
        if reader.recognises(source):
            return reader
    if foreign := refusal(source):
        raise Unreadable(foreign)
    known = ", ".join(sorted({one.NAME for one in readers}))
    holds = f" It holds {', '.join(source.names()[:5])} …" if len(source.names()) > 1 else ""
    raise Unreadable(
        f"{source.path} is nothing that can be read here.{holds} Known are: {known}. "
        "If it is a table, save it as CSV and name the columns with --columns."
    )


def stage(
    source: Source, reader: Reader, options: Options, folder: Path, progress: Progress
) -> Staged:
    """Read a whole source into staged files in `folder`."""
    return stage_records(
        _records(source, reader, options),
        folder,
        progress,
        name=source.name,
        reader=reader.NAME,
        fingerprint=fingerprint(source),
    )


def stage_records(
    records: Iterable[Record], folder: Path, progress: Progress, *, name: str, reader: str,
    fingerprint: str,
) -> Staged:  # fmt: skip
    """Keep records, wherever they come from, in staged files in `folder`."""
    examples: list[Rejected] = []
    told = 0
    with closing(Staging(folder)) as staging:
        for record in records:
            staging.add(record)
            if isinstance(record, Rejected) and len(examples) < EXAMPLES:
                examples.append(record)
            elif staging.posts >= told + _STEP:
                told = staging.posts
                progress(f"Reading {name}, posts:", told)
    return Staged(
        name=name,
        reader=reader,
        fingerprint=fingerprint,
        files={table: files for table in STAGED if (files := staging.files(table))},
        posts=staging.posts,
        rejected=staging.rejected,
        rejects=(folder / "rejects.jsonl",),
        examples=tuple(examples),
        notes=tuple(staging.notes),
        owners=tuple(staging.owners),
        states_coverage=staging.states_coverage,
    )


def stage_collection(path: Path) -> Staged:
    """Take another collection as it lies there."""
    other = Collection.open(path)
    return Staged(
        name=path.name,
        reader="collection",
        fingerprint=blake2b(other.manifest.to_json().encode(), digest_size=16).hexdigest(),
        files={table: files for table in TABLES if (files := other.files(table))},
        posts=other.manifest.rows("posts"),
        rejected=sum(entry.rejected for entry in other.manifest.imports),
        rejects=tuple(other.rejects()),
        examples=(),
        notes=other.manifest.notes,
        owners=(),
        states_coverage=True,
    )


def _records(source: Source, reader: Reader, options: Options) -> Iterator[Record]:
    """Hand over what the reader reads; once something came, damage only ends the source."""
    yield from source.refused
    has_begun, truly = False, misnamed(source)
    whatever = f"{source.name} is {truly}, whatever its name says"
    try:
        for record in reader.read(source, options):
            if truly and not has_begun:
                yield Note(f"{whatever}; it was read as what it is.")
            has_begun = True
            yield record
    except Unreadable as error:
        if not has_begun:
            is_said = not truly or f" is {truly}" in str(error)
            raise Unreadable(str(error) if is_said else f"{error} {whatever}.") from error
        yield Rejected(source.name, 0, f"the rest cannot be read: {error}", "")


def fingerprint(source: Source) -> str:
    """Name the content of a source, to know it again: names, sizes and beginnings of its files."""
    digest = blake2b(source.name.encode(errors="replace"), digest_size=16)
    for name in source.names():
        digest.update(f"\n{name}\n{source.size(name)}\n".encode(errors="replace"))
    for name in islice(source.names(), 20):
        digest.update(source.head(name))
    return digest.hexdigest()

"""From sources to a collection: read, merge by identity, read with `language`, place in threads."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from twoway.collection.building import build
from twoway.collection.database import MEMORY
from twoway.collection.errors import CollectionError
from twoway.collection.manifest import is_collection
from twoway.collection.opening import writing
from twoway.collection.progress import Progress, quiet
from twoway.collection.reader import Options, Reader
from twoway.collection.records import Record
from twoway.collection.source import Source
from twoway.collection.staged import (
    Staged,
    choose_reader,
    stage,
    stage_collection,
    stage_records,
)  # fmt: skip
from twoway.collection.summary import Summary
from twoway.collection.writing import Writing
from twoway.core.coverage import STREAMS

_OPTIONS: Final = Options()


def gather(
    sources: Sequence[Path | str],
    into: Path | str,
    readers: Sequence[Reader],
    options: Options = _OPTIONS,
    progress: Progress = quiet,
    language: bool = True,
    memory: str = MEMORY,
) -> Summary:
    """Import sources into the folder `into`, which is made where there is none.

    A source may be another collection: then the two are merged. Raises CollectionError, and
    changes nothing, where a source cannot be read at all or the folder cannot be written. With
    `language` False new posts get no readings; a later import or `reread` makes them.
    """
    _check(options)
    with ExitStack() as stack:
        stack.enter_context(_without_pauses())
        found = [_open(stack, Path(path), readers) for path in sources]
        change = stack.enter_context(writing(Path(into)))
        staged = [
            _stage(change, number, *one, options=options, progress=progress)
            for number, one in enumerate(found)
        ]
        return build(change, staged, options, progress, read=language, memory=memory)


def gather_records(
    records: Iterable[Record],
    into: Path | str,
    name: str,
    progress: Progress = quiet,
    language: bool = True,
    memory: str = MEMORY,
    *,
    infers: bool = True,
) -> Summary:
    """Import records that no file holds, such as those of a practice world, under a name.

    `infers` False takes what they cover from them alone, even where they state nothing.
    """
    with _without_pauses(), writing(Path(into)) as change:
        staged = stage_records(
            records, change.scratch / "source-0", progress, name=name, reader=name, fingerprint=name
        )
        if not infers:
            staged = replace(staged, states_coverage=True)
        return build(change, [staged], _OPTIONS, progress, read=language, memory=memory)


def _check(options: Options) -> None:
    for stream in options.covers:
        if stream not in STREAMS:
            raise CollectionError(
                f"--covers {stream} is no stream. They are: {', '.join(STREAMS)}."
            )


def _open(
    stack: ExitStack, path: Path, readers: Sequence[Reader]
) -> tuple[Path, Source | None, Reader | None]:
    """Open a source and choose its reader before anything is written."""
    if is_collection(path):
        return path, None, None
    source = stack.enter_context(Source(path))
    return path, source, choose_reader(source, readers)


def _stage(
    change: Writing,
    number: int,
    path: Path,
    source: Source | None,
    reader: Reader | None,
    *,
    options: Options,
    progress: Progress,
) -> Staged:
    if source is None or reader is None:
        return stage_collection(path)
    return stage(source, reader, options, change.scratch / f"source-{number}", progress)


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Keep Python from searching for cycles among millions of rows: a fifth of an import's time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()

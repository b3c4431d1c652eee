"""The new state of a folder from staged files and the old state, table by table, then the commit."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import orjson
import pyarrow as pa

from twoway import language
from twoway.collection.coverage import Inferred, infer
from twoway.collection.database import Workbench, existing
from twoway.collection.intervals import coalesce
from twoway.collection.manifest import Import, Manifest, Part
from twoway.collection.merging import MERGED, merge
from twoway.collection.organisations import add_owners
from twoway.collection.parts import NewPart, schema
from twoway.collection.placing import place_all
from twoway.collection.progress import Progress
from twoway.collection.reader import Options
from twoway.collection.reading import keep_readings, read_posts
from twoway.collection.records import Rejected
from twoway.collection.staged import EXAMPLES, Staged
from twoway.collection.staging import STAGED
from twoway.collection.summary import SourceSummary, Summary
from twoway.collection.tree import plant
from twoway.collection.writing import REJECTS, Writing, now
from twoway.core.tables import COVERAGE, KINDS, POSTS, THREADS, TREE, Table

Tables = dict[str, tuple[Part, ...]]


def build(
    change: Writing, staged: Sequence[Staged], options: Options, progress: Progress, *,
    read: bool, memory: str,
) -> Summary:  # fmt: skip
    """Merge staged sources into the folder of `change`, derive what follows from all, and commit."""
    before = change.manifest
    with closing(Workbench(change, memory)) as database:
        progress("Merging")
        merged = merge(database, _files(staged))
        tables: Tables = dict(merged.tables)
        show(database, tables, MERGED)
        inferred = _infer(database, staged, options)
        tables[COVERAGE.name] = _cover(database, staged, inferred)
        tables |= add_owners(database, [own for one in staged for own in one.owners])
        tables |= derive(database, progress, read=read)
    entries = tuple(_imports(change, staged, merged.collided, inferred.notes))
    manifest = replace(before, tables=tables, model=language.MODEL if read else None)
    for entry in entries:
        manifest = manifest.with_import(entry)
    after = change.commit(manifest)
    return _summarise(change, staged, before, after, entries, merged.collided)


def _summarise(
    change: Writing,
    staged: Sequence[Staged],
    before: Manifest,
    after: Manifest,
    entries: Sequence[Import],
    collided: Sequence[Rejected],
) -> Summary:
    refused = sum(rejected.file == POSTS.name for rejected in collided)
    added = after.rows(POSTS.name) - before.rows(POSTS.name)
    examples = chain(collided, *(one.examples for one in staged))
    return Summary(
        sources=tuple(
            SourceSummary(name=one.name, reader=one.reader, posts=one.posts, rejected=one.rejected)
            for one in staged
        ),
        posts=after.rows(POSTS.name),
        added=added,
        duplicates=sum(one.posts for one in staged) - added - refused,
        rejected=sum(entry.rejected for entry in entries),
        accounts=after.rows("accounts"),
        examples=tuple(islice(examples, EXAMPLES)),
        rejects=tuple(change.folder / one.rejects_file for one in entries if one.rejects_file),
        notes=tuple(dict.fromkeys(note for entry in entries for note in entry.notes)),
    )


def show(database: Workbench, tables: Mapping[str, Sequence[Part]], which: Iterable[Table]) -> None:
    """Make the new parts readable under the names of their tables."""
    for table in which:
        files = [database.change.folder / part.file for part in tables.get(table.name, ())]
        database.view(table.name, table, files)


def derive(database: Workbench, progress: Progress, *, read: bool) -> Tables:
    """Make readings and places for the posts in the views; readings that still hold are kept."""
    tables: Tables = keep_readings(database)
    if read:
        for name, parts in read_posts(database, progress).items():
            tables[name] += parts
    show(database, tables, [KINDS])
    return tables | place_threads(database, progress)


def place_threads(database: Workbench, progress: Progress) -> Tables:
    """Place every post; what takes something back, by its last version, is never a piece."""
    progress("Placing posts in their threads")
    database.run(
        "create or replace table withdrawals as select post from kinds left join "
        "(select post, max(version) + 1 as last from versions group by post) using (post) "
        "where kind = 'withdrawal' and side = 'theirs' and holds and version = coalesce(last, 0)"
    )
    placed: Tables = {THREADS.name: place_all(database)}
    show(database, placed, [THREADS])
    return placed | {TREE.name: plant(database)}


def _files(staged: Sequence[Staged]) -> dict[str, list[Path]]:
    return {name: [file for one in staged for file in one.files.get(name, ())] for name in STAGED}


def _infer(database: Workbench, staged: Sequence[Staged], options: Options) -> Inferred:
    """Infer what the sources cover that do not say so; all that the user says otherwise."""
    plain = [
        file
        for one in staged
        if options.covers or not one.states_coverage
        for file in one.files.get(POSTS.name, ())
    ]
    if not plain:
        return Inferred()
    database.view("plain_posts", POSTS, plain)
    database.run("create or replace table plain as select distinct post from plain_posts")
    return infer(database, options.account, options.covers)


def _cover(database: Workbench, staged: Sequence[Staged], inferred: Inferred) -> tuple[Part, ...]:
    """Bring stated and inferred coverage together; what the user said replaces the rest."""
    files = [file for one in staged for file in one.files.get(COVERAGE.name, ())]
    database.view("all_coverage", COVERAGE, [*existing(database.change, COVERAGE), *files])
    stated = database.rows(f"select {', '.join(COVERAGE.names)} from all_coverage t")
    if inferred.overrules:
        said = {row[0] for row in inferred.rows}
        stated = [row for row in stated if row[0] not in said]
    rows = coalesce([*stated, *inferred.rows])
    with NewPart(database.change, COVERAGE) as part:
        if rows:
            part.add([pa.table(list(zip(*rows, strict=True)), schema=schema(COVERAGE))])
    return part.parts


def _imports(
    change: Writing, staged: Sequence[Staged], collided: Sequence[Rejected], notes: Sequence[str]
) -> Iterable[Import]:
    """Describe what was read; what concerns all sources together stands with the first."""
    for number, one in enumerate(staged):
        together = collided if number == 0 else ()
        yield Import(
            source=one.name,
            fingerprint=one.fingerprint,
            reader=one.reader,
            read_at=now(),
            posts=one.posts,
            rejected=one.rejected + len(together),
            rejects_file=_keep_rejects(change, one, together),
            notes=(*one.notes, *(notes if number == 0 else ())),
        )


def _keep_rejects(change: Writing, one: Staged, collided: Sequence[Rejected]) -> str | None:
    if not one.rejected and not collided:
        return None
    path = change.new_file(REJECTS, "jsonl")
    with path.open("wb") as kept:
        for file in one.rejects:
            kept.write(file.read_bytes())
        for rejected in collided:
            kept.write(orjson.dumps(rejected, option=orjson.OPT_APPEND_NEWLINE))
    return change.part(path, 0).file

"""Readings made anew when the model has changed, as far as they are of another model.

The work can be stopped at any time, or killed: what was read is kept as drafts and not read
again. Reports go on with the old readings until the last post has been read.
"""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from twoway import language
from twoway.collection.building import place_threads, show
from twoway.collection.database import MEMORY, Workbench
from twoway.collection.drafts import Drafts
from twoway.collection.keeping import not_kept
from twoway.collection.manifest import Manifest
from twoway.collection.opening import writing
from twoway.collection.progress import Progress, quiet
from twoway.collection.reading import READ, Parts, keep_readings, sort_out, unread
from twoway.collection.reading_processes import read_batches
from twoway.core.tables import KINDS, TABLES
from twoway.language.assessor import Assessor


def reread(
    folder: Path | str,
    progress: Progress = quiet,
    memory: str = MEMORY,
    assessor: Assessor | None = None,
) -> Manifest:
    """Read every post that has no reading by today's model; nothing is written where all have one.

    That is `assessor`, where one is given, else our own; what is imported later, ours reads.
    """
    model = assessor.name if assessor else language.MODEL
    with writing(Path(folder)) as change:
        before = change.manifest
        if before.model == model:
            return before
        drafts = Drafts(change.folder, model)
        with closing(Workbench(change, memory)) as database:
            show(database, before.tables, TABLES.values())
            kept = keep_readings(database, model)
            _draft(database, drafts, progress, assessor)
            tables = _together(database, drafts, kept)
            show(database, tables, [KINDS])
            tables |= place_threads(database, progress)
        before_reading = {name: before.tables[name] for name in not_kept(before.tables)}
        after = change.commit(replace(before, tables={**before_reading, **tables}, model=model))
        drafts.discard()
        return after


def _draft(
    database: Workbench, drafts: Drafts, progress: Progress, assessor: Assessor | None
) -> None:
    """Read what neither `current` nor a draft has."""
    _sort_out(database, drafts)
    before = database.number("select count(*) from drafted semi join posts using (post)")
    if before < database.number("select count(distinct post) from draft_readings"):
        drafts.start_over()  # posts have changed since
        _sort_out(database, drafts)
        before = 0
    count, batches = unread(database, "current", "drafted")
    done = before
    every = 1 if assessor else None  # what a bigger model read was slow, and may have cost money
    for size in drafts.add(read_batches(batches, count, assessor), every) if count else ():
        done += size
        progress("Reading what posts say:", done, before + count)


def _sort_out(database: Workbench, drafts: Drafts) -> None:
    for table in READ:
        database.view(f"draft_{table.name}", table, drafts.files(table))
    sort_out(database, "draft_readings", into="drafted", model=drafts.model)


def _together(database: Workbench, drafts: Drafts, kept: Parts) -> Parts:
    """Return the parts of the readings that still held, and of all drafts."""
    _sort_out(database, drafts)
    return {
        table.name: kept[table.name]
        + database.keep(table, f"from draft_{table.name} semi join drafted using (post)")
        for table in READ
    }

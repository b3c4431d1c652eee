"""Readings made anew when the model has changed, as far as they are of another model."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from twoway import language
from twoway.collection.building import derive, show
from twoway.collection.database import MEMORY, Workbench
from twoway.collection.manifest import Manifest
from twoway.collection.progress import Progress, quiet
from twoway.collection.writing import writing
from twoway.core.tables import TABLES


def reread(folder: Path | str, progress: Progress = quiet, memory: str = MEMORY) -> Manifest:
    """Read every post that has no reading by today's model; nothing is written where all have one."""
    with writing(Path(folder)) as change:
        before = change.manifest
        if before.model == language.MODEL:
            return before
        with closing(Workbench(change, memory)) as database:
            show(database, before.tables, TABLES.values())
            tables = derive(database, progress, read=True)
        return change.commit(
            replace(before, tables={**before.tables, **tables}, model=language.MODEL)
        )

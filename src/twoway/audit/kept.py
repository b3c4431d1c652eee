"""What an audit of many posts made at a price, kept with the collection for the next one that asks the same.

That is whose turn it was (`steps/`) and which posts are nearly the same (`likeness`): of three million
posts some 22 and 11 s of processor time, and 300 MB on disk. Both depend on who is audited over which
window, and are found again by a name made of that, of the files they come from and of how they were
made. Measures and formats may change from one audit to the next.
"""

import itertools
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path

from twoway.audit import likeness
from twoway.audit.engines.interface import Engine
from twoway.audit.errors import AuditError
from twoway.audit.steps.columns import CALENDAR, COVERED, OURS, STEPS, WINDOWS
from twoway.audit.steps.prepare import ORDER, query
from twoway.collection import keeping
from twoway.collection.folder import Collection
from twoway.collection.manifest import Part
from twoway.core.tables import LIKENESS, Table

WORTH_KEEPING = 5_000
"""Posts of a collection. Of 9,000 an audit took 1.3 s of one core, 1.45 when it kept them and 0.95 the next
time (November 2026); of few it is quick anyway."""
# The tables of scope are made for each audit; the step `windows` adds to one of them.
_KEEPABLE = {
    table.name: table
    for table in (*STEPS, LIKENESS)
    if table not in (WINDOWS, OURS, COVERED, CALENDAR)
}
_ASKED = (
    "select organisation, begins, ends, zone from windows order by organisation",
    "select organisation, account from ours order by organisation, account",
    "select min(slot), max(slot) from calendar",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one question, put to one collection."""

    engine: Engine
    collection: Collection
    name: str

    @classmethod
    def of(cls, engine: Engine, collection: Collection) -> "Kept":
        """Find out what is asked; the tables of scope must have been made."""
        return cls(engine, collection, _name(engine, collection.manifest.tables))

    def recall(self, wanted: Iterable[str]) -> set[str]:
        """Have the tables that are kept of those wanted, and return their names.

        Of the steps all or none: what is kept has the columns that measures read, and could not help
        to make another step.
        """
        found = {table: self._files(table) for table in _keepable(wanted)}
        if not all(files for table, files in found.items() if table is not LIKENESS):
            found = {LIKENESS: found.get(LIKENESS, [])}
        given = {table: files for table, files in found.items() if files}
        try:
            for table, files in given.items():
                self.engine.load(table, files)
        except AuditError:  # damaged: it is no more than what was made once, and can be again
            for file in itertools.chain(*given.values()):
                _remove(file)
            return set()
        return {table.name for table in given}

    def keep(self, made: Iterable[str], tell: Callable[[str], None] = lambda _: None) -> None:
        """Keep tables that were made; a folder that we may not write stays as it is."""
        saves = {
            table.name: partial(self.engine.save, table)
            for table in _keepable(made)
            if not self._files(table)
        }
        if saves:
            tell("Keeping it for the next time")
            keeping.keep(self.collection, self.name, saves)

    def _files(self, table: Table) -> list[Path]:
        parts = self.collection.manifest.tables.get(table.name, ())
        files = [self.collection.path / part.file for part in parts]
        return [f for f in files if f.stem.startswith(self.name) and os.access(f, os.R_OK)]


def is_worth(collection: Collection) -> bool:
    """Tell whether a collection is so large that its tables are found sooner than made."""
    return collection.manifest.rows("posts") >= WORTH_KEEPING


def _remove(file: Path) -> None:
    with suppress(OSError):  # a folder that we may not write
        file.unlink()


def _keepable(names: Iterable[str]) -> list[Table]:
    return [_KEEPABLE[name] for name in sorted(names) if name in _KEEPABLE]


def _name(engine: Engine, tables: Mapping[str, tuple[Part, ...]]) -> str:
    """Return twelve characters that stand for all that the tables depend on."""
    files = sorted(part.file for name in keeping.not_kept(tables) for part in tables[name])
    asked = [engine.rows(query) for query in _ASKED]
    statements = [query(name) for line in ORDER for name in line]
    told = f"{engine.name}{files}{asked}{statements}{likeness.statements()}"
    return blake2b(told.encode(), digest_size=6).hexdigest()

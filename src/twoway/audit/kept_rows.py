"""The rows of the measures, kept with a small collection: an audit that is prepared only has to count them.

To make them takes half of the time of such an audit, much of it spent on planning statements of many
joins. They depend on all that `kept` names, on more of the scope, and on the statement of each
measure, which stands for itself: one that has changed since is made as ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from importlib import import_module
from pathlib import Path

from twoway.audit.catalogue import Measure, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.errors import AuditError
from twoway.collection import keeping
from twoway.collection.folder import Collection
from twoway.collection.keeping import ROWS
from twoway.core.tables import Column, Table, Type

WORTH_KEEPING_UP_TO = 500_000
"""Posts of a collection. Some 110 bytes each: of millions they would take as much disk as all else that is kept."""
_TYPES: dict[str, Type] = {
    "organisation": "text", "part": "text", "post": "bigint", "happened_at": "bigint", "hit": "boolean",
    "sure": "boolean", "length": "bigint", "ended": "boolean", "age": "bigint", "side": "text",
    "thing": "bigint", "exposed": "boolean", "amount": "double", "first_said": "bigint",
    "certainty": "double", "answer": "text", "detail": "text",
}  # fmt: skip
_ASKED = (
    "select organisation, begins, ends, zone, inbound_begins, is_peer, change_at from windows order by organisation",
    "select * from covered order by organisation, stream",
    "select * from brands order by organisation, kind, value",
)


@dataclass(frozen=True, slots=True)
class KeptRows:
    """The rows that are kept of one question, put to one collection."""

    engine: Engine
    collection: Collection
    question: str

    @classmethod
    def of(cls, engine: Engine, collection: Collection, name: str) -> "KeptRows":
        """Find out what is asked; `name` stands for the shared steps, the tables of scope must have been made."""
        return cls(engine, collection, f"{name}{[engine.rows(query) for query in _ASKED]}")

    def recall(self, measures: Sequence[Measure]) -> tuple[Measure, ...]:
        """Return the measures, those whose rows are kept with statements that only read them."""
        files = self._files()
        return tuple(
            replace(each, sheets=tuple(self._recalled(sheet, files) for sheet in each.sheets))
            for each in measures
        )

    def _recalled(self, sheet: Sheet, files: dict[str, Path]) -> Sheet:
        name = self._name(sheet)
        if name not in files:
            return sheet
        table = _table(sheet, f"{ROWS}_{name}")
        try:
            self.engine.load(table, [files[name]])
        except AuditError:  # damaged, gone or not ours to read: they are made as ever
            return sheet
        return replace(sheet, query=f"select {', '.join(table.names)} from {table.name}")

    def keep(self, measures: Sequence[Measure]) -> None:
        """Make the rows of the measures from the shared steps and keep them."""
        sheets = {self._name(sheet): sheet for each in measures for sheet in each.sheets}
        lacking = {
            name: partial(self._save, sheet)
            for name, sheet in sheets.items()
            if name not in self._files()
        }
        if lacking:
            keeping.keep_rows(self.collection, lacking)

    def _files(self) -> dict[str, Path]:
        parts = self.collection.manifest.tables.get(ROWS, ())
        return {Path(part.file).stem[:12]: self.collection.path / part.file for part in parts}

    def _save(self, sheet: Sheet, path: Path) -> int:
        table = _table(sheet, ROWS)
        self.engine.make(table.name, sheet.query)
        rows = self.engine.save(table, path)
        self.engine.drop(table.name)
        return rows

    def _name(self, sheet: Sheet) -> str:
        """Return twelve characters that stand for all that the rows of a sheet depend on."""
        return blake2b(f"{self.question}{sheet.query}".encode(), digest_size=6).hexdigest()


def are_worth(collection: Collection) -> bool:
    """Tell whether a collection is so small that its rows take little disk."""
    return collection.manifest.rows("posts") <= WORTH_KEEPING_UP_TO


def _table(sheet: Sheet, name: str) -> Table:
    shape = import_module(f"twoway.audit.shapes.{sheet.shape}")
    columns = tuple(
        Column(column, _TYPES[column], "as in shapes", optional=True) for column in shape.ROWS
    )
    return Table(name, "as the measure says", (), columns)

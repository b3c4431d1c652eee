"""Several sheets in one statement: while rows are few, a statement costs more than its rows.

Sheets of a shape that looks at each part for itself (`TOGETHER`) are measured in one go. Where
rows are many every sheet stays alone, so that its rows are gone before those of the next are made;
and where answers are remembered, so that they are found whichever measures are asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from types import ModuleType

from twoway.audit.catalogue import Measure, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.engines.remembering import Remembering
from twoway.audit.findings import Figure

FEW = 100_000
"""Own posts up to which sheets go together: 20 shares of 9,000 posts took 0.36 s of processor time
one by one and 0.21 s in one go (November 2026)."""
_MOST = 7
"""Sheets in one statement, so that there are several to be run side by side."""
_SIZE = "select count(*) from own_posts"
Key = tuple[str, str, str]
"""Organisation, measure, part."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Sheets of one shape, each with its measure."""

    shape: ModuleType
    sheets: tuple[tuple[Measure, Sheet], ...]

    @property
    def rows(self) -> str:
        """What the table of its rows is called: no two sheets are in one file."""
        return f"rows_{self.sheets[0][1].path.stem.replace('.', '_')}"

    @property
    def names(self) -> str:
        """What is measured, for whoever watches."""
        return ", ".join(dict.fromkeys(measure.name for measure, _ in self.sheets))

    def figures(self, engine: Engine, organisations: Sequence[str]) -> dict[Key, Figure]:
        """Return the figures of every sheet, the rows made once and dropped again."""
        sheet = self._joined() if len(self.sheets) > 1 else self.sheets[0][1]
        engine.make(self.rows, sheet.query)
        made = self.shape.figures(engine, self.rows, sheet, organisations)
        engine.drop(self.rows)
        return {(organisation, *self._named(id_)): f for (organisation, id_), f in made.items()}

    def _joined(self) -> Sheet:
        """Return one sheet whose parts are called "measure.part"."""
        columns = ", ".join(column for column in self.shape.ROWS if column != "part")
        queries = (
            f"select concat('{measure.id}.', part) as part, {columns} from (\n{sheet.query}\n) rows_{n}"
            for n, (measure, sheet) in enumerate(self.sheets)
        )
        parts = (
            replace(part, id=f"{measure.id}.{part.id}")
            for measure, sheet in self.sheets
            for part in sheet.parts
        )
        first = self.sheets[0][1]
        return replace(first, query="\nunion all\n".join(queries), parts=tuple(parts))

    def _named(self, id_: str) -> tuple[str, str]:
        if len(self.sheets) == 1:
            return self.sheets[0][0].id, id_
        measure, _, part = id_.partition(".")
        return measure, part


def batches(engine: Engine, sheets: Sequence[tuple[Measure, Sheet]]) -> Iterator[Batch]:
    """Put sheets together that may be, in the order of the first of each."""
    ((size,),) = engine.rows(_SIZE)
    go_together = size <= FEW and not isinstance(engine, Remembering)
    gathered: dict[tuple[str, int], list[tuple[Measure, Sheet]]] = {}
    for number, (measure, sheet) in enumerate(sheets):
        joins = go_together and hasattr(_shape(sheet.shape), "TOGETHER")
        gathered.setdefault((sheet.shape, 0 if joins else number), []).append((measure, sheet))
    for (shape, _), together in gathered.items():
        for first in range(0, len(together), _MOST):
            lot = tuple(together[first : first + _MOST])
            yield Batch(_shape(shape), lot)


def _shape(name: str) -> ModuleType:
    return import_module(f"twoway.audit.shapes.{name}")

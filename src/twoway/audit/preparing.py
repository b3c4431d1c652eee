"""The tables that a report is made of: found where they are kept, made and kept where they are not."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from twoway.audit import catalogue, likeness, scope
from twoway.audit.catalogue import Measure
from twoway.audit.engines.interface import Engine
from twoway.audit.kept import Kept
from twoway.audit.kept_answers import KeptAnswers
from twoway.audit.request import Request
from twoway.audit.steps.prepare import CONTRACT, needed, reads
from twoway.audit.steps.prepare import prepare as make_steps
from twoway.collection.folder import Collection
from twoway.collection.keeping import not_kept
from twoway.core.tables import LIKENESS, TABLES, TREE

Progress = Callable[[str], None]
_SHOWN = ("windows", "own_readings", "pieces", "said", "held", "own_posts")
"""Steps that shapes, the first look and the quotes read, whatever is measured, and what `windows` is made of."""
_JUDGED = ("waits",)
"""Steps that the verdict and the advice read."""
_ALWAYS = ("accounts", "brands", "coverage", "links", "marks", "organisations", "posts")
"""Tables of a collection that scope, shapes, the first look and the quotes read, whatever is measured."""


def prepare(
    files: Mapping[str, Sequence[Path]], request: Request, engine: Engine, tell: Progress,
    keep_with: Collection | None,
) -> Engine:  # fmt: skip
    """Have all tables that a report is made of: find what is kept, make and keep the rest.

    Return the engine to ask; where answers are kept, it knows them.
    """
    tell("Opening the collection")
    _load(engine, files, {*_ALWAYS})
    scope.prepare(engine, request)
    tell("Finding out whose turn it was")
    chosen = catalogue.chosen(request.only)
    shelf = Kept.of(engine, keep_with) if keep_with else None
    wanted = _wanted(chosen)
    given = shelf.recall(wanted) if shelf else set()
    if files.get(TREE.name):
        given.add(TREE.name)
    compares = LIKENESS.name in wanted - given
    statements = [*_queries(chosen), *needed(wanted, given).values()]
    statements += [likeness.statements()] if compares else []
    _load(engine, files, set[str]().union(*map(reads, statements)) - {*_ALWAYS})
    make_steps(engine, wanted, given=given)
    if compares:
        tell("Looking for repetitions")
        likeness.make(engine)
    if shelf:
        shelf.keep(wanted - given, tell)
        return KeptAnswers.of(engine, shelf.collection, shelf.name).recall()
    return engine


def _load(engine: Engine, files: Mapping[str, Sequence[Path]], names: AbstractSet[str]) -> None:
    """Have those tables of the collection that are named; to open one costs as much as to count it."""
    for name in not_kept(TABLES):
        if name in names:
            engine.load(TABLES[name], files.get(name, ()))


def _wanted(chosen: Sequence[Measure]) -> set[str]:
    """Return the tables that a report is made of: whose turn it is now, for one, is the desk's question."""
    read = {table for query in _queries(chosen) for table in reads(query)}
    compared = reads(likeness.statements()) if LIKENESS.name in read else set()
    # What else they read are the collection's tables and their own.
    made = (read | compared) & {*CONTRACT, LIKENESS.name}
    return {*_SHOWN, *(_JUDGED if catalogue.are_all(chosen) else ()), *made}


def _queries(chosen: Sequence[Measure]) -> list[str]:
    return [sheet.query for measure in chosen for sheet in measure.sheets]

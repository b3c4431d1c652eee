"""Make the tables that all measures share, once per audit and in this order: the turn rule over tables.

Each `NAME.sql` beside this file says in its first lines what a row of table NAME is; `tree` and `bits`
are those of `collection.tree_statements`.
"""

import re
from collections.abc import Callable, Collection
from functools import cache, partial
from pathlib import Path

from twoway.audit.engines.interface import Engine
from twoway.audit.steps.columns import STEPS
from twoway.collection import tree_statements
from twoway.core.tables import TREE

ORDER = (
    ("audited", tree_statements.BITS),
    (TREE.name, "speakers", "pieces", "decided", "newest"),
    ("touched", "revised"),
    ("said",),
    ("names", "leads", "we_said"),
    ("direct",),
    ("heard",),
    ("reached",),
    ("quick", "talks", "classed", "spoken"),
    ("they_said", "machines", "went_private"),
    ("wordings", "stands", "answers", "own_posts"),
    ("covers_nested", "covers_flat", "unseen", "releases", "own_history"),
    ("after_question", "promises"),
    ("calls", "own_readings"),
    ("settlements", "community", "windows"),
    ("openings",),
    ("spans",),
    ("waits", "kind_words", "addressed", "turns"),
    ("lanes", "regulars", "held"),
)
"""Those of a line need none of each other, so that an engine may make them side by side. What only
measures read is made late, since all of it stays in memory until the end."""
CONTRACT = frozenset(table.name for table in STEPS)
_OF_COLLECTIONS = tree_statements.statements()
"""Tables that need not know who is audited; a collection holds what it takes long to make."""


def prepare(
    engine: Engine,
    wanted: Collection[str] = CONTRACT,
    done: Callable[[str], None] = lambda _: None,
    *,
    given: Collection[str] = (),
) -> None:
    """Make the tables that are wanted from those of the collection and of scope.

    What these need is made as well; what only steps need is dropped again. `given` are those that
    are there already: `tree`, where the collection holds it, and what was kept of an earlier audit.
    """
    left = needed(wanted, given)
    kept: list[str] = []
    for line in ORDER:
        names = [name for name in line if name in left]
        engine.together([partial(_make, name=name, statement=left.pop(name)) for name in names])
        kept += [name for name in names if name not in CONTRACT]
        to_come = {table for statement in left.values() for table in reads(statement)}
        for name in [name for name in kept if name not in to_come]:
            engine.drop(name)
            kept.remove(name)
        for name in names:
            done(name)


def reads(statement: str) -> set[str]:
    """Return the names of the tables that a statement reads, its own named queries left out."""
    told = re.sub("--.*", "", statement)
    own = re.findall(r"\b(\w+) as \(", told)
    return set(re.findall(r"\b(?:from|join)\s+(\w+)", told)) - set(own)


@cache
def query(name: str) -> str:
    """Return the statement that makes a table."""
    path = Path(__file__).with_name(f"{name}.sql")
    return _OF_COLLECTIONS.get(name) or path.read_text(encoding="utf-8")


def needed(wanted: Collection[str], given: Collection[str] = ()) -> dict[str, str]:
    """Return the statements of all that it takes to make some tables when others are given."""
    needs, statements = set(wanted), {}
    for name in (name for line in reversed(ORDER) for name in reversed(line)):
        if name in needs and name not in given:
            statements[name] = query(name)
            needs |= reads(statements[name])
    return statements


def _make(engine: Engine, name: str, statement: str) -> None:
    engine.make(name, statement)

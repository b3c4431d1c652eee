"""Make the tables that all measures share, once per audit and in this order: the turn rule over tables.

Each `NAME.sql` beside this file says in its first lines what a row of table NAME is.
"""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from twoway.audit.engines.interface import Engine
from twoway.audit.steps.columns import STEPS

ORDER = (
    ("audited",),
    ("speakers", "pieces", "decided"),
    ("touched",),
    ("spots",),
    ("said",),
    ("held", "names", "leads"),
    ("we_said",),
    ("direct",),
    ("heard",),
    ("reached",),
    ("quick", "talks", "own_history", "spoken"),
    ("they_said", "machines", "went_private", "community"),
    ("wordings", "stands", "answers", "own_posts"),
    ("covers_nested", "covers_flat", "unseen", "releases", "own_readings"),
    ("after_question", "promises", "windows"),
    ("calls",),
    ("settlements",),
    ("openings",),
    ("spans",),
    ("waits", "kind_words", "addressed", "turns"),
    ("lanes",),
)
"""Those of a line need none of each other, so that an engine may make them side by side."""
_SHARED = {table.name for table in STEPS}


def prepare(engine: Engine, done: Callable[[str], None] = lambda _: None) -> None:
    """Make every table from those of the collection and of scope; what only steps need is dropped."""
    left = {name: query(name) for names in ORDER for name in names}
    kept: list[str] = []
    for names in ORDER:
        engine.together([partial(_make, name=name, statement=left.pop(name)) for name in names])
        kept += [name for name in names if name not in _SHARED]
        to_come = "".join(left.values())
        for name in [name for name in kept if not re.search(rf"\b{name}\b", to_come)]:
            engine.drop(name)
            kept.remove(name)
        for name in names:
            done(name)


def _make(engine: Engine, name: str, statement: str) -> None:
    engine.make(name, statement)


def query(name: str) -> str:
    """Return the statement that makes a table."""
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")

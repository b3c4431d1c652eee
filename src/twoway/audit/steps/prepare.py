"""Make the tables that all measures share, once per audit and in this order: the turn rule over tables.

Each `NAME.sql` beside this file says in its first lines what a row of table NAME is.
"""

import re
from collections.abc import Callable
from pathlib import Path

from twoway.audit.engines.interface import Engine
from twoway.audit.steps.columns import STEPS

ORDER = (
    "audited", "speakers", "touched", "pieces", "spots", "said", "decided", "held", "names", "leads",
    "we_said", "direct", "heard", "reached", "quick", "machines", "talks", "they_said", "wordings",
    "stands", "answers", "covers_nested", "covers_flat", "after_question", "calls", "unseen",
    "releases", "settlements", "openings", "spans", "waits", "kind_words", "lanes", "went_private",
    "promises", "turns", "spoken", "own_history", "own_posts", "own_readings", "addressed",
    "community", "windows",
)  # fmt: skip
_SHARED = {table.name for table in STEPS}


def prepare(engine: Engine, done: Callable[[str], None] = lambda _: None) -> None:
    """Make every table from those of the collection and of scope; what only steps need is dropped."""
    queries = {name: query(name) for name in ORDER}
    last_use = {
        name: max(
            place for place, later in enumerate(ORDER) if re.search(rf"\b{name}\b", queries[later])
        )
        for name in ORDER
        if name not in _SHARED
    }
    for place, name in enumerate(ORDER):
        engine.make(name, queries[name])
        done(name)
        for needless in [n for n, last in last_use.items() if last == place]:
            engine.drop(needless)


def query(name: str) -> str:
    """Return the statement that makes a table."""
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")

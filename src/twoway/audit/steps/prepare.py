"""Make the tables that all measures share, once per audit and in this order: the turn rule over tables.

Each `NAME.sql` beside this file says in its first lines what a row of table NAME is.
"""

from collections.abc import Callable
from pathlib import Path

from twoway.audit.engines.interface import Engine

ORDER = (
    "touched", "pieces", "said", "decided", "held", "names", "leads", "we_said", "direct", "heard",
    "reached", "machines", "talks", "they_said", "wordings", "stands", "answers", "covers_nested",
    "covers_flat", "after_question", "calls", "unseen", "releases", "settlements", "openings",
    "spans", "waits", "kind_words", "lanes", "went_private", "promises", "turns", "spoken",
    "own_history", "own_posts", "own_readings", "addressed", "community", "windows",
)  # fmt: skip


def prepare(engine: Engine, done: Callable[[str], None] = lambda _: None) -> None:
    """Make every table from those of the collection and of scope (windows, ours, covered, calendar)."""
    for name in ORDER:
        engine.make(name, query(name))
        done(name)


def query(name: str) -> str:
    """Return the statement that makes a table."""
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")

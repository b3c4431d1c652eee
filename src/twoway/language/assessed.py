"""What is assessed in which language: where macro-F1 reached 0.70 on posts that nobody trained on.

By both sets of labelled posts, each for itself (benchmarks/language/bars.py; the figures stand in
docs/reference/models/language.md). Elsewhere a post is unsure, a tone is not told.
"""

from typing import Literal

Task = Literal["kind", "tone"]
LEAST_F1 = 0.70
_BY_TASK: dict[Task, frozenset[str]] = {
    "kind": frozenset(("en", "de", "es", "fr", "pt", "it")),
    "tone": frozenset(),
}


def is_assessed(language: str | None, task: Task = "kind") -> bool:
    """Tell whether we measured ourselves at `task` in `language` and stand by it."""
    return language in _BY_TASK[task]

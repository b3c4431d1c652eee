"""Near-duplicates: which posts share at least 70 % of their words; dear to find.

Three million own posts take some 10 s on two cores, so those of large collections are kept (`kept.py`).
"""

import re
from pathlib import Path

from twoway.audit.engines.interface import Engine
from twoway.core.tables import LIKENESS


def statements() -> str:
    """Return the statements that make the pairs."""
    return Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def make(engine: Engine) -> None:
    """Make the table `likeness` from the steps."""
    _, *made = statements().split("-- make ")
    held: list[str] = []
    for place, statement in enumerate(made, start=1):
        head, _, query = statement.partition("\n")
        held.append(head.partition(":")[0])
        engine.make(held[-1], query)
        rest = "".join(made[place:]) or LIKENESS.name
        for name in [name for name in held if not re.search(rf"\b{name}\b", rest)]:
            engine.drop(name)
            held.remove(name)

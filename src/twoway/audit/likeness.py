"""Near-duplicates: which posts share at least 70 % of their words; dear to find, so found once.

Three million own posts take some 10 s on two cores, so the pairs of large collections are kept
with them. They depend on who is audited over which window, and are found again by a name made of
that, of the files they come from and of how they were made.
"""

import re
from hashlib import blake2b
from pathlib import Path

from twoway.audit.engines.interface import Engine
from twoway.collection.folder import Collection
from twoway.core.tables import LIKENESS

WORTH_KEEPING = 20_000
"""Posts compared; fewer take hardly longer than writing their pairs to the disk."""
_COMPARED = "likeness_posts"


def prepare(engine: Engine, collection: Collection) -> None:
    """Have the table `likeness`, as it was kept for the same question or made anew.

    It must not have been loaded before: which of its files answer is known only here.
    """
    name = _name(engine, collection)
    kept = [file for file in collection.files(LIKENESS.name) if file.stem.startswith(name)]
    if kept:
        engine.load(LIKENESS, kept)
    elif make(engine) >= WORTH_KEEPING:
        columns = ", ".join(LIKENESS.names)
        rows = engine.rows(f"select {columns} from likeness order by form, post, other")
        from twoway.collection import keeping  # noqa: PLC0415  Arrow takes longer than a small audit

        keeping.keep(collection, LIKENESS, name, rows)


def statements() -> str:
    """Return the statements that make the pairs."""
    return Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def make(engine: Engine) -> int:
    """Make the table `likeness` from the steps; return how many posts were compared."""
    _, *made = statements().split("-- make ")
    held: list[str] = []
    for place, statement in enumerate(made, start=1):
        head, _, query = statement.partition("\n")
        held.append(head.partition(":")[0])
        engine.make(held[-1], query)
        rest = "".join(made[place:]) or f"{LIKENESS.name} {_COMPARED}"
        for name in [name for name in held if not re.search(rf"\b{name}\b", rest)]:
            engine.drop(name)
            held.remove(name)
    compared: int = engine.rows(f"select count(*) from {_COMPARED}")[0][0]
    engine.drop(_COMPARED)
    return compared


def _name(engine: Engine, collection: Collection) -> str:
    """Return twelve characters that stand for all that the pairs depend on."""
    files = sorted(
        part.file
        for table, parts in collection.manifest.tables.items()
        if table != LIKENESS.name
        for part in parts
    )
    asked = (
        engine.rows("select organisation, begins, ends from windows order by organisation"),
        engine.rows("select organisation, account from ours order by organisation, account"),
    )
    told = f"{files}{asked}{statements()}"
    return blake2b(told.encode(), digest_size=6).hexdigest()

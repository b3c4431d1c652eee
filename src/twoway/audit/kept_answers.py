"""What the statements of an audit were answered, kept with a collection: the next one that asks has not to count.

These are the counts of each month and organisation that figures and intervals are made of, and the
posts that show them, with the words that mattered in each, which cost a millisecond to find: some
kilobytes an organisation, where the rows that were counted are millions.
They depend on all that `kept` names, on more of the scope, and on the statements themselves: one that
has changed since, or was never asked, is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

from twoway.audit.engines.interface import Engine
from twoway.audit.engines.remembering import Remembering
from twoway.audit.errors import AuditError
from twoway.collection import keeping
from twoway.collection.folder import Collection
from twoway.core.tables import Column, Table

ANSWERS: Final = Table("answers", "what one statement was answered", ("statement",), (
    Column("statement", "text", "sixteen characters that stand for it"),
    Column("told", "text", "its rows as JSON"),
))  # fmt: skip
_LONGEST = 8_000_000
"""Characters of an answer; an engine takes no row of 16 MB, and an audit of so many has time to ask."""
# A stranger's may be empty, or no text.
_KNOWN = "select statement, coalesce(cast(told as string), '') from answers"
_ASKED = (
    "select organisation, begins, ends, zone, inbound_begins, is_peer, change_at from windows order by organisation",
    "select * from covered order by organisation, stream",
    "select * from brands order by organisation, kind, value",
)


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """What is kept of the answers to one question, put to one collection."""

    engine: Engine
    collection: Collection
    name: str

    @classmethod
    def of(cls, engine: Engine, collection: Collection, name: str) -> "KeptAnswers":
        """Find out what is asked; `name` stands for the shared steps, the tables of scope must have been made."""
        told = f"{name}{[engine.rows(query) for query in _ASKED]}"
        return cls(engine, collection, blake2b(told.encode(), digest_size=6).hexdigest())

    def recall(self) -> Engine:
        """Return an engine that knows the answers; where none are kept, the engine as it is."""
        parts = self.collection.manifest.tables.get(ANSWERS.name, ())
        files = [self.collection.path / part.file for part in parts]
        ours = [file for file in files if file.stem.startswith(self.name)]
        if not ours:
            return self.engine
        try:
            self.engine.load(ANSWERS, ours)
            known = dict(self.engine.rows(_KNOWN))
        except AuditError:  # damaged, gone or not ours to read: all is asked as ever
            return self.engine
        return Remembering(self.engine, known)

    def keep(self, known: Mapping[str, str]) -> None:
        """Keep what is known now; a folder that we may not write stays as it is."""
        keeping.keep(self.collection, self.name, {ANSWERS.name: partial(self._save, known)})

    def _save(self, known: Mapping[str, str], path: Path) -> int:
        self.engine.fill(
            ANSWERS, ((key, told) for key, told in known.items() if len(told) <= _LONGEST)
        )
        return self.engine.save(ANSWERS, path)

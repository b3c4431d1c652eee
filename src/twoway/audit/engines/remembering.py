"""An engine that knows how statements were answered before, and makes tables only for one that it cannot answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from twoway.audit.engines.interface import Engine, Made
from twoway.audit.steps.prepare import reads
from twoway.core.tables import Table

Cell = int | float | str | bool | None
Told = Callable[..., tuple[str, ...]]


class Answer(msgspec.Struct, frozen=True):
    """The rows that a statement was answered with.

    Of one that reads a table filled from Python, what it was asked `about`: the first column of
    that table, with which its rows begin, so that it is known for fewer as well.
    """

    rows: list[tuple[Cell, ...]]
    about: set[Cell] | None = None

    def covers(self, about: set[Cell] | None) -> bool:
        """Tell whether it answers what is asked about these."""
        return about is None or (self.about is not None and about <= self.about)

    def told(self, about: set[Cell] | None) -> list[tuple[Cell, ...]]:
        """Return the rows about these."""
        return self.rows if about is None else [row for row in self.rows if row[0] in about]


class Remembering:
    """An engine around another one. `known` are answers as JSON; those that are given join them.

    A statement is known by its text and those of the tables made here that it reads; the tables
    that were there before are for the caller to vouch for.
    """

    def __init__(self, engine: Engine, known: Mapping[str, str]) -> None:
        self.name = engine.name
        self.known = dict(known)
        self._engine = engine
        self._filled: dict[str, tuple[Table, Sequence[Sequence[Any]]]] = {}
        self._made: dict[str, str] = {}
        self._there: set[str] = set()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows as they were answered before, or ask."""
        key, about = self._key(query), self._about(query)
        answer = _read(self.known.get(key, ""))
        if answer is None or not answer.covers(about):
            self._make_what_is_read(query)
            answer = Answer(self._engine.rows(query), about)
            self._remember(key, answer)
        return answer.told(about)

    def make(self, name: str, query: str) -> None:
        """Note what the table is, for when it is read."""
        self._made[name] = query
        self._there.discard(name)

    def fill(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Note what the table holds, for when it is read."""
        self._filled[table.name] = table, [*rows]
        self._there.discard(table.name)

    def drop(self, name: str) -> None:
        """Forget a table, which may never have been made."""
        self._made.pop(name, None)
        self._filled.pop(name, None)
        if name in self._there:
            self._there.remove(name)
            self._engine.drop(name)

    def together(self, jobs: Sequence[Callable[[Engine], Made]]) -> list[Made]:
        """Run jobs one after the other: where most is known, threads and their connections are what takes time."""
        return [job(self) for job in jobs]

    def calling(self, name: str, load: Callable[[], Told]) -> Told:
        """Return a function of that name, whose results are known as well; it is loaded for the first that is not."""
        loaded = cache(load)

        def told(*asked: Cell) -> tuple[str, ...]:
            key = _short(f"{name}{asked}")
            answer = _read(self.known.get(key, ""))
            if answer is None:
                answer = Answer([loaded()(*asked)])
                self._remember(key, answer)
            return tuple(str(one) for row in answer.rows for one in row)

        return told

    def load(self, table: Table, files: Sequence[Path]) -> None:
        self._engine.load(table, files)

    def save(self, table: Table, path: Path) -> int:
        self._make_what_is_read(f"select * from {table.name}")
        return self._engine.save(table, path)

    def close(self) -> None:
        self._engine.close()

    def _remember(self, key: str, answer: Answer) -> None:
        """Note an answer; one that JSON does not hold as it is, such as what is no number, is asked for again."""
        told = msgspec.json.encode(answer).decode()
        if _read(told) == answer:
            self.known[key] = told

    def _key(self, query: str) -> str:
        """Return what stands for a statement and the tables it reads."""
        return _short("\n".join(self._statements(query)))

    def _statements(self, query: str) -> list[str]:
        below = [self._made[name] for name in sorted(reads(query)) if name in self._made]
        return [query, *(line for one in below for line in self._statements(one))]

    def _about(self, query: str) -> set[Cell] | None:
        """Return what a statement asks about; None where it reads no table that was filled."""
        filled = [self._filled[name][1] for name in reads(query) if name in self._filled]
        return {row[0] for rows in filled for row in rows} if filled else None

    def _make_what_is_read(self, query: str) -> None:
        for name in sorted(reads(query) - self._there):
            if name in self._filled:
                self._engine.fill(*self._filled[name])
            elif name in self._made:
                self._make_what_is_read(self._made[name])
                self._engine.make(name, self._made[name])
            else:
                continue
            self._there.add(name)


def _short(text: str) -> str:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def _read(told: str) -> Answer | None:
    """Return an answer; what a stranger put in its place is none."""
    try:
        return msgspec.json.decode(told, type=Answer)
    except msgspec.DecodeError:
        return None

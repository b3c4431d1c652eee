"""What the practice network remembers, in one SQLite file: posts, people, plans, keys, events."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import orjson

from twoway.practice.cast import Person
from twoway.practice.living.plans import About, Plan, Standing
from twoway.practice.living.town import Town

OURS: Final = "us"
"""The account id of the organisation."""

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS person (id TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS post (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, author TEXT NOT NULL,
    spoke_to TEXT, below TEXT, root TEXT NOT NULL, deleted_at INTEGER, body TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS post_root ON post (root, at);
CREATE INDEX IF NOT EXISTS post_author ON post (author, number);
CREATE TABLE IF NOT EXISTS plan (id INTEGER PRIMARY KEY, due INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS plan_due ON plan (due);
CREATE TABLE IF NOT EXISTS done (key TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS liked (person TEXT, post TEXT, PRIMARY KEY (person, post)) STRICT;
CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
"""


class Store:
    """One file; every change is a transaction of its own, whichever process makes it."""

    def __init__(self, file: Path, town: Town) -> None:
        self.town = town
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        with self.changing() as change:
            change.executescript(_TABLES)

    @contextmanager
    def changing(self) -> Iterator["Change"]:
        """Open a transaction that nobody else can write beside; kept as a whole or not at all."""
        connection = sqlite3.connect(self._file, timeout=20, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("BEGIN IMMEDIATE")
            yield Change(connection, self.town)
            connection.execute("COMMIT")
        finally:
            # What was not committed is rolled back by closing.
            connection.close()


class Change:
    """The file within one transaction; it is also what a person sees (practice.living.plans.Sight)."""

    def __init__(self, connection: sqlite3.Connection, town: Town) -> None:
        self._run = connection.execute
        self._connection = connection
        self.town = town

    def executescript(self, script: str) -> None:
        for statement in script.split(";"):
            if statement.strip():
                self._run(statement)

    # Facts about the network itself.

    def fact(self, name: str, otherwise: Any = None) -> Any:
        row = self._run("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return otherwise if row is None else orjson.loads(row[0])

    def remember(self, name: str, value: object) -> None:
        self._run("REPLACE INTO fact VALUES (?, ?)", (name, orjson.dumps(value).decode()))

    # People, and what they see.

    def newcomer(self) -> Person:
        """Return somebody who has not been here before."""
        number = self.fact("people", 0) + 1
        self.remember("people", number)
        return self._meet(self.town.newcomer(number), number)

    def passes_by(self, person: Person) -> Person:
        """Note a person whom a plan brought along, if new here."""
        return self._meet(person, int(person.id.rpartition("-")[2]))

    def _meet(self, person: Person, number: int) -> Person:
        self._run("INSERT OR IGNORE INTO person VALUES (?, ?)", (person.id, number))
        return person

    def somebody(self, person: str) -> Person:
        return self.town.newcomer(int(person.rpartition("-")[2]))

    def post(self, post: str) -> Standing | None:
        row = self._run(
            "SELECT id, author, below, body FROM post WHERE id = ? AND deleted_at IS NULL", (post,)
        ).fetchone()
        return None if row is None else _standing(*row)

    def answered(self, person: str, post: str) -> bool:
        row = self._run(
            "SELECT 1 FROM post mine JOIN post ours ON ours.root = mine.root AND ours.number > mine.number"
            " WHERE mine.id = ? AND ours.author = ? AND ours.spoke_to = ? AND ours.deleted_at IS NULL",
            (post, OURS, person),
        ).fetchone()
        return row is not None

    def lately(self) -> list[Standing]:
        rows = self._run(
            "SELECT id, author, below, body FROM post WHERE author = ? AND below IS NULL"
            " AND id = root AND deleted_at IS NULL ORDER BY number DESC LIMIT 5",
            (OURS,),
        )
        return [_standing(*row) for row in rows]

    # Posts, likes, events.

    def root_of(self, post: str) -> str | None:
        row = self._run("SELECT root FROM post WHERE id = ?", (post,)).fetchone()
        return None if row is None else str(row[0])

    def author_of(self, post: str | None) -> str | None:
        row = self._run("SELECT author FROM post WHERE id = ?", (post,)).fetchone()
        return None if row is None else str(row[0])

    def body_of(self, post: str) -> dict[str, Any] | None:
        row = self._run(
            "SELECT body FROM post WHERE id = ? AND deleted_at IS NULL", (post,)
        ).fetchone()
        return None if row is None else orjson.loads(row[0])

    def add(
        self, *, at: int, author: str, body: Mapping[str, Any], below: str | None = None,
        spoke_to: str | None = None, root: str | None = None,
    ) -> str:  # fmt: skip
        """Keep a post and return its id; `root` is for chats, whose first message nobody holds."""
        number = self._run("SELECT coalesce(max(number), 0) + 1 FROM post").fetchone()[0]
        own = f"{self.town.seed}-{number}"
        root = root or (self.root_of(below) if below else None) or own
        self._run(
            "INSERT INTO post (number, id, at, author, spoke_to, below, root, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, own, at, author, spoke_to, below, root, orjson.dumps(body).decode()),
        )
        return own

    def replace_body(self, post: str, body: Mapping[str, Any]) -> None:
        self._run("UPDATE post SET body = ? WHERE id = ?", (orjson.dumps(body).decode(), post))

    def said_at(self, post: str) -> int:
        return int(self._run("SELECT at FROM post WHERE id = ?", (post,)).fetchone()[0])

    def last_of(self, root: str, author: str) -> str | None:
        """Return the latest post of somebody in a thread."""
        row = self._run(
            "SELECT id FROM post WHERE root = ? AND author = ? AND deleted_at IS NULL"
            " ORDER BY number DESC LIMIT 1",
            (root, author),
        ).fetchone()
        return None if row is None else str(row[0])

    def said(self, text: str, since: int) -> tuple[str, int] | None:
        """Return a post of ours with these words that stands since then."""
        found: tuple[str, int] | None = self._run(
            "SELECT id, at FROM post WHERE author = ? AND at >= ? AND deleted_at IS NULL"
            " AND body ->> '$.text' = ? ORDER BY number LIMIT 1",
            (OURS, since, text),
        ).fetchone()
        return found

    def take_down(self, post: str, at: int) -> bool:
        changed = self._run(
            "UPDATE post SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL", (at, post)
        )
        return changed.rowcount == 1

    def like(self, person: str, post: str) -> bool:
        done = self._run("INSERT OR IGNORE INTO liked VALUES (?, ?)", (person, post))
        return done.rowcount == 1

    def unlike(self, person: str, post: str) -> bool:
        done = self._run("DELETE FROM liked WHERE person = ? AND post = ?", (person, post))
        return done.rowcount == 1

    def tell(self, at: int, event: Mapping[str, Any]) -> None:
        """Let everybody who asks for what is new hear of something."""
        self._run("INSERT INTO event (at, body) VALUES (?, ?)", (at, orjson.dumps(event).decode()))

    def events(self, after: int, limit: int) -> list[tuple[int, int, str]]:
        rows = self._run(
            "SELECT seq, at, body FROM event WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit)
        )
        return rows.fetchall()

    # What was asked by key, and what people mean to do.

    def done(self, key: str) -> dict[str, Any] | None:
        row = self._run("SELECT body FROM done WHERE key = ?", (key,)).fetchone()
        return None if row is None else orjson.loads(row[0])

    def keep_done(self, key: str, at: int, body: Mapping[str, Any]) -> None:
        self._run("INSERT INTO done VALUES (?, ?, ?)", (key, at, orjson.dumps(body).decode()))

    def intend(self, plan: Plan, now: int) -> None:
        body = orjson.dumps(asdict(plan)).decode()
        self._run("INSERT INTO plan (due, body) VALUES (?, ?)", (now + plan.after, body))

    def due(self, now: int) -> tuple[int, int, Plan] | None:
        """Take the next plan that is due out of the book: its number, when, and what."""
        row = self._run(
            "DELETE FROM plan WHERE id = (SELECT id FROM plan WHERE due <= ? ORDER BY due, id LIMIT 1)"
            " RETURNING id, due, body",
            (now,),
        ).fetchone()
        if row is None:
            return None
        body = orjson.loads(row[2])
        return row[0], row[1], Plan(**{**body, "about": About(**body["about"])})

    def earliest(self) -> int | None:
        row = self._run("SELECT min(due) FROM plan").fetchone()
        return None if row[0] is None else int(row[0])

    def postpone(self, by: int) -> None:
        """Move everybody's plans: while nobody looked, nothing happened."""
        self._run("UPDATE plan SET due = due + ?", (by,))


def _standing(own: str, author: str, below: str | None, body: str) -> Standing:
    known = orjson.loads(body)
    return Standing(
        id=own, author=author, text=known["text"], kinds=tuple(known.get("kinds", ())),
        is_private=known.get("private", False), is_ours=author == OURS, below=below,
        about=About(**known["about"]) if "about" in known else About(),
    )  # fmt: skip

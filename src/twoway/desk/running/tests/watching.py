"""Watches the outbox of a running desk from beside it, straight in its database."""

import sqlite3
import time
from collections import Counter
from pathlib import Path
from threading import Lock

PATIENCE = 300
"""Seconds: on a busy machine everything may take long; what hangs, hangs for ever."""


def within(seconds, look):
    """Look until there is something to see or the time is over; return what was seen last."""
    ends = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < ends:
        time.sleep(0.02)
    return found


def until(look, why):
    """Look until there is something to see and return it; fails with the words of `why()`."""
    found = within(PATIENCE, look)
    assert found, why()
    return found


class Watch:
    """What stands in a desk's database right now."""

    def __init__(self, environment):
        self._address = environment.get("TWOWAY_DATABASE", "")
        self._file = Path(environment["TWOWAY_HOME"]) / "desk.sqlite3"
        self._lock = Lock()
        self._connection = self._connect()

    def close(self):
        self._connection.close()

    def _rows(self, statement):
        with self._lock:
            return self._connection.execute(statement).fetchall()

    def _connect(self):
        if not self._address:
            where = f"file:{self._file}?mode=ro"
            return sqlite3.connect(where, timeout=30, uri=True, check_same_thread=False)
        import psycopg  # noqa: PLC0415  only where the run has it

        return psycopg.connect(self._address, autocommit=True)

    def holders(self):
        """Return the processes that are sending an entry or looking one up."""
        held = self._rows("SELECT claimed_by FROM outbox_entry WHERE claimed_by <> ''")
        return [int(name.split(":")[1]) for (name,) in held]

    def asking(self, words):
        """Return a conversation for each person whose first post begins with these words."""
        return [
            number
            for (number,) in self._rows(
                "SELECT min(c.id) FROM inbox_conversation c JOIN inbox_post p ON p.thread_id ="
                f" c.thread_id WHERE p.text LIKE '%{words}%' GROUP BY c.thread_id ORDER BY 1"
            )
        ]

    def entries(self):
        """Return the state and the text of all that was ever handed in."""
        return self._rows("SELECT state, text FROM outbox_entry ORDER BY id")

    def states(self):
        """Return how many entries stand where."""
        return Counter(state for state, _ in self.entries())

    def unsent(self):
        """Return what has not gone out yet, and why."""
        return self._rows(
            "SELECT id, state, attempts, claimed_by, cure, details FROM outbox_entry"
            " WHERE state NOT IN ('sent', 'seen back')"
        )

    def looked_up(self):
        """Return how many entries were taken over from a dead worker or had their answer lost."""
        rows = self._rows("SELECT details FROM outbox_entry")
        return sum("lost_at" in str(details) for (details,) in rows)

    def drafts(self):
        """Return the words that still stand in composers."""
        return [text for (text,) in self._rows("SELECT text FROM inbox_draft")]

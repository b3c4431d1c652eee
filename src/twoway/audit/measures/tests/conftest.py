"""A small audit, filled by hand: tables in, figures of one measure out."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from twoway.audit import catalogue, measuring
from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.findings import Figure
from twoway.audit.observable import STREAMS, Sight
from twoway.audit.steps.columns import CALENDAR, STEPS
from twoway.audit.steps.prepare import query
from twoway.core.tables import TABLES, Table

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
QUARTER = 15 * MINUTE
BEGINS = 1_767_225_600_000_000
"""1 January 2026, 00:00 UTC, a Thursday."""
EVERYTHING = Sight(
    {stream: True for stream, _ in STREAMS.values()},
    frozenset(["parents", "networks", "brand", "90d"]),
)
_EMPTY = {"bigint": 0, "integer": 0, "double": 0.0, "boolean": False, "text": ""}
_DEFAULTS = {
    "organisation": "shop", "visibility": "public", "nesting": "threaded", "is_sure": True,
    "in_window": True, "names_whom": True, "zone": "UTC", "language_certainty": 1.0,
    "certainty": 1.0, "holds": True, "is_new": True,
}  # fmt: skip


class Small:
    """Tables of a few rows in a real engine; what a row does not name gets a harmless value."""

    tables: Mapping[str, Table] = TABLES | {table.name: table for table in STEPS}

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.filled: set[str] = set()
        self.organisations: tuple[str, ...] = ()
        self.window("shop")

    def window(self, *organisations: str, days: int = 90, **values: Any) -> None:
        """Observe organisations from BEGINS for some days."""
        self.organisations = organisations
        ends = BEGINS + days * DAY
        given = {"begins": BEGINS, "ends": ends, "inbound_begins": BEGINS, "language": "en"}
        self.put("windows", *({"organisation": o} | given | values for o in organisations))

    @staticmethod
    def at(days: float = 0, hours: float = 0, minutes: float = 0) -> int:
        """Return a time after BEGINS."""
        return BEGINS + round(days * DAY + hours * HOUR + minutes * MINUTE)

    def put(self, name: str, *rows: Mapping[str, Any]) -> None:
        """Make a table of these rows; columns nobody names get a default."""
        table = self.tables[name]
        filled = [tuple(self._value(column, row) for column in table.columns) for row in rows]
        for row in rows:
            assert set(row) <= set(table.names), f"{name} has no {set(row) - set(table.names)}"
        self.engine.fill(table, filled)
        self.filled.add(name)
        for step, source in (("pieces", "threads"), ("regulars", "addressed")):
            if name == source:
                self.engine.make(step, query(step))
                self.filled.add(step)

    def own(self, *rows: Mapping[str, Any]) -> None:
        """Make own posts with what they say: a value goes to every table that has such a column."""
        for name in ("own_posts", "own_readings", "posts", "said", "threads"):
            known = self.tables[name].names
            filled = (
                {"thread": row["post"], "first_piece": row["post"], "pieces": 1, "bare_length": 60,
                 "text_key": row["post"]} | row
                for row in rows
            )  # fmt: skip
            self.put(name, *({n: v for n, v in row.items() if n in known} for row in filled))

    @staticmethod
    def _value(column: Any, row: Mapping[str, Any]) -> Any:
        if column.name in row:
            return row[column.name]
        if column.name == "slot" and "said_at" in row:
            return row["said_at"] // QUARTER
        if column.optional:
            return None
        return _DEFAULTS.get(column.name, _EMPTY[column.type])

    def wait(
        self, post: int, day: float, minutes: float | None = None, by: str = "answer", **more: Any
    ) -> dict[str, Any]:
        """Return a waiting interval that begins on a day and lasts some minutes, or is still open."""
        ended = (
            {} if minutes is None else {"ended_at": self.at(day, minutes=minutes), "ended_by": by}
        )
        return {"post": post, "person": post, "thread": post, "since": self.at(day)} | ended | more

    def kinds(self, *kinds: tuple[int, str], side: str = "theirs") -> None:
        """Say which kinds hold for which posts."""
        self.put("held", *({"post": post, "side": side, "kind": kind} for post, kind in kinds))

    def figure(self, name: str, organisation: str = "shop") -> Figure:
        """Return the figure of one measure as `audit.measuring` makes it, whatever is covered."""
        measure = catalogue.find(name)
        assert measure is not None, f"there is no measure {name}"
        (figure,) = measuring.figures(self.engine, [measure], self.sights())[organisation]
        return figure

    def sights(self) -> dict[str, Sight]:
        """Return the sight of one who sees everything."""
        return dict.fromkeys(self.organisations, EVERYTHING)

    def part(self, name: str, part: str, organisation: str = "shop") -> Figure:
        """Return one part of a measure."""
        return next(p for p in self.figure(name, organisation).parts if p.id == part)


def _calendar() -> list[tuple[Any, ...]]:
    """Every quarter of an hour in UTC from ten days before BEGINS to 250 days after it."""
    rows = []
    for slot in range((BEGINS - 10 * DAY) // QUARTER, (BEGINS + 250 * DAY) // QUARTER):
        at = dt.datetime.fromtimestamp(slot * 900, tz=dt.UTC)
        year, week, weekday = at.isocalendar()
        night = at.hour >= 22 or at.hour < 7
        rows.append((
            "UTC", slot, f"{at:%Y-%m-%d}", at.hour, weekday, f"{year}-W{week:02}", f"{at:%Y-%m}",
            night,
        ))  # fmt: skip
    return rows


@pytest.fixture(scope="session")
def tables() -> Iterator[Any]:
    """An engine in which every table exists and only the calendar has rows."""
    engine = DuckDB(memory="500MB", threads=2)
    for table in Small.tables.values():
        engine.fill(table, [])
    engine.fill(CALENDAR, _calendar())
    yield engine
    engine.close()


@pytest.fixture
def small(tables: Any) -> Iterator[Small]:
    small = Small(tables)
    yield small
    for name in small.filled:
        tables.fill(Small.tables[name], [])

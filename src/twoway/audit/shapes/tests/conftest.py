"""Rows of one shape, filled by hand, and the figures that come of them."""

import datetime as dt
from pathlib import Path

import pytest

from twoway.audit.catalogue import Choice, Part, Sheet
from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.shapes import monthly
from twoway.audit.steps.columns import CALENDAR, WINDOWS
from twoway.core.tables import Column, Table

BEGINS = 1_767_225_600_000_000
"""1 January 2026, 00:00 UTC."""
QUARTER = 900_000_000
COLUMNS = {
    "organisation": "text", "part": "text", "post": "bigint", "happened_at": "bigint", "hit": "boolean",
    "sure": "boolean", "length": "bigint", "ended": "boolean", "age": "bigint", "side": "text",
    "thing": "bigint", "exposed": "boolean", "amount": "double", "certainty": "double", "answer": "text",
    "detail": "text",
}  # fmt: skip


class Shaped:
    """One organisation's rows of a shape in, the figure of one part out."""

    def __init__(self, engine):
        self.engine = engine

    def figure(self, shape, rows, unit="share", evidence=None, part="", statistic=""):
        """Return the figure of `shape` over rows given as values of ROWS after post and time."""
        width = len(shape.ROWS)
        placed = [("shop", part, *self._placed(n, row, width)) for n, row in enumerate(rows)]
        return self.figures(shape, placed, (part,), unit, evidence, statistic)[part]

    def figures(self, shape, rows, parts, unit="share", evidence=None, statistic=""):
        """Return the figures of several parts over rows given whole."""
        table = Table("given", "one row", (), tuple(Column(n, COLUMNS[n], n) for n in shape.ROWS))
        self.engine.fill(table, rows)
        sheet = Sheet(
            path=Path("given.sql"), shape="", query="",
            parts=tuple(self._part(part, unit, evidence, statistic) for part in parts),
        )  # fmt: skip
        made = shape.figures(self.engine, "given", sheet, ["shop"])
        return {part: made["shop", part] for part in parts}

    @staticmethod
    def _placed(number, row, width):
        """Give a row a post and a time of its own where it names none."""
        return row if len(row) == width - 2 else (number, BEGINS + number * QUARTER, *row)

    @staticmethod
    def _part(part, unit, evidence, statistic):
        return Part(
            id=part, name="Given", unit=unit, needs=(), flag=(), unless=None, formula="", bands=(),
            evidence=None if evidence is None else Choice(*evidence), statistic=statistic,
        )  # fmt: skip


def _calendar():
    start = (BEGINS // QUARTER) - 4
    for slot in range(start, start + 90 * 96):
        at = dt.datetime.fromtimestamp(slot * 900, tz=dt.UTC)
        yield ("UTC", slot, "", at.hour, 1, "", f"{at:%Y-%m}", False)


@pytest.fixture(scope="session")
def shaped():
    engine = DuckDB(memory="500MB", threads=2)
    engine.fill(
        WINDOWS, [("shop", BEGINS, BEGINS + 90 * 96 * QUARTER, "UTC", "en", BEGINS, False, None)]
    )
    engine.fill(CALENDAR, list(_calendar()))
    monthly.prepare(engine)
    yield Shaped(engine)
    engine.close()

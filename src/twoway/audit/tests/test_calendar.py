"""The calendar says of every quarter of an hour what a clock on the wall said."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from twoway.audit import calendar
from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.steps.columns import CALENDAR

QUARTER = 900_000_000
YEAR = 35_040 * QUARTER
BEGINS = 1_640_000_000_000_000 + 7
ZONES = ["UTC", "Europe/Dublin", "Australia/Lord_Howe", "Asia/Tehran", "America/St_Johns"]


def on_the_wall(slot: int, zone: ZoneInfo) -> tuple:
    at = dt.datetime.fromtimestamp(slot * 900, tz=zone)
    year, week, weekday = at.isocalendar()
    night = at.hour >= 22 or at.hour < 7
    return (
        zone.key, slot, f"{at:%Y-%m-%d}", at.hour, weekday, f"{year}-W{week:02}", f"{at:%Y-%m}", night
    )  # fmt: skip


@pytest.fixture(scope="module")
def engine():
    engine = DuckDB(memory="200MB", threads=1)
    yield engine
    engine.close()


@pytest.mark.parametrize("name", ZONES)
def test_every_quarter_of_an_hour_is_there_once_as_clocks_showed_it(engine, name):
    zone = ZoneInfo(name)
    calendar.prepare(engine, zone, BEGINS, BEGINS + YEAR)
    found = engine.rows(f"select {', '.join(CALENDAR.names)} from calendar order by slot")
    slots = range(BEGINS // QUARTER, (BEGINS + YEAR) // QUARTER + 1)
    assert found == [on_the_wall(slot, zone) for slot in slots]


def test_a_single_moment_has_its_quarter(engine):
    calendar.prepare(engine, ZoneInfo("UTC"), BEGINS, BEGINS)
    assert engine.rows("select slot, hour from calendar") == [(BEGINS // QUARTER, 11)]

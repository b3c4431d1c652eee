"""Jobs that need nothing of each other: what they return, what they leave, what they fail with."""

from functools import partial

import pytest

from twoway.audit.engines.duckdb import DuckDB
from twoway.core.tables import Column, Table

NUMBERS = Table("numbers", "a number", ("n",), (Column("n", "bigint", "the number"),))


@pytest.fixture
def engine():
    engine = DuckDB(memory="200MB")
    yield engine
    engine.close()


def _times(engine, factor):
    engine.make(f"times_{factor}", f"select n * {factor} as n from numbers")
    return engine.rows(f"select sum(n) from times_{factor}")[0][0]


def test_each_sees_what_was_there_and_leaves_what_it_made(engine):
    engine.fill(NUMBERS, [(1,), (2,), (3,)])
    assert engine.together([partial(_times, factor=f) for f in range(1, 9)]) == [
        6 * f for f in range(1, 9)
    ]
    assert engine.rows("select sum(n) from times_8") == [(48,)]


def test_many_files_are_worked_through_one_after_the_other(engine, tmp_path):
    path = tmp_path / "numbers.parquet"
    engine.rows(f"copy (select random() as r, range as n from range(1500000)) to '{path}'")
    engine.load(NUMBERS, [path])
    order = []
    engine.together([lambda _, n=n: order.append(n) for n in range(9)])
    assert order == list(range(9))


def test_what_fails_is_told(engine):
    engine.fill(NUMBERS, [(1,)])
    with pytest.raises(Exception, match="nowhere"):
        engine.together([partial(_times, factor=2), lambda e: e.rows("select * from nowhere")])

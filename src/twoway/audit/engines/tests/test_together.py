"""Jobs that need nothing of each other: what they return, what they leave, what they fail with."""

from functools import partial
from threading import Barrier, Event

import pytest
from servers.patience import PATIENCE

from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.errors import TooLittleMemory
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


@pytest.mark.parametrize(("rows", "beside"), [(1_500_000, 2), (1, 4)])
def test_of_many_rows_two_are_worked_on_at_a_time(engine, tmp_path, rows, beside):
    path = tmp_path / "numbers.parquet"
    engine.rows(f"copy (select random() as r, range as n from range({rows})) to '{path}'")
    engine.load(NUMBERS, [path])
    busy: list[int] = []
    together = Barrier(beside)

    def job(_, number):
        busy.append(number)
        most = len(busy)
        together.wait(PATIENCE)  # nobody goes on before all that may be at work are
        busy.remove(number)
        return most

    assert max(engine.together([partial(job, number=n) for n in range(2 * beside)])) <= beside


def test_what_fails_is_told(engine):
    engine.fill(NUMBERS, [(1,)])
    with pytest.raises(Exception, match="nowhere"):
        engine.together([partial(_times, factor=2), lambda e: e.rows("select * from nowhere")])


def test_what_does_not_fit_beside_others_is_run_once_more_alone(engine):
    tried = Event()

    def greedy(_):
        if not tried.is_set():
            tried.set()
            raise TooLittleMemory
        return "made"

    assert engine.together([greedy, lambda _: tried.wait(PATIENCE)]) == ["made", True]


def test_what_does_not_fit_alone_is_told(engine):
    def too_greedy(_):
        raise TooLittleMemory("too much")

    with pytest.raises(TooLittleMemory, match="too much"):
        engine.together([too_greedy, too_greedy])

"""One contract for both engines: tables in, rows out, nothing left behind."""

import tempfile
from pathlib import Path

import duckdb
import pytest

from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.errors import AuditError
from twoway.core.tables import Column, Table

ANIMALS = Table(
    "animals",
    "one animal",
    ("animal",),
    (
        Column("animal", "bigint", "number"),
        Column("name", "text", "name", optional=True),
        Column("weight", "double", "kg", optional=True),
        Column("is_tame", "boolean", "lives with people", optional=True),
        Column("legs", "integer", "how many", optional=True),
    ),
)


@pytest.fixture(
    params=["duckdb", pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.slow])]
)
def engine(request):
    if request.param == "duckdb":
        made = DuckDB()
    else:
        from twoway.audit.engines.spark import Spark  # noqa: PLC0415  an extra

        made = Spark("local[2]", "1GB")
    yield made
    made.close()


def test_keeps_what_it_is_given(engine, tmp_path):
    engine.load(ANIMALS, [])
    assert engine.rows("select count(*) from animals") == [(0,)]

    engine.fill(ANIMALS, [(1, 'Ada\'s "cat"\n', 4.5, True, 4), (2**62, None, None, None, None)])
    assert engine.rows("select * from animals order by animal") == [
        (1, 'Ada\'s "cat"\n', 4.5, True, 4),
        (2**62, None, None, None, None),
    ]
    engine.make("heavy", "select animal from animals where weight > 1")
    engine.make("heavy", "select animal from heavy where animal = 1")
    assert engine.rows("select * from heavy") == [(1,)]

    engine.fill(ANIMALS, [])
    assert engine.rows("select count(*) from animals") == [(0,)]
    engine.drop("animals")
    engine.drop("never-there")

    file = tmp_path / "old.parquet"
    duckdb.execute(f"copy (select 7::bigint as animal, 'bee' as name) to '{file}' (format parquet)")
    engine.load(ANIMALS, [file])
    assert engine.rows("select animal, name, weight from animals") == [(7, "bee", None)]


def test_a_size_that_is_none_is_refused_with_the_cure():
    with pytest.raises(AuditError, match="500MB"):
        DuckDB(memory="plenty")


def test_what_was_spilled_is_gone_when_closed():
    before = set(Path(tempfile.gettempdir()).glob("twoway-spill-*"))
    engine = DuckDB()
    engine.close()
    assert set(Path(tempfile.gettempdir()).glob("twoway-spill-*")) <= before


def test_a_torn_file_is_named(tmp_path):
    file = tmp_path / "torn.parquet"
    file.write_bytes(b"PAR1 torn")
    engine = DuckDB()
    with pytest.raises(AuditError, match=r"torn\.parquet"):
        engine.load(ANIMALS, [file])
    engine.close()

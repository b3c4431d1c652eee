"""Both engines keep the same promises; what one cannot do is an error with its cure."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.errors import AuditError
from twoway.core.tables import Column, Table

PETS = Table("pets", "one pet", ("pet",), (
    Column("pet", "bigint", "which"),
    Column("name", "text", "what it is called", optional=True),
    Column("legs", "integer", "how many", optional=True),
    Column("weight", "double", "in kilograms", optional=True),
    Column("is_tame", "boolean", "may be stroked", optional=True),
))  # fmt: skip
MEMORY = "3GB"
"""As in `tests/test_engines_agree.py`: a process keeps the first Java that it started, however small."""
ROWS = [
    (-(2**63), 'Ada "the cat",\r\nfirst of her name', 4, 4.5, True),
    (2**63 - 1, "", 0, -0.25, False),
    (0, None, None, None, None),
]


@pytest.fixture(
    params=["duckdb", pytest.param("spark", marks=[pytest.mark.slow, pytest.mark.spark])]
)
def engine(request):
    if request.param == "spark":
        from twoway.audit.engines.spark import Spark  # noqa: PLC0415  starts Java

        request.getfixturevalue("small_spark")
        engine = Spark(master="local[1]", memory=MEMORY)
    else:
        engine = DuckDB(memory="200MB", threads=1)
    yield engine
    engine.close()


def write(path: Path, rows=ROWS) -> Path:
    columns = zip(*rows, strict=True)
    types = [pa.int64(), pa.string(), pa.int32(), pa.float64(), pa.bool_()]
    arrays = [pa.array(values, type_) for values, type_ in zip(columns, types, strict=True)]
    pq.write_table(pa.table(arrays, names=PETS.names), path)
    return path


def test_filled_rows_come_back_as_they_went_in(engine):
    engine.fill(PETS, iter(ROWS))
    assert sorted(engine.rows("select * from pets")) == sorted(ROWS)
    engine.fill(PETS, ROWS[:1])
    assert engine.rows("select * from pets") == ROWS[:1]


def test_files_are_read_whole_and_their_order_of_columns_does_not_matter(engine, tmp_path):
    folder = tmp_path / "it's [1] folder"
    folder.mkdir()
    one, two = write(folder / "a.parquet", ROWS[:2]), folder / "b.parquet"
    turned = pq.read_table(write(two, ROWS[2:])).select(PETS.names[::-1])
    pq.write_table(turned, two)
    engine.load(PETS, [one, two])
    assert sorted(engine.rows("select pet, name, legs, weight, is_tame from pets")) == sorted(ROWS)


def test_a_column_that_an_older_file_lacks_is_empty(engine, tmp_path):
    old, new = write(tmp_path / "old.parquet", ROWS[:1]), write(tmp_path / "new.parquet", ROWS[1:2])
    pq.write_table(pq.read_table(old).select(["pet", "legs"]), old)
    engine.load(PETS, [old, new])
    assert engine.rows("select pet, name from pets order by pet") == [
        (ROWS[0][0], None),
        (ROWS[1][0], ""),
    ]
    engine.load(PETS, [old])
    assert engine.rows("select name, is_tame from pets") == [(None, None)]


def test_a_saved_table_is_read_again(engine, tmp_path):
    engine.fill(PETS, ROWS)
    engine.make("pets", "select *, legs + 1 as more from pets")  # which is no column of a pet
    assert engine.save(PETS, tmp_path / "pets.parquet") == len(ROWS)
    assert tuple(pq.read_table(tmp_path / "pets.parquet").column_names) == PETS.names
    engine.drop("pets")
    engine.load(PETS, [tmp_path / "pets.parquet"])
    assert sorted(engine.rows("select * from pets")) == sorted(ROWS)


def test_organisations_read_again_are_those_of_the_window(engine, tmp_path):
    shops = Table("shops", "one shop", ("organisation",), (Column("organisation", "text", "name"),))
    engine.fill(shops, [("Zoo",), ("it's a shop",)])
    engine.save(shops, tmp_path / "shops.parquet")
    engine.load(replace(shops, name="again"), [tmp_path / "shops.parquet"])
    joined = "select a.organisation from again a join shops s on s.organisation = a.organisation"
    assert sorted(engine.rows(joined)) == [("Zoo",), ("it's a shop",)]


def test_where_nothing_can_be_saved_is_an_error_of_the_disk(engine, tmp_path):
    engine.fill(PETS, ROWS)
    with pytest.raises(OSError, match="nowhere"):
        engine.save(PETS, tmp_path / "nowhere" / "pets.parquet")


def test_a_small_table_takes_the_place_of_files(engine, tmp_path):
    engine.load(PETS, [write(tmp_path / "pets.parquet")])
    engine.make("pets", "select pet, name, legs, weight, is_tame from pets where legs = 4")
    assert engine.rows("select * from pets") == ROWS[:1]


def test_a_table_without_files_is_empty_and_has_its_columns(engine):
    engine.load(PETS, [])
    assert engine.rows("select pet, name, legs, weight, is_tame from pets") == []


def test_a_table_is_made_once_replaced_and_forgotten(engine):
    engine.fill(PETS, ROWS)
    engine.make("legs", "select sum(legs) as legs from pets")
    engine.fill(PETS, [])
    assert engine.rows("select legs from legs") == [(4,)]
    engine.make("legs", "select legs + 1 as legs from legs")
    assert engine.rows("select legs from legs") == [(5,)]
    engine.drop("legs")
    engine.make("legs", "select 7 as legs")
    assert engine.rows("select * from legs") == [(7,)]


@pytest.mark.parametrize("content", [b"", b"no parquet at all", None])
def test_a_broken_file_is_named_with_the_cure(engine, tmp_path, content):
    broken = tmp_path / "broken.parquet"
    if content is not None:
        broken.write_bytes(content)
    with pytest.raises(AuditError, match=r"pets in .* cannot be read: .+ Import its sources again"):
        engine.load(PETS, [broken])


def test_a_file_cut_short_is_an_error_and_no_traceback(tmp_path):
    path = write(tmp_path / "cut.parquet", ROWS * 50_000)
    content = bytearray(path.read_bytes())
    content[100 : len(content) // 2] = b"\xff" * (len(content) // 2 - 100)
    path.write_bytes(content)
    engine = DuckDB()
    try:
        engine.load(PETS, [path])
        with pytest.raises(AuditError, match="cannot be read"):
            engine.rows("select max(name), sum(weight), max(pet) from pets")
    finally:
        engine.close()


@pytest.mark.parametrize("memory", ["", "much", "-5", "0MB", "5", "1 pear"])
def test_an_amount_of_memory_that_is_none_is_refused(memory):
    with pytest.raises(AuditError, match="500MB"):
        DuckDB(memory=memory)


def test_what_does_not_fit_into_memory_goes_to_disk_and_is_gone_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    engine = DuckDB(memory="50MB", threads=1)
    engine.make("many", "select range * 7919 % 3000017 as n from range(3000000)")
    assert engine.rows("select count(*) from (select distinct n from many) x") == [(3000000,)]
    assert list(tmp_path.iterdir())
    engine.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.spark
def test_java_writes_nothing_to_the_terminal(capfd):
    from twoway.audit.engines.spark import Spark  # noqa: PLC0415  starts Java

    Spark(master="local[1]", memory=MEMORY).close()
    assert capfd.readouterr() == ("", "")


def test_spark_without_java_says_how_to_get_it(monkeypatch):
    pytest.importorskip("pyspark")
    from twoway.audit.engines.spark import Spark  # noqa: PLC0415  an extra

    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(AuditError, match="openjdk"):
        Spark()

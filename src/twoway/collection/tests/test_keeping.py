"""What is kept beside the tables: found again, never in the way of anybody else."""

import pyarrow.parquet as pq
import pytest

from twoway.collection.folder import Collection
from twoway.collection.keeping import KEPT, keep
from twoway.collection.lock import locked
from twoway.collection.opening import writing
from twoway.core.tables import LIKENESS

PAIRS = [(2, 1, "full", 0.75), (9, 4, "bare", 1.0)]


@pytest.fixture
def folder(tmp_path):
    with writing(tmp_path / "shop") as change:
        change.commit(change.manifest)
    return tmp_path / "shop"


def _keep(folder, name, rows=PAIRS):
    return keep(Collection.open(folder), LIKENESS, name, rows)


def _names(folder):
    return [file.name for file in Collection.open(folder).files(LIKENESS.name)]


def test_rows_come_back(folder):
    assert _keep(folder, "0123456789ab")
    (file,) = Collection.open(folder).files(LIKENESS.name)
    assert [tuple(row.values()) for row in pq.read_table(file).to_pylist()] == PAIRS


def test_no_rows_are_an_answer_too(folder):
    assert _keep(folder, "0123456789ab", [])
    (file,) = Collection.open(folder).files(LIKENESS.name)
    assert tuple(pq.read_table(file).column_names) == LIKENESS.names


def test_the_newest_few_are_kept_and_the_next_writer_sweeps(folder):
    for number in range(KEPT + 1):
        assert _keep(folder, f"{number:012x}")
    assert _names(folder) == [f"{number:012x}-1.parquet" for number in range(KEPT, 0, -1)]
    with writing(folder) as change:
        change.commit(change.manifest)
    assert sorted(file.name for file in (folder / "likeness").iterdir()) == sorted(_names(folder))


def test_what_was_stale_stays_for_those_who_read_it(folder):
    _keep(folder, "0123456789ab")
    with writing(folder) as change:
        change.commit(change.manifest.__class__(schema_version=1, written_by="", changed_at=""))
    old = folder / "likeness" / "0123456789ab-1.parquet"
    assert old.exists()
    assert _keep(folder, "ba9876543210")
    assert old.exists()


def test_waits_for_nobody(folder):
    with locked(folder):
        assert not _keep(folder, "0123456789ab")
    assert _names(folder) == []


def test_a_folder_that_is_gone_is_no_error(folder, tmp_path):
    collection = Collection.open(folder)
    folder.rename(tmp_path / "elsewhere")
    assert not keep(collection, LIKENESS, "0123456789ab", PAIRS)

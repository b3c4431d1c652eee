"""What is kept beside the tables: found again, never in the way of anybody else."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from twoway.collection.folder import Collection
from twoway.collection.keeping import KEPT, keep
from twoway.collection.lock import locked
from twoway.collection.opening import writing
from twoway.core.tables import LIKENESS

NAME = LIKENESS.name
PAIRS = [{"post": 2, "other": 1, "form": "full", "jaccard": 0.75}]


@pytest.fixture
def folder(tmp_path):
    with writing(tmp_path / "shop") as change:
        change.commit(change.manifest)
    return tmp_path / "shop"


def _save(path):
    pq.write_table(pa.Table.from_pylist(PAIRS), path)
    return len(PAIRS)


def _keep(folder, name, save=_save):
    return keep(Collection.open(folder), name, {NAME: save})


def _names(folder):
    return [file.name for file in Collection.open(folder).files(NAME)]


def test_rows_come_back(folder):
    assert _keep(folder, "0123456789ab")
    (file,) = Collection.open(folder).files(NAME)
    assert pq.read_table(file).to_pylist() == PAIRS
    assert Collection.open(folder).manifest.rows(NAME) == len(PAIRS)


def test_several_tables_are_named_at_once(folder):
    assert keep(Collection.open(folder), "0123456789ab", {NAME: _save, "waits": _save})
    assert Collection.open(folder).manifest.tables.keys() == {NAME, "waits"}


def test_a_full_disk_leaves_the_folder_as_it_is(folder):
    def half(path):
        path.write_bytes(b"PAR1")
        raise OSError(28, "No space left on device")

    before = Collection.open(folder).manifest
    assert not _keep(folder, "0123456789ab", half)
    assert Collection.open(folder).manifest == before
    assert not any((folder / NAME).iterdir())


def test_the_newest_few_are_kept_and_the_next_writer_sweeps(folder):
    for number in range(KEPT + 1):
        assert _keep(folder, f"{number:012x}")
    assert _names(folder) == [f"{number:012x}-1.parquet" for number in range(KEPT, 0, -1)]
    with writing(folder) as change:
        change.commit(change.manifest)
    assert sorted(file.name for file in (folder / NAME).iterdir()) == sorted(_names(folder))


def test_what_was_stale_stays_for_those_who_read_it(folder):
    _keep(folder, "0123456789ab")
    with writing(folder) as change:
        change.commit(change.manifest.__class__(schema_version=1, written_by="", changed_at=""))
    old = folder / NAME / "0123456789ab-1.parquet"
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
    assert not keep(collection, "0123456789ab", {NAME: _save})

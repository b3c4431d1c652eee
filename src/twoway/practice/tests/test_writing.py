"""Worlds as collection folders."""

import pyarrow.parquet as pq
import pytest

from twoway.collection.folder import Collection
from twoway.core.identity import key
from twoway.core.tables import TABLES
from twoway.practice import build
from twoway.practice.many import write_many
from twoway.practice.writing import MODEL, write, write_all


def _rows(folder, table):
    return [
        row
        for file in Collection.open(folder).files(table)
        for row in pq.read_table(file).to_pylist()
    ]


@pytest.fixture(scope="module")
def small():
    return build(5, posts=500)


@pytest.fixture(scope="module")
def folder(small, tmp_path_factory):
    path = tmp_path_factory.mktemp("practice") / "world"
    write(small, path)
    return path


def test_every_post_is_there_once(small, folder):
    written = {row["post"]: row for row in _rows(folder, "posts")}
    assert set(written) == {key(line.by.network, line.id) for line in small.lines()}
    assert Collection.open(folder).manifest.model == MODEL


def test_columns_are_those_of_the_tables(folder):
    for name in Collection.open(folder).manifest.tables:
        for file in Collection.open(folder).files(name):
            assert tuple(pq.read_schema(file).names) == TABLES[name].names


def test_readings_are_the_worlds_own(small, folder):
    kinds = {(row["post"], row["version"], row["kind"]) for row in _rows(folder, "kinds")}
    for post, readings in small.posts():
        for version, reading in enumerate(readings):
            for kind in (*reading.theirs, *reading.ours):
                assert (key(post.network, post.id), version, kind.name) in kinds
    assert {row["model"] for row in _rows(folder, "readings")} == {MODEL}


def test_pieces_are_placed_together(small, folder):
    first = {row["post"]: row["first_piece"] for row in _rows(folder, "threads")}
    for line in small.lines():
        whole = line.piece_of or line
        assert first[key(line.by.network, line.id)] == key(whole.by.network, whole.id)


def test_organisations_and_their_words_are_there(small, folder):
    assert {row["organisation"] for row in _rows(folder, "organisations")} == {
        w.name for w in small.organisations
    }
    assert {row["kind"] for row in _rows(folder, "brands")} == {"word", "site"}


def test_worlds_stand_side_by_side(tmp_path):
    worlds = [build(5, posts=400, number=number) for number in range(2)]
    count = write_all(iter(worlds), tmp_path / "two")
    assert count == sum(len(list(world.lines())) for world in worlds)
    assert len({row["organisation"] for row in _rows(tmp_path / "two", "organisations")}) == 10


def test_many_small_worlds_in_one_process(tmp_path):
    told = []
    count = write_many(
        tmp_path / "many", 900, processes=1, told=lambda done, of: told.append((done, of))
    )
    assert count == Collection.open(tmp_path / "many").manifest.rows("posts")
    assert told == [(1, 1)]


@pytest.mark.slow
def test_several_processes_write_one_collection(tmp_path, monkeypatch):
    monkeypatch.setattr("twoway.practice.many.WORLD", 500)
    monkeypatch.setattr("twoway.practice.many.ERRAND", 500)
    write_many(tmp_path / "one", 1_500, processes=1)
    write_many(tmp_path / "two", 1_500, processes=2)
    one, two = ({row["post"] for row in _rows(tmp_path / name, "posts")} for name in ("one", "two"))
    assert one == two
    assert not list((tmp_path / "two").glob(".scratch*"))

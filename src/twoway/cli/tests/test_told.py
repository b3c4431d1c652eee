"""What users get wrong, and what each of it is answered with: the place, and the cure."""

import os
import shutil

import pytest

from twoway.collection.lock import NAME as LOCK

TABLE = "id,author,created_at,text\n1,ada,2026-03-02T09:00:00Z,When do you open?\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text(TABLE)
    return path


def test_a_network_that_is_none_is_refused(run, table, tmp_path):
    refused = run("import", table, "--into", tmp_path / "c", "--network", "banana")
    assert refused.code == 2
    assert "mastodon" in refused.err
    assert not (tmp_path / "c").exists()
    assert run("import", table, "--into", tmp_path / "c", "--network", "mail").code == 0


def test_a_practice_world_goes_on_where_it_was_killed(run, tmp_path):
    world = tmp_path / "world"
    (world / ".scratch-0").mkdir(parents=True)
    (world / LOCK).touch()
    assert run("practice", "--into", world, "--posts", "100", "--days", "30").code == 0
    assert not (world / ".scratch-0").exists()


def test_an_empty_folder_is_called_empty(run, tmp_path):
    (tmp_path / "nothing").mkdir()
    told = run("audit", tmp_path / "nothing")
    assert told.code == 2
    assert "nothing is empty. Give the export" in told.err


def test_a_collection_inside_something_else_is_not_read_as_a_table(run, table, tmp_path):
    run("import", table, "--into", tmp_path / "kept" / "museum", "--no-readings")
    told = run("audit", tmp_path / "kept")
    assert told.code == 2
    assert f"give that, {tmp_path / 'kept' / 'museum'}" in told.err
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "kept")
    told = run("audit", packed)
    assert told.code == 2
    assert "packed.zip holds a collection that Twoway made. Unpack it" in told.err


def test_a_pipe_is_no_file(run, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    told = run("audit", tmp_path / "pipe")
    assert told.code == 2
    assert "pipe is neither a file nor a folder. Save what comes from there" in told.err


def test_what_is_piped_in_is_to_be_saved_first(run):
    told = run("audit", "-")
    assert told.code == 2
    assert "Save what comes by the pipe first" in told.err


def test_a_name_that_no_network_knows_is_bad_input(run, tmp_path):
    told = run("pull", "museum", "--into", tmp_path / "c")
    assert told.code == 2
    assert "museum looks like no account" in told.err


def test_a_picture_called_csv_is_no_text(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(range(256)) * 20)
    told = run("audit", path)
    assert told.code == 2
    assert "a.csv is no text" in told.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_what_may_not_be_read_is_named_with_the_cure(run, table, tmp_path):
    run("import", table, "--into", tmp_path / "c", "--no-readings")
    (tmp_path / "c" / "posts").chmod(0)
    told = run("audit", tmp_path / "c")
    (tmp_path / "c" / "posts").chmod(0o755)
    assert told.code == 2
    assert "read access" in told.err


def test_a_part_that_is_gone_is_named(run, table, tmp_path):
    run("import", table, "--into", tmp_path / "c", "--no-readings")
    for part in (tmp_path / "c" / "posts").iterdir():
        part.unlink()
    told = run("audit", tmp_path / "c")
    assert told.code == 2
    assert "is gone, though the manifest names it" in told.err


@pytest.mark.usefixtures("table")
def test_a_file_that_cannot_be_opened_is_no_row(run, tmp_path):
    (tmp_path / "b.csv.gz").write_bytes(b"\x1f\x8b\x08 no more of it")
    told = run("import", tmp_path, "--into", tmp_path.with_name("out"), "--no-readings")
    assert told.code == 0
    assert "1 row or file could not be read" in told.out

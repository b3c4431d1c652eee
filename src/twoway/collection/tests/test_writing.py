import shutil
import subprocess
import sys

import pytest

from twoway.collection import opening
from twoway.collection import writing as writing_module
from twoway.collection.errors import Busy, CollectionError, NotACollection
from twoway.collection.folder import Collection
from twoway.collection.opening import writing


class Killed(BaseException):
    """Stands for the end of the process: nothing in our code catches it."""


def steps_of(monkeypatch, run):
    """Count how often `run` writes: parts made sure of, manifests replaced."""
    count = 0

    def counting(function):
        def counted(*arguments):
            nonlocal count
            count += 1
            return function(*arguments)

        return counted

    with monkeypatch.context() as patch:
        patch.setattr(writing_module, "sync", counting(writing_module.sync))
        run()
    return count


def die_at(monkeypatch, step, run):
    count = 0
    sync = writing_module.sync

    def dying(path):
        nonlocal count
        count += 1
        if count == step:
            raise Killed
        sync(path)

    with monkeypatch.context() as patch:
        patch.setattr(writing_module, "sync", dying)
        # What a dead process cannot do either: clear up behind itself.
        patch.setattr(opening, "_sweep", lambda *_, **__: None)
        patch.setattr(opening.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            run()


@pytest.fixture
def killed_at(tmp_path, monkeypatch, gather_all, say, rows):
    """Add a post to a folder that holds one, die at some step, and look at what is left."""
    gather_all(say("1"), into=tmp_path / "whole")
    whole = Collection.open(tmp_path / "whole").manifest

    def run(step):
        folder = tmp_path / f"killed-{step}"
        shutil.copytree(tmp_path / "whole", folder)
        die_at(monkeypatch, step, lambda: gather_all(say("2"), into=folder))
        after = Collection.open(folder).manifest
        assert after == whole or after.rows("posts") == 2
        assert len(rows("posts", of=folder)) == after.rows("posts")
        return folder

    return run


@pytest.fixture
def steps(tmp_path, monkeypatch, gather_all, say):
    gather_all(say("1"), into=tmp_path / "counted")
    return steps_of(monkeypatch, lambda: gather_all(say("2"), into=tmp_path / "counted"))


def test_a_process_killed_leaves_a_readable_state(killed_at, steps, gather_all, say, rows):
    assert steps > 8
    for step in (1, steps // 2, steps - 1, steps):
        folder = killed_at(step)
    gather_all(say("2"), into=folder)
    assert {row["id"] for row in rows("posts", of=folder)} == {"1", "2"}


@pytest.mark.slow
def test_a_process_killed_at_any_step_leaves_a_readable_state(killed_at, steps):
    for step in range(1, steps + 1):
        killed_at(step)


def test_the_next_writer_sweeps_what_a_dead_one_left(folder, gather_all, say):
    gather_all(say("1"))
    (folder / ".scratch-000000000000").mkdir()
    (folder / "posts" / "0123456789ab-1.parquet").write_bytes(b"left")
    (folder / "posts" / "notes.txt").write_text("somebody else's")
    gather_all(say("2"))
    left = {path.name for path in (folder / "posts").iterdir()}
    assert "0123456789ab-1.parquet" not in left
    assert "notes.txt" in left
    assert not list(folder.glob(".scratch-*"))


def test_the_state_before_stays_until_the_next_write(folder, gather_all, say):
    gather_all(say("1"))
    (first,) = Collection.open(folder).files("posts")
    gather_all(say("2"))
    assert first.exists()
    gather_all(say("3"))
    assert not first.exists()


def test_a_second_writer_is_told_to_wait(folder, gather_all, say):
    with writing(folder), pytest.raises(Busy, match="Another process is writing"):
        gather_all(say("1"))


@pytest.mark.slow
def test_the_lock_goes_with_its_process(folder, gather_all, say):
    code = (
        "import sys; from pathlib import Path; from twoway.collection.opening import writing\n"
        "with writing(Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    holder = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdin=pipe, stdout=pipe)
    assert holder.stdout.readline() == b"in\n"
    with pytest.raises(Busy):
        gather_all(say("1"))
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()
    assert gather_all(say("1")).added == 1


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path, gather_all, say):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(NotACollection, match="other files"):
        gather_all(say("1"), into=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_full_disk_changes_nothing(folder, gather_all, say, monkeypatch):
    gather_all(say("1"))
    before = Collection.open(folder).manifest

    def full(_path):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(writing_module, "sync", full)
        with pytest.raises(CollectionError, match="No space left"):
            gather_all(say("2"))
    assert Collection.open(folder).manifest == before


def test_a_place_that_cannot_be_written_says_so(tmp_path, gather_all, say):
    (tmp_path / "file").write_text("x")
    with pytest.raises(CollectionError, match="cannot be written"):
        gather_all(say("1"), into=tmp_path / "file" / "below")


def test_a_failed_first_import_leaves_no_folder(folder, gather_all):
    def broken():
        raise CollectionError("no")
        yield

    with pytest.raises(CollectionError):
        gather_all(*broken())
    assert not folder.exists()

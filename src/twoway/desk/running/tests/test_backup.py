"""A backup holds everything, and comes back anywhere."""

import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from twoway.desk.running.tests import outside

pytestmark = pytest.mark.slow

STARTED = 3
NOTED = {"inbox_rejudging"}
"""How far the rule of now has come."""
REBUILT = {"django_content_type", "auth_permission"}
"""What Django lists anew with a migration; nothing of the team's."""


def changed(before, after):
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_everything_comes_back_on_another_machine(elsewhere, monday):
    desk, backup = monday
    assert backup.stat().st_mode & 0o077 == 0, "only its owner may read it"
    restored = outside.twoway(elsewhere, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    before, after = outside.ask(desk, "contents"), outside.ask(elsewhere, "contents")
    assert changed(before, after) == {"outbox_entry"}, "what was queued is looked up first"
    assert after["outbox_entry"][0] == before["outbox_entry"][0] == 3
    assert outside.ask(elsewhere, "secrets") == outside.ask(desk, "secrets") != []


def test_a_desk_in_use_is_not_overwritten(monday):
    desk, backup = monday
    before = outside.ask(desk, "contents")
    refused = outside.twoway(desk, "restore", str(backup))
    assert (refused.returncode, "in use" in refused.stderr) == (2, True), refused.stderr
    assert outside.ask(desk, "contents") == before


def test_a_folder_without_a_desk_is_not_backed_up_as_one(elsewhere, tmp_path):
    refused = outside.twoway(elsewhere, "backup", str(tmp_path / "desk.zip"))
    assert (refused.returncode, "holds no desk yet" in refused.stderr) == (2, True), refused.stderr
    assert not (tmp_path / "desk.zip").exists()


def test_a_file_where_the_folder_should_be_is_told(elsewhere, tmp_path):
    (tmp_path / "home").write_text("no folder")
    refused = outside.twoway(elsewhere | {"TWOWAY_HOME": str(tmp_path / "home")}, "web")
    assert (refused.returncode, refused.stderr.count("TWOWAY_HOME")) == (2, 1), refused.stderr
    assert f"{tmp_path / 'home'} cannot be made" in refused.stderr


def test_a_broken_database_in_it_changes_nothing(elsewhere, monday, tmp_path):
    """Found only while it is put in: what was unpacked before may be unpacked again."""
    file = tmp_path / "broken.zip"
    with zipfile.ZipFile(monday[1]) as backup, zipfile.ZipFile(file, "w") as other:
        for name in backup.namelist():
            is_data = name in ("desk.sqlite3", "tables/inbox_post")
            other.writestr(name, b"no rows" if is_data else backup.read(name))
    refused = outside.twoway(elsewhere, "restore", str(file))
    assert (refused.returncode, "damaged" in refused.stderr) == (2, True), refused.stderr
    restored = outside.twoway(elsewhere, "restore", str(monday[1]))
    assert restored.returncode == 0, restored.stderr
    assert outside.ask(elsewhere, "secrets") == outside.ask(monday[0], "secrets")


def test_credentials_under_another_key_are_not_lost(elsewhere, monday):
    home = Path(elsewhere["TWOWAY_HOME"])
    (home / "credentials").mkdir(parents=True)
    (home / "credentials" / "ours.sealed").write_bytes(b"sealed with another key")
    (home / "key").write_text("another key")
    refused = outside.twoway(elsewhere, "restore", str(monday[1]))
    assert (refused.returncode, "another key" in refused.stderr) == (2, True), refused.stderr
    assert (home / "key").read_text() == "another key"


def test_the_same_folder_with_a_new_database_keeps_its_newer_credentials(elsewhere, monday):
    """Only the database was lost. A token that was renewed since the backup is the one that works."""
    home = Path(elsewhere["TWOWAY_HOME"])
    shutil.copytree(monday[0]["TWOWAY_HOME"], home, ignore=shutil.ignore_patterns("desk.*"))
    (newer,) = (home / "credentials").glob("*.sealed")
    newer.write_bytes(newer.read_bytes() + b" ")
    restored = outside.twoway(elsewhere, "restore", str(monday[1]))
    assert restored.returncode == 0, restored.stderr
    assert newer.read_bytes().endswith(b" ")


def test_a_key_that_is_kept_elsewhere_is_asked_for(elsewhere, home, tmp_path):
    key = {"TWOWAY_KEY": "qfdNHsNuvesto_blhoCQzSotILPcynti9gMEsdPZ70I="}
    outside.ask(home | key, "prepare", "0")
    file = tmp_path / "desk.zip"
    assert "keep TWOWAY_KEY" in outside.twoway(home | key, "backup", str(file)).stdout
    restored = outside.twoway(elsewhere, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert "another key" in restored.stdout
    assert outside.ask(elsewhere | key, "secrets") == outside.ask(home | key, "secrets")


def test_an_upgrade_with_data_in_it_saves_it_first_and_loses_nothing(home, elsewhere):
    outside.ask(home, "prepare", "3")
    outside.ask(home, "sort")
    before = outside.ask(home, "contents")
    outside.ask(home, "step_back")
    saved = outside.ask(home, "start")
    assert changed(before, outside.ask(home, "contents")) <= REBUILT
    assert outside.ask(home, "start") is None
    outside.ask(home, "judge_anew")
    assert changed(before, outside.ask(home, "contents")) <= REBUILT | NOTED, "judged alike"
    restored = outside.twoway(elsewhere, "restore", saved)
    assert restored.returncode == 0, restored.stderr
    assert changed(before, outside.ask(elsewhere, "contents")) <= REBUILT | {"outbox_entry"}


def test_of_processes_that_start_together_one_upgrades(home):
    outside.ask(home, "prepare", "3")
    before = outside.ask(home, "contents")
    outside.ask(home, "step_back")
    with ThreadPoolExecutor(STARTED) as pool:
        saved = list(pool.map(lambda _: outside.ask(home, "start"), range(STARTED)))
    assert len([one for one in saved if one]) == 1, saved
    assert changed(before, outside.ask(home, "contents")) <= REBUILT

"""A backup holds everything, and comes back anywhere."""

import subprocess
import zipfile
from pathlib import Path

import pytest

from twoway.desk.running.tests import outside

pytestmark = pytest.mark.slow


def twoway(environment, *words):
    return subprocess.run(
        [outside.TWOWAY, *words], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def backup(home, tmp_path):
    outside.ask(home, "prepare", "3")
    file = tmp_path / "monday.zip"
    assert twoway(home, "backup", str(file)).returncode == 0
    return file


def test_everything_comes_back_on_another_machine(home, elsewhere, backup):
    restored = twoway(elsewhere, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert outside.ask(elsewhere, "contents") == outside.ask(home, "contents")
    assert outside.ask(elsewhere, "secrets") == outside.ask(home, "secrets") != []


def test_only_its_owner_may_read_a_backup(backup):
    assert backup.stat().st_mode & 0o077 == 0


def test_a_desk_in_use_is_not_overwritten(home, backup):
    before = outside.ask(home, "contents")
    refused = twoway(home, "restore", str(backup))
    assert refused.returncode == 2
    assert "in use" in refused.stderr
    assert outside.ask(home, "contents") == before


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_what_is_no_backup_is_refused(elsewhere, tmp_path, content):
    file = tmp_path / "some.zip"
    file.write_bytes(content)
    refused = twoway(elsewhere, "restore", str(file))
    assert (refused.returncode, "no backup of a desk" in refused.stderr) == (2, True)


def test_a_backup_that_leads_out_of_its_folder_writes_nothing_there(elsewhere, backup, tmp_path):
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr("home/../../outside.txt", "hello")
    refused = twoway(elsewhere, "restore", str(backup))
    assert refused.returncode == 2
    assert not (tmp_path / "outside.txt").exists()


def test_an_upgrade_with_data_in_it_saves_it_first_and_loses_nothing(home):
    outside.ask(home, "prepare", "3")
    before = outside.ask(home, "contents")
    outside.ask(home, "step_back")
    saved = outside.ask(home, "start")
    assert zipfile.is_zipfile(Path(saved))
    after = outside.ask(home, "contents")
    changed = {name for name in before if before[name] != after[name]}
    # Django lists migrations, content types and permissions anew; nothing of the team's changes.
    assert changed <= {"django_content_type", "auth_permission", "insight_audit"}
    assert outside.ask(home, "start") is None

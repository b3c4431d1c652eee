"""A backup is refused where it does not fit, is damaged or would do harm: with its reason, and at once."""

import json
import zipfile
from pathlib import Path

import pytest

from twoway.desk.running.tests import outside

pytestmark = pytest.mark.slow


def test_what_does_not_fit_is_refused_with_its_reason_and_nothing_is_unpacked(
    elsewhere, monday, tmp_path
):
    given = [
        name(tmp_path / f"{number}.zip", monday[1]) for number, (name, _) in enumerate(REFUSED)
    ]
    said = outside.ask(elsewhere | {"TWOWAY_TEST": json.dumps(list(map(str, given)))}, "refuse")
    assert [why in told for (_, why), told in zip(REFUSED, said, strict=True)] == [True] * len(
        given
    ), said
    left = {path.name for path in Path(elsewhere["TWOWAY_HOME"]).iterdir()}
    assert left <= {"secret.key", "desk.sqlite3", "desk.sqlite3-wal", "desk.sqlite3-shm"}
    restored = outside.twoway(elsewhere, "restore", str(monday[1]))
    assert restored.returncode == 0, restored.stderr


def holding(content):
    def make(file, _):
        file.write_bytes(content)
        return file

    return make


def damaged(file, backup):
    content = bytearray(backup.read_bytes())
    with zipfile.ZipFile(backup) as archive:
        largest = max(archive.infolist(), key=lambda one: one.compress_size)
    content[largest.header_offset + largest.compress_size // 2] ^= 0xFF
    file.write_bytes(content)
    return file


def changed_by(change):
    """Return what writes a backup whose files were changed."""

    def make(file, backup):
        with zipfile.ZipFile(backup) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        change(files)
        with zipfile.ZipFile(file, "w") as other:
            for name, content in files.items():
                other.writestr(name, content)
        return file

    return make


def with_manifest(**changes):
    def change(files):
        files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | changes).encode()

    return changed_by(change)


def with_file(name):
    return changed_by(lambda files: files.update({name: b"hello"}))


def of_a_newer_database(file, backup):
    with zipfile.ZipFile(backup) as archive:
        migrations = json.loads(archive.read("manifest.json"))["migrations"]
    return with_manifest(migrations=[*migrations, ["inbox", "9999_later"]])(file, backup)


REFUSED = [
    (holding(b""), "no backup of a desk"),
    (holding(b"no zip"), "no backup of a desk"),
    (holding(b"PK\x03\x04"), "no backup of a desk"),
    (changed_by(lambda files: files.pop("manifest.json")), "it holds no manifest.json"),
    (with_manifest(migrations=7), "no backup of a desk"),
    (damaged, "is damaged"),
    (with_manifest(format=2), "newer Twoway"),
    (of_a_newer_database, "newer Twoway"),
    (with_manifest(database="oracle"), "Set TWOWAY_DATABASE to the same kind"),
    (with_file("home/../../outside.txt"), "none of a desk's"),
    (with_file("home//tmp/outside.txt"), "none of a desk's"),
    (with_file("home/desk.sqlite3"), "none of a desk's"),
]

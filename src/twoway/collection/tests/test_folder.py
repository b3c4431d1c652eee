import json
import subprocess
import sys
from hashlib import blake2b

import pytest

from twoway.collection import manifest, migrations
from twoway.collection.errors import NotACollection
from twoway.collection.folder import Collection
from twoway.collection.manifest import SCHEMA_VERSION
from twoway.core.tables import TABLES


@pytest.fixture
def filled(folder, gather_all, say):
    gather_all(say("1", text="Good morning"))
    return folder


def change_manifest(folder, **fields):
    path = folder / manifest.NAME
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))


def test_a_collection_names_its_files(filled):
    collection = Collection.open(filled)
    (file,) = collection.files("posts")
    assert file.parent == filled / "posts"
    assert file.stat().st_size == collection.manifest.tables["posts"][0].bytes
    assert collection.manifest.rows("posts") == 1
    assert collection.files("marks") == []


def test_opening_needs_neither_arrow_nor_a_database():
    code = (
        "import sys, twoway.collection.folder; "
        "sys.exit(bool({'pyarrow', 'duckdb', 'zstandard'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_read_only_folder_opens(filled):
    folders = [filled, *(path for path in filled.iterdir() if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    try:
        assert Collection.open(filled).manifest.rows("posts") == 1
    finally:
        for path in folders:
            path.chmod(0o755)


def test_a_folder_without_a_manifest_is_none(tmp_path):
    with pytest.raises(NotACollection, match=r"it holds no manifest\.json"):
        Collection.open(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "something else"}', "\0"])
def test_a_manifest_that_is_none_says_so(tmp_path, text):
    (tmp_path / manifest.NAME).write_text(text)
    with pytest.raises(NotACollection, match=r"manifest\.json"):
        Collection.open(tmp_path)


def test_a_newer_collection_says_to_upgrade(filled):
    change_manifest(filled, schema_version=SCHEMA_VERSION + 1, written_by="twoway 99")
    with pytest.raises(NotACollection, match=r"newer twoway 99.*Upgrade"):
        Collection.open(filled)


@pytest.mark.parametrize("file", ["../secret.parquet", "/etc/passwd", "a\\b", "C:x", ""])
def test_a_manifest_cannot_name_files_elsewhere(filled, file):
    change_manifest(filled, tables={"posts": [{"file": file, "rows": 1, "bytes": 1}]})
    with pytest.raises(NotACollection, match="lies outside"):
        Collection.open(filled)


def test_a_change_of_the_tables_is_a_new_version():
    """Old folders do not change with core/tables.py: see collection/migrations.py."""
    written = "\n".join(
        f"{table.name}.{column.name} {column.type}"
        for table in TABLES.values()
        for column in table.columns
    )
    digest = blake2b(written.encode(), digest_size=8).hexdigest()
    assert (SCHEMA_VERSION, digest) == (2, "8c7a9cc5ab3c0438")


@pytest.fixture
def older(filled, monkeypatch):
    """A collection of the version before, and the step that brings it up to date."""

    def rename_field(_folder, document):
        return {**document, "written_by": f"{document['written_by']}, brought up to date"}

    monkeypatch.setattr(manifest, "OLDEST_VERSION", 0)
    monkeypatch.setitem(migrations.MIGRATIONS, 0, rename_field)
    change_manifest(filled, schema_version=0)
    return filled


def test_an_older_collection_is_brought_up_to_date(older):
    collection = Collection.open(older)
    assert collection.manifest.written_by.endswith("brought up to date")
    assert collection.manifest.schema_version == SCHEMA_VERSION
    assert json.loads((older / "manifest-version-0.json").read_text())["schema_version"] == 0
    assert Collection.open(older).manifest == collection.manifest


def test_an_older_collection_that_cannot_be_written_says_its_cure(older, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("twoway.collection.opening.replace_manifest", refuse)
    with pytest.raises(NotACollection, match="Copy it to a folder of your own"):
        Collection.open(older)


def test_importing_into_an_older_collection_brings_it_up_to_date(older, gather_all, say):
    gather_all(say("2"))
    assert Collection.open(older).manifest.rows("posts") == 2

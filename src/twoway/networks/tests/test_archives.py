"""Readers are found in their folders, and every folder says what it reads."""

from pathlib import Path

import pytest

from twoway import networks
from twoway.collection.source import Source
from twoway.networks import archives

HOME = Path(networks.__file__).parent
FOLDERS = sorted(path.parent for path in HOME.glob("*/archive.py"))


def test_every_archive_module_is_found():
    found = {Path(reader.__file__).parent.name for reader in archives()}
    assert found == {folder.name for folder in FOLDERS}


def test_readers_come_in_the_order_they_are_asked_in_and_have_names_of_their_own():
    priorities = [reader.PRIORITY for reader in archives()]
    assert priorities == sorted(priorities)
    assert len({reader.NAME for reader in archives()}) == len(priorities)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_network_says_where_its_export_comes_from_and_what_is_done(folder):
    readme = (folder / "README.md").read_text(encoding="utf-8")
    checklist = (folder / "checklist.md").read_text(encoding="utf-8")
    for heading in (
        "## How to get it",
        "## What is in it",
        "## What is not",
        "## Traps",
        "## Tried on",
    ):
        assert heading in readme
    rules = [line for line in checklist.splitlines() if line.startswith("| ") and "---" not in line]
    assert 1 <= len(rules) - 1 <= 12
    assert all(line.split("|")[2].strip() in ("done", "todo", "exempt") for line in rules[1:])


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"id,text\n1,hello\n", b"{}\n", b"[]", b'{"id": "1"}\n', b"PAR1", b"<p>"],
)
def test_no_reader_of_an_archive_takes_any_odd_file(tmp_path, content):
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    with Source(path) as source:
        assert not [reader.NAME for reader in archives() if reader.recognises(source)]

"""A stranger adds a measure by adding one file: the one that CONTRIBUTING shows, to a copy of the package."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import twoway
from twoway.practice import build
from twoway.practice.writing import write_all

PACKAGE = Path(twoway.__file__).parent
TEXT = (PACKAGE.parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    """A copy of the package with one file more, and the command of that copy."""
    home = tmp_path_factory.mktemp("stranger")
    shutil.copytree(
        PACKAGE, home / "twoway", ignore=shutil.ignore_patterns("tests", "__pycache__", "desk")
    )
    (name,) = re.findall(r"A whole one, `(\w+\.sql)`", TEXT)
    (sheet,) = re.findall(r"```sql\n(.*?)```", TEXT, flags=re.DOTALL)
    (home / "twoway" / "audit" / "measures" / name).write_text(sheet, encoding="utf-8")

    def run(*words):
        done = subprocess.run(
            [sys.executable, "-P", "-c", "from twoway.cli import main; main()", *map(str, words)],
            env={**os.environ, "PYTHONPATH": str(home)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    played, folder = build(1, posts=400), tmp_path_factory.mktemp("world") / "collection"
    write_all([played], folder)
    return played, folder


def test_every_report_shows_it(stranger, world):
    played, folder = world
    report = json.loads(stranger("audit", folder, "--window", "all", "--format", "json"))
    for account in report["accounts"]:
        (found,) = [one for one in account["measures"] if one["id"] == "exclamations"]
        originals = [
            told.line
            for told in played.ledger.told
            if told.what == "original" and told.who.name == account["organisation"]
        ]
        loud = sum("!" in line.text for line in originals)
        assert (found["n"], found["hits"]) == (len(originals), loud)
    for form in ("terminal", "markdown", "html"):
        assert "xclamations" in stranger("audit", folder, "--account", "larkway", "--format", form)


def test_it_is_explained(stranger):
    assert "how often does it raise its voice" in stranger("explain", "exclamations").lower()
    assert "exclamations" in stranger("explain")

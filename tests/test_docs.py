"""The docs say what is true: generated pages are fresh, links lead somewhere, commands exist."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from twoway.cli import twoway

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/**/*.md")])


def test_pages_made_from_the_code_are_fresh():
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "generate.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
        env={"COLUMNS": "96", "PATH": ""},
    )
    assert done.returncode == 0, f"run scripts/docs; out of date: {done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_that_are_named_exist(page):
    context = click.Context(twoway, info_name="twoway")
    known = set(twoway.list_commands(context))
    # What later rooms bring is named in design pages before it is there.
    planned = {"desk", "web", "work", "backup", "restore"}
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"(?:^    |`)twoway ([a-z]+)\b", text, flags=re.MULTILINE):
        assert name in known | planned, name


def test_every_script_is_named_in_contributing():
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for script in sorted((ROOT / "scripts").iterdir()):
        assert f"scripts/{script.name}" in told + (ROOT / "tests/cases/README.md").read_text()


def test_every_variable_is_explained():
    told = (ROOT / "docs/reference/configuration.md").read_text(encoding="utf-8")
    product = [path for path in ROOT.glob("src/**/*.py") if "tests" not in path.parts]
    read = {name for path in product for name in re.findall(r"TWOWAY_[A-Z_]+", path.read_text())}
    for variable in sorted(read):
        assert f"`{variable}`" in told, variable

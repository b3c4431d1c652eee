"""Rules across rooms: sizes, names, and that the import contracts are kept."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Migrations are written by Django.
SOURCES = sorted(
    p for p in (ROOT / "src").rglob("*.py") if not {"tests", "migrations"} & set(p.parts)
)
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "manager", "base", "common", "misc"}


def named(path: Path) -> str:
    return path.relative_to(ROOT / "src" / "twoway").as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_module_says_what_it_is_for_and_stays_short(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "opens with one sentence that says what it is for"
    assert text.count("\n") < LONGEST_FILE
    assert path.stem not in FORBIDDEN_NAMES
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


def test_rooms_look_only_downwards():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_nothing_speaks_of_the_machine_it_was_made_on():
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  whichever git is there
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, listed):
        content = (ROOT / name).read_bytes()
        assert b"/work/" + b"main" not in content, name
        assert b"/root/" + b"." not in content, name

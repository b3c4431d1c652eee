"""The page that explains how to add a network is true: a network built from its text passes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[5]
PAGE = ROOT / "docs" / "how-to" / "add-a-network.md"
_FILE = re.compile(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```", re.DOTALL)

# Makes `twoway.networks` look into one more folder, as if the network lay beside the others.
CONFTEST = """
import twoway.networks
twoway.networks.__path__.append({room!r})
"""


def build(room):
    """Write the network as the page says; return its folder."""
    folder = room / "pinboard"
    (folder / "tests").mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "tests" / "__init__.py").touch()
    for name, content in _FILE.findall(PAGE.read_text(encoding="utf-8")):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def run(room, *options):
    """Run the network's tests in a process of their own, from beside the repository."""
    (room / "conftest.py").write_text(CONFTEST.format(room=str(room)))
    (room / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n")
    environment = {name: os.environ[name] for name in os.environ if "DJANGO" not in name}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:django",
            *options,
            str(room),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=room,
        env=environment,
        timeout=600,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_the_network_of_the_page_keeps_the_contract(tmp_path):
    build(tmp_path)
    code, said = run(tmp_path)
    assert code == 0, said
    assert "skipped" not in said


# What a careless hand might write, and the check that must notice it.
FAULTS = {
    "newest first": (
        'for note in mappings(page.get("notes"))',
        'for note in reversed(mappings(page.get("notes")))',
    ),
    "a key that changes": (
        '"key": key.text}',
        '"key": key.text + __import__("secrets").token_hex()}',
    ),
    "a cursor off by one": ("after = following", "after = str(int(following) + 1)"),
    "one page only": ("if following is None:", "if True:"),
    "a cursor that stays": (
        'cursor=following or identifier(page.get("last")) or after',
        'cursor="0"',
    ),
    "ids that are not ids": ('need(identifier(note.get("id")), "id")', 'note.get("by")'),
    "hours for minutes": ("said_at=at", "said_at=at + 3_600_000_000"),
    "public answers to private notes": ('answered.get("private") is True', "False"),
    "notes that are all public": ('"private" if note.get("private") is True', '"public" if False'),
    "answers that reach nobody": ('[answered["by"]] if answered', "[] if answered"),
    "errors in place of records": ("except (orjson.JSONDecodeError, Lacking)", "except OSError"),
    "removed notes that stay": ('if note.get("gone") is True:', "if False:"),
    "texts as they come": ('text=text(note.get("text"))', 'text=str(note.get("text"))'),
    "no word of a lost token": ("raise Reconnect(", "raise GiveUp("),
    "always well": ("return Health(works=False", "return Health(works=True"),
    "any length": ("len(action.text) > 500", "False"),
    "a find that always finds": (
        "return Sent(id=made, is_repeat=True) if made else None",
        'return Sent(id=made or "n0")',
    ),
    "a token kept": ('await self._ask("DELETE", "/me/token", changes=True)', "return None"),
    "a secret in a message": ('"The pinboard no longer', 'f"{self._who.secrets} no longer'),
    "no end to pages": ("trail.step(following)", "pass"),
    "a secret shown in the form": ('"From your settings.", secret=True', '"From your settings."'),
}


LONG = {"cut_off", "whatever_an_answer_holds"}
"""Checks that take longer than all others together."""
ONLY_THERE = {"errors in place of records": "whatever_an_answer_holds"}
"""Faults that nothing else notices."""


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_the_contract_notices(tmp_path, fault):
    right, wrong = FAULTS[fault]
    connector = build(tmp_path) / "connector.py"
    text = connector.read_text()
    assert right in text
    connector.write_text(text.replace(right, wrong))
    without = " or ".join(sorted(LONG - {ONLY_THERE.get(fault)}))
    code, said = run(tmp_path, "-x", "-k", f"not ({without})")
    assert code == 1, said
    assert "1 failed" in said, said

"""One small practice world for all tests of the commands, and a way to call them as `main` does."""

import sys
from dataclasses import dataclass

import pytest

from twoway import cli


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capfd, monkeypatch):
    """Call the command with words as a shell would; return how it ended and what it said."""

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["twoway", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code or 0
        said = capfd.readouterr()
        assert "Traceback" not in said.err
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """A practice world of some 400 posts, written once and only read."""
    from twoway.practice.many import write_many  # noqa: PLC0415  only where a test asks for it

    folder = tmp_path_factory.mktemp("practice") / "world"
    write_many(folder, 400, seed=1, days=120)
    return folder

"""How commands end: a sentence and a code, whatever went wrong, and quickly where nothing is asked."""

import os
import socket
import subprocess
import sys

import pytest

from twoway.cli import terminal, twoway
from twoway.cli._desk import DeskTrouble, ensure_free
from twoway.cli.terminal import failing_plainly

COMMAND = [sys.executable, "-c", "from twoway.cli import main; main()"]


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (KeyboardInterrupt(), 130, "Stopped"),
        (RuntimeError(terminal.QUERY_INTERRUPTED), 130, "Stopped"),
        (MemoryError(), 2, "smaller --memory"),
        (PermissionError(13, "Permission denied", "posts.csv"), 2, "posts.csv: Permission denied."),
        (ZeroDivisionError("by zero"), 1, "a fault in Twoway"),
    ],
)
def test_whatever_goes_wrong_is_said_in_a_sentence(capsys, monkeypatch, error, code, says):
    monkeypatch.delenv("TWOWAY_TRACE", raising=False)
    with pytest.raises(SystemExit) as stop, failing_plainly():
        raise error
    assert stop.value.code == code
    assert says in capsys.readouterr().err


def test_a_trace_is_shown_to_who_asks_for_it(monkeypatch):
    monkeypatch.setenv("TWOWAY_TRACE", "1")
    with pytest.raises(ZeroDivisionError), failing_plainly():
        raise ZeroDivisionError


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["audit", "--help"], ["-h"]])
def test_help_and_version_end_well(run, words):
    ran = run(*words)
    assert ran.code == 0
    assert "twoway" in ran.out


def test_every_command_is_listed_and_can_be_loaded(run):
    out = run("--help").out
    for name in ("audit", "explain", "import", "practice"):
        assert f"  {name} " in out
        assert run(name, "--help").out.startswith("Usage: twoway")


def test_every_command_shows_how_it_is_called(run):
    for name in twoway.list_commands(None):
        assert f" twoway {name}" in run(name, "--help").out.partition("Example")[2], name


def test_no_line_of_help_is_cut_short(run):
    assert "..." not in run("--help").out.partition("Commands:")[2]


def test_an_unknown_command_is_bad_input(run):
    ran = run("adit")
    assert ran.code == 2
    assert "No such command 'adit'" in ran.err


def test_a_taken_port_is_named_with_the_cure():
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(DeskTrouble, match=r"port \d+ is taken, .* --port"),
    ):
        ensure_free("127.0.0.1", taken.getsockname()[1])


def test_an_unknown_network_is_bad_input(run):
    ran = run("connect", "myspace")
    assert ran.code == 2
    assert "There is no network called myspace. There are: bluesky" in ran.err


def test_version_loads_neither_engine_nor_arrow():
    script = (
        "import sys; sys.argv = ['twoway', '--version']\n"
        "import twoway.cli\n"
        "try: twoway.cli.main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'duckdb', 'pyarrow', 'numpy', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)  # noqa: PLW1510  its output is judged
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_goes_away_ends_it_silently():
    end, begin = os.pipe()
    os.close(end)
    done = subprocess.run([*COMMAND, "explain"], stdout=begin, stderr=subprocess.PIPE)  # noqa: PLW1510  its end is judged
    os.close(begin)
    assert (done.returncode, done.stderr) == (terminal.BROKEN_PIPE, b"")


@pytest.mark.slow
def test_what_is_refused_is_said_in_one_line_and_what_is_done_in_none(tmp_path):
    """Also at the very end of the process, where libraries may speak up that nobody asked."""
    (tmp_path / "page.csv").write_text("<!DOCTYPE html><title>Sign in</title>")
    (tmp_path / "posts.csv").write_text("id,author,created_at,text\n1,ada,2024-03-01,Hello\n")
    said = [
        subprocess.run([*COMMAND, *words], cwd=tmp_path, capture_output=True, text=True).stderr  # noqa: PLW1510  its words are judged
        for words in (
            ("audit", "page.csv"),
            ("import", "posts.csv", "--into", "ada"),
            ("audit", "ada"),
        )
    ]
    assert said[0].startswith("twoway: page.csv is a web page.")
    assert [len(words.splitlines()) for words in said] == [1, 0, 0], said


def test_ctrl_c_stops_with_a_sentence(run, monkeypatch, tmp_path):
    def press(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("twoway.practice.many.write_many", press)
    ran = run("practice", "--into", tmp_path / "world")
    assert (ran.code, ran.err) == (terminal.INTERRUPTED, f"twoway: {terminal.STOPPED}\n")

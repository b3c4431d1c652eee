"""Anybody's labelled file, through the command."""

import json

import pytest
from click.testing import CliRunner

from twoway.cli.language import command

ROWS = [
    ("Are you open on Sunday?", "asks"),
    ("Terrible service, still waiting", "angry"),
    ("Nice day", "other"),
]


def _run(*arguments):
    return CliRunner().invoke(command, ["evaluate", *map(str, arguments)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text(
        "body,mood\n" + "\n".join(f'"{text}",{mood}' for text, mood in ROWS) + "\n,asks\n", "utf-8"
    )
    return path


def test_json_has_every_kind(file):
    found = _run(
        file,
        "--text",
        "body",
        "--label",
        "mood",
        "--map",
        "asks=question,angry=complaint",
        "--json",
    )
    assert found.exit_code == 0, found.output
    told = json.loads(found.output)
    assert told["kinds"]["question"]["auc"] == 1
    assert told["kinds"]["complaint"]["n"] == 1
    assert told["n"] == 3
    assert "1 rows without text" in told["notes"][0]
    assert "rules 1" in told["beside"]


def test_json_lines_and_languages(tmp_path):
    path = tmp_path / "posts.jsonl"
    rows = [
        {"t": "Danke!", "k": ["closer"], "l": "de"},
        {"t": "Why so late?", "k": ["question", "complaint"], "l": "en"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    found = json.loads(
        _run(path, "--text", "t", "--label", "k", "--language", "l", "--json").output
    )
    assert set(found["languages"]) == {"de", "en"}
    assert set(found["kinds"]) == {"closer", "question", "complaint"}


def test_the_language_of_nearly_all_helps_the_rest(tmp_path):
    path = tmp_path / "posts.csv"
    lines = [f"Are you open on day {n} of the week?,asks" for n in range(30)]
    path.write_text("body,mood\n" + "\n".join([*lines, "ok,other"]), "utf-8")
    found = _run(path, "--text", "body", "--label", "mood", "--map", "asks=question", "--json")
    told = json.loads(found.output)
    assert "Most posts are in 'en'" in told["notes"][0]
    assert set(told["languages"]) == {"en"}


def test_table(file):
    found = _run(file, "--text", "body", "--label", "mood", "--map", "asks=question")
    assert found.exit_code == 0
    assert "question" in found.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--text", "nope", "--label", "mood"), "no column 'nope'"),
        (("--text", "body", "--label", "mood"), "--map"),
        (("--text", "body", "--label", "mood", "--map", "asks=questions"), "No such kind"),
        (("--text", "body", "--label", "mood", "--map", "asks"), "label=kind"),
    ],
)
def test_mistakes_are_explained(file, arguments, says):
    found = _run(file, *arguments)
    assert found.exit_code == 2
    assert says in found.output


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.jsonl", b"{oops"),
        ("a.json", b"[1, 2]"),
        ("a.parquet", b"PAR1"),
        ("a.tsv", b"\xff\xfe\x00"),
    ],
)
def test_torn_files_are_refused_in_words(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    found = _run(path, "--text", "body", "--label", "mood")
    assert found.exit_code == 2
    assert "Traceback" not in found.output

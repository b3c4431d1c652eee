"""`twoway audit`, every option once, as its user would call it and as a slip of the pen would."""

import json
import os
from importlib.resources import files
from threading import Thread

import jsonschema
import pytest


@pytest.fixture
def posts(tmp_path):
    file = tmp_path / "posts.csv"
    file.write_text("id,author,created_at,text\n1,ada,2024-01-01 10:00,Hello everybody\n")
    return file


@pytest.fixture(scope="session")
def earlier(world, tmp_path_factory):
    """A report as JSON, made once."""
    from click.testing import CliRunner  # noqa: PLC0415  capfd is a single test's

    from twoway.cli.audit import command  # noqa: PLC0415

    file = tmp_path_factory.mktemp("reports") / "earlier.json"
    words = [str(world), "--account", "larkway", "--format", "json", "--output", str(file)]
    assert CliRunner().invoke(command, words).exit_code in {0, 3}
    return file


def test_the_verdict_of_every_organisation_comes_first(run, world):
    ran = run("audit", world)
    assert ran.code == 0
    assert ran.out.strip().splitlines()[0].endswith(".")
    assert all(name in ran.out for name in ("@larkway", "@corvane", "@bluequayhelp"))


def test_json_on_standard_output_is_valid_against_the_published_schema(run, world):
    ran = run("audit", world, "--account", "@larkway", "--format", "json")
    schema = files("twoway.audit.report").joinpath("report.schema.json").read_text("utf-8")
    report = json.loads(ran.out)
    jsonschema.Draft202012Validator(json.loads(schema)).validate(report)
    assert [account["handle"] for account in report["accounts"]] == ["larkway"]
    assert len(report["accounts"][0]["measures"]) == 26


@pytest.mark.parametrize(
    ("form", "begins"), [("html", "<!doctype html>"), ("markdown", "# "), ("terminal", "\n")]
)
def test_a_report_is_written_whole_and_its_place_told(run, world, tmp_path, form, begins):
    output = tmp_path / "report"
    ran = run("audit", world, "--account", "larkway", "--format", form, "--output", output)
    assert ran.out == ""
    assert ran.err == f"Written to {output}\n"
    assert output.read_text("utf-8").lower().startswith(begins)
    assert [file.name for file in tmp_path.iterdir()] == ["report"]


def test_redaction_leaves_no_outsider_in_a_report(run, world):
    words = ("audit", world, "--account", "larkway", "--format", "json")
    authors = [
        {post["author"] for post in _evidence(json.loads(run(*words, *more).out))}
        for more in ((), ("--redact",))
    ]
    ours = {"larkway", "maeve_larkway", "larkwaycare"}
    assert authors[0] - ours
    assert not {author.lstrip("@") for author in authors[1] - ours} & authors[0]


def _evidence(value):
    """Yield every evidence post of a report, however deep."""
    if isinstance(value, dict):
        yield from value.get("evidence", [])
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _evidence(one)


def test_peers_are_shown_beside_and_do_not_decide_the_exit_code(run, world):
    ran = run(
        "audit", world, "--account", "larkway", "--peers", "corvane,fennellanebus",
        "--format", "json",
    )  # fmt: skip
    roles = {account["handle"]: account["is_peer"] for account in json.loads(ran.out)["accounts"]}
    assert roles == {"larkway": False, "corvane": True, "fennellanebus": True}


def test_ours_makes_accounts_one_organisation(run, world):
    ran = run("audit", world, "--ours", "corvane=larkway", "--format", "json")
    (first, *others) = (
        account
        for account in json.loads(ran.out)["accounts"]
        if {profile["handle"] for profile in account["profiles"]} >= {"larkway", "corvane"}
    )
    assert others == []
    assert first["own_posts"] > 0
    assert first["profiles"][0]["handle"] == "corvane", "it goes by the first handle"


def test_window_zone_brand_covers_change_and_memory_are_taken(run, world):
    ran = run(
        "audit", world, "--account", "larkway", "--window", "all", "--timezone", "Europe/Dublin",
        "--brand", "Larkway", "--covers", "originals,replies,comments", "--change", "2026-02-01",
        "--memory", "500MB", "--engine", "duckdb", "--format", "json",
    )  # fmt: skip
    report = json.loads(ran.out)
    assert (report["window"], report["zone"]) == ("all", "Europe/Dublin")
    covered = {
        line["stream"] for line in report["accounts"][0]["coverage"] if line["state"] == "complete"
    }
    assert covered == {"originals", "replies", "comments"}
    assert "Since 1 February 2026" in ran.out


@pytest.mark.parametrize("form", ["terminal", "html", "markdown", "json"])
def test_only_some_measures_are_quicker_and_judge_nobody(run, world, form):
    ran = run("audit", world, "--account", "larkway", "--only", "1,talk_listen", "--format", form)
    assert ran.code == 0
    assert "only 2 of 26 measures were made" in ran.out.replace("\xa0", " ")
    assert "Only a link" not in ran.out


def test_a_measure_that_does_not_exist_is_named(run, world):
    ran = run("audit", world, "--only", "reply_share,charm")
    assert ran.code == 2
    assert "--only 'charm': there is no such measure. The measures are reply_share, " in ran.err


def test_an_earlier_report_is_compared_with(run, world, earlier):
    ran = run("audit", world, "--account", "larkway", "--compare", earlier)
    assert "as before" in ran.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--window", "nonsense"], "--window 'nonsense': write a number of days"),
        (["--window", "1999-01-01..1999-02-01"], "the collection holds 2025-12-01 to"),
        (["--window", "2020-02-01..2020-01-01"], "write a number of days"),
        (["--timezone", "Mars"], "--timezone 'Mars': there is no such zone"),
        (["--timezone", "../../etc/passwd"], "there is no such zone"),
        (["--account", "larkwy"], "Did you mean larkway"),
        (["--account", "zzzzqq"], "It covers bluequayhelp"),
        (["--account", ""], "--account is given and names nothing"),
        (["--peers", "corvan"], "Did you mean corvane"),
        (["--peers", ","], "--peers is given and names nothing"),
        (["--ours", "larkway=nobody"], "no account 'nobody'"),
        (["--ours", "="], "--ours is given and names nothing"),
        (["--brand", " "], "--brand is given and names nothing"),
        (["--covers", "nonsense"], "--covers 'nonsense': the streams are originals"),
        (["--change", "soon"], "--change 'soon': write a day as 2026-03-01"),
        (["--change", "1999-01-01"], "--change 1999-01-01: the collection holds"),
        (["--compare", "nowhere.json"], "'nowhere.json' does not exist"),
        (["--memory", "banana"], "--memory 'banana' is not understood"),
        (["--memory", "-5GB"], "is not understood"),
        (["--engine", "nope"], "--engine 'nope': write duckdb, spark or spark=MASTER"),
        (["--engine", "duckdb=x"], "write duckdb, spark or spark=MASTER"),
        (["--format", "pdf"], "'pdf' is not one of"),
        (["--output", "nowhere/report.html"], "the folder nowhere does not exist"),
        (["--nonsense"], "No such option"),
    ],
)
def test_a_slip_of_the_pen_is_named_and_ends_with_2(run, world, words, says):
    ran = run("audit", world, *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_comparing_with_what_is_no_report_says_how_to_make_one(run, world, posts):
    ran = run("audit", world, "--compare", posts)
    assert ran.code == 2
    assert "posts.csv is not JSON" in ran.err
    assert "--format json" in ran.err


def test_an_output_that_cannot_be_written_is_named_as_the_user_named_it(run, world, tmp_path):
    (tmp_path / ".report.html.draft").mkdir()
    ran = run("audit", world, "--format", "html", "--output", tmp_path / "report.html")
    assert ran.code == 2
    assert f"--output {tmp_path / 'report.html'} cannot be written: Is a directory." in ran.err


def test_a_pipe_stays_a_pipe(run, world, tmp_path):
    pipe, told = tmp_path / "report.pipe", []
    os.mkfifo(pipe)
    reader = Thread(target=lambda: told.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    ran = run("audit", world, "--account", "larkway", "--format", "markdown", "--output", pipe)
    assert (ran.code, pipe.is_fifo()) == (0, True)
    reader.join()
    assert told[0].startswith("#")


def test_a_file_is_imported_and_audited_in_one_go(run, posts):
    ran = run("audit", posts, "--timezone", "Europe/Dublin")
    assert ran.code == 3
    assert "Too little to judge @ada" in ran.out
    assert "taken as Europe/Dublin" in ran.err
    assert [file.name for file in posts.parent.iterdir()] == ["posts.csv"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("header.csv", b"id,author,created_at,text\n", "header and no rows"),
        ("nameless.csv", b"hello,world,2024\nfoo,bar,2025\n", "no column tells"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "picture.csv"),
        ("broken.zip", b"PK\x03\x04 and nothing more", "broken.zip"),
        ("notes.docx", b"hello", "notes.docx"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(run, tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    ran = run("audit", tmp_path / name)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert ran.err.isprintable() or ran.err.count("\n") < 3


def test_a_table_without_known_columns_leads_to_the_command_that_takes_them(run, tmp_path):
    (tmp_path / "nameless.csv").write_text("hello,world,2024\nfoo,bar,2025\n")
    assert "twoway import" in run("audit", tmp_path / "nameless.csv").err


@pytest.mark.parametrize("source", ["", "nowhere", "nowhere.csv"])
def test_what_is_not_there_is_not_searched_elsewhere(run, source):
    ran = run("audit", source)
    assert ran.code == 2
    assert "no file" in ran.err or "no such file" in ran.err


def test_an_empty_folder_and_a_damaged_collection_end_with_2(run, tmp_path):
    assert run("audit", tmp_path).code == 2
    (tmp_path / "manifest.json").write_text("{")
    ran = run("audit", tmp_path)
    assert ran.code == 2
    assert "manifest.json cannot be read" in ran.err

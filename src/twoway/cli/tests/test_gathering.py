"""`twoway import`, `twoway practice` and `twoway explain`, as their users would call them."""

import json

import pytest

ROWS = "number,who,when,what\n1,ada,2024-01-01 10:00,Hello everybody\n2,ada,yesterday-ish,Well\n"
COLUMNS = "id=number,handle=who,created_at=when,text=what"


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "posts.csv"
    file.write_text(ROWS)
    return file


def test_every_option_of_import_is_taken_and_the_next_step_told(run, table, tmp_path):
    into = tmp_path / "museum"
    ran = run(
        "import", table, "--into", into, "--columns", COLUMNS, "--network", "forum",
        "--account", "ada", "--covers", "originals,replies", "--timezone", "Europe/Dublin",
        "--no-readings",
    )  # fmt: skip
    assert ran.code == 0
    assert "1 post read: 1 new" in ran.out
    assert "1 row could not be read" in ran.out
    assert ran.out.endswith(f"Next: twoway audit {into}\n")
    assert json.loads((into / "manifest.json").read_text())["format"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--columns", "banana"], "write pairs of our name and the file's"),
        (["--columns", "text=nope"], "has no column nope"),
        (["--columns", "nope=what"], "nope is not one of our names"),
        (["--timezone", "Mars"], "--timezone Mars is no zone"),
        (["--covers", "banana"], "--covers banana is no stream"),
    ],
)
def test_a_slip_of_the_pen_leaves_no_collection_behind(run, table, tmp_path, words, says):
    ran = run("import", table, "--into", tmp_path / "museum", *words)
    assert ran.code == 2
    assert says in ran.err
    assert not (tmp_path / "museum" / "manifest.json").exists()


def test_import_needs_a_source_and_a_place(run, table, tmp_path):
    assert "--into" in run("import", table).err
    assert run("import", "--into", tmp_path / "museum").code == 2
    assert run("import", tmp_path / "nowhere.csv", "--into", tmp_path / "museum").code == 2
    assert "names no file" in run("import", table, "--into", "").err
    ran = run("import", table, "--into", table)
    assert ran.code == 2
    assert table.read_text() == ROWS, "a source is never overwritten"


def test_practice_replaces_only_its_own_worlds(run, table, tmp_path):
    world = tmp_path / "world"
    words = ("practice", "--into", world, "--posts", "100", "--days", "30", "--seed", "3")
    first = run(*words)
    assert first.code == 0
    assert first.out.endswith(f"Next: twoway audit {world}\n")
    assert "add --anew" in run(*words).err
    assert run(*words, "--anew").out == first.out
    run("import", table, "--into", tmp_path / "museum", "--columns", COLUMNS)
    refused = run("practice", "--into", tmp_path / "museum", "--anew")
    assert refused.code == 2
    assert "more than a practice world" in refused.err
    assert "--anew" not in run("practice", "--into", tmp_path, "--anew").err


def test_explain_lists_all_and_tells_one_by_id_or_number(run):
    listed = run("explain").out
    numbers = {line.split()[0] for line in listed.splitlines() if line.startswith("  ")}
    assert numbers >= {str(number) for number in range(1, 27)}
    assert run("explain", "response_rate").out == run("explain", "Response-Rate").out
    assert "select" in run("explain", "3", "--sql").out
    ran = run("explain", "respons_rate")
    assert ran.code == 2
    assert "Did you mean response_rate" in ran.err

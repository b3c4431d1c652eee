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


@pytest.fixture
def worth_keeping(monkeypatch):
    monkeypatch.setattr("twoway.audit.kept.WORTH_KEEPING", 4)


def written(file, rows, first=0):
    lines = (
        f"{n},ada,2024-01-{n % 28 + 1:02} 10:00,Good morning {n}\n"
        for n in range(first, first + rows)
    )
    file.write_text("number,who,when,what\n" + "".join(lines))
    return file


def prepared(folder):
    tables = json.loads((folder / "manifest.json").read_text())["tables"]
    return {"said", "likeness"} <= tables.keys()


@pytest.mark.usefixtures("worth_keeping")
def test_the_first_audit_of_much_is_prepared_while_it_comes_in(run, tmp_path):
    into, words = tmp_path / "museum", ["--columns", COLUMNS]
    much, little = written(tmp_path / "much.csv", 60), written(tmp_path / "little.csv", 5, 60)
    assert run("import", much, "--into", into, *words).code == 0
    assert prepared(into)
    assert run("import", little, "--into", into, *words).code == 0
    assert not prepared(into), "not for every five posts"


@pytest.mark.usefixtures("worth_keeping")
def test_what_is_not_read_yet_is_not_prepared_either(run, tmp_path):
    much, into = written(tmp_path / "much.csv", 60), tmp_path / "museum"
    assert run("import", much, "--into", into, "--columns", COLUMNS, "--no-readings").code == 0
    assert not prepared(into)


@pytest.mark.usefixtures("worth_keeping")
def test_an_import_that_covers_nobody_comes_in_all_the_same(run, tmp_path):
    comments = tmp_path / "comments.csv"
    comments.write_text("author,date,text,parent\n" + "kate,2024-01-01,Where is it?,a\n" * 9)
    ran = run("import", comments, "--into", tmp_path / "museum")
    assert ran.code == 0
    assert "Next: twoway audit" in ran.out


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

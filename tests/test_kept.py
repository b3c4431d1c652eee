"""An audit that is asked again finds what the one before kept, and says the same as if it had not."""

import os
from dataclasses import fields, is_dataclass, replace
from functools import partial
from pathlib import Path

import duckdb
import pytest

from twoway.audit import catalogue, kept, observable, run
from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.first_audit import make_ready
from twoway.audit.kept_answers import ANSWERS
from twoway.audit.request import Request
from twoway.audit.steps import prepare as steps
from twoway.collection import explaining
from twoway.collection.folder import Collection
from twoway.collection.purging import purge
from twoway.collection.rereading import reread
from twoway.practice.many import write_many

POSTS = 3_000
KEPT = {"addressed", "waits", "said", "likeness"}
"""Some of the tables that are kept."""


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "WORTH_KEEPING", POSTS // 2)
    write_many(tmp_path / "world", POSTS, world=POSTS)
    return tmp_path / "world"


def audit(world, *, keeps=True, **asked):
    engine = DuckDB(memory="500MB", threads=2)
    try:
        report = run.audit(Collection.open(world), Request(**asked), engine, keeps=keeps)
        return rounded(replace(report, made_at=0))
    finally:
        engine.close()


def rounded(one):
    """Round all fractions: the last digit of a mean depends on which thread was ready first."""
    if isinstance(one, float):
        return round(one, 9)
    if isinstance(one, tuple):
        return tuple(map(rounded, one))
    if is_dataclass(one):
        return replace(
            one, **{field.name: rounded(getattr(one, field.name)) for field in fields(one)}
        )
    return one


def files(world):
    tables = Collection.open(world).manifest.tables
    return {name: [part.file for part in tables.get(name, ())] for name in KEPT}


@pytest.fixture
def steps_forbidden(monkeypatch):
    """From now on an audit that makes a step anew fails; those that follow from scope it may make."""

    def forbid():
        def query(name):
            assert name == "windows", f"{name} was made anew"
            return prepared(name)

        prepared = steps.query
        monkeypatch.setattr(steps, "query", query)

    return forbid


def test_the_second_audit_makes_no_step_and_says_the_same(world, steps_forbidden):
    first = audit(world)
    assert all(files(world).values())
    steps_forbidden()
    assert audit(world) == first
    share = audit(world, only=("response_rate",)).accounts[0].measures
    assert share == tuple(one for one in first.accounts[0].measures if one.id == "response_rate")


def prepare(world):
    make_ready(Collection.open(world), partial(DuckDB, memory="500MB", threads=2))


@pytest.fixture
def counting_forbidden(monkeypatch):
    """From now on an audit that makes the rows of a measure fails."""

    def forbid():
        def make(engine, name, query):
            assert not name.startswith("rows_"), f"{name} was made anew"
            making(engine, name, query)

        making = DuckDB.make
        monkeypatch.setattr(DuckDB, "make", make)

    return forbid


def test_what_an_import_prepares_is_not_counted_again(world, steps_forbidden, counting_forbidden):
    plain = audit(world, keeps=False)
    prepare(world)
    steps_forbidden()
    counting_forbidden()
    assert audit(world) == plain
    some = ("response_rate", "repeated_content")
    found = audit(world, only=some).accounts[0].measures
    assert found == tuple(one for one in plain.accounts[0].measures if one.id in some)


@pytest.mark.slow
def test_the_words_that_mattered_are_found_without_the_model(world, monkeypatch):
    reread(world)
    plain = audit(world, keeps=False)
    prepare(world)
    monkeypatch.setattr(explaining, "_load", lambda: pytest.fail("the model was loaded"))
    assert audit(world) == plain
    assert any(taken.why for look in said(plain) for taken in look.taken_for)


def said(report):
    return [post for figure in report.accounts[0].measures for post in figure.evidence]


def changed(measure):
    sheets = (replace(sheet, query=f"{sheet.query}\n-- anew") for sheet in measure.sheets)
    return replace(measure, sheets=tuple(sheets))


def test_a_measure_whose_statement_has_changed_is_counted(world, monkeypatch, counting_forbidden):
    plain = audit(world, keeps=False)
    prepare(world)
    every = catalogue.read()
    anew = tuple(changed(one) if one.id == "response_rate" else one for one in every)
    monkeypatch.setattr(catalogue, "chosen", lambda _: anew)
    assert audit(world) == plain
    counting_forbidden()
    with pytest.raises(AssertionError, match="rows_response_rate was made anew"):
        audit(world)


@pytest.mark.slow
def test_any_other_statement_that_has_changed_is_asked(world, monkeypatch):
    prepare(world)
    monkeypatch.setattr(observable, "_OTHERS", "select 'nobody', '90d' where false")
    assert audit(world) == audit(world, keeps=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        {"brands": ("tram",)},
        {"covers": ("originals", "replies")},
        {"window": "30d"},
        {"zone": "Asia/Kolkata"},
    ],
)
def test_answers_to_another_question_are_left_alone(world, asked):
    plain = audit(world, keeps=False, **asked)
    prepare(world)
    assert audit(world, **asked) == plain


def spoil(file, told="'[1'"):
    """Put something in the place of every answer that is none."""
    with duckdb.connect() as database:
        database.execute(f"create table spoilt as select statement, {told} as told from '{file}'")
        database.execute(f"copy spoilt to '{file}' (format parquet)")


@pytest.mark.slow
@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.write_bytes(b"PAR1"),
        Path.unlink,
        spoil,
        lambda file: spoil(file, "null"),
        lambda file: spoil(file, "7"),
    ],
)
def test_answers_that_are_damaged_are_asked_for_as_ever(world, harm):
    plain = audit(world, keeps=False)
    prepare(world)
    for file in (world / ANSWERS.name).glob("*"):
        harm(file)
    assert audit(world) == plain


@pytest.mark.slow
def test_to_prepare_again_makes_only_what_is_lacking(world):
    prepare(world)
    first = Collection.open(world).manifest
    prepare(world)
    assert Collection.open(world).manifest == first


@pytest.mark.slow
def test_another_window_is_another_question(world):
    audit(world)
    before = files(world)
    week = audit(world, window="7d")
    assert all(len(files(world)[name]) == 2 for name in KEPT)
    assert all(set(before[name]) < set(files(world)[name]) for name in KEPT)
    assert audit(world, window="7d") == week


@pytest.mark.slow
def test_some_measures_first_and_all_later(world):
    audit(world, only=("reply_share",))
    some = Collection.open(world).manifest.tables
    every = audit(world)
    assert all(files(world).values())
    assert some["said"] == Collection.open(world).manifest.tables["said"], "what was kept stays"
    assert audit(world) == every


def test_few_posts_are_not_worth_keeping(world, monkeypatch):
    monkeypatch.setattr(kept, "WORTH_KEEPING", 2 * POSTS)
    audit(world)
    assert not any(files(world).values())


def test_a_folder_that_goes_afterwards_keeps_nothing(world):
    audit(world, keeps=False)
    assert not any(files(world).values())


@pytest.mark.slow
def test_a_purge_takes_all_that_was_kept(world):
    prepare(world)
    one = audit(world).accounts[0].profiles[0].handle
    purge(world, accounts=[one])
    assert not any(files(world).values())
    assert not any(path for name in (*KEPT, ANSWERS.name) for path in (world / name).glob("*"))


@pytest.mark.slow
def test_what_was_kept_of_other_readings_is_given_up(world, monkeypatch):
    audit(world)
    monkeypatch.setattr("twoway.language.MODEL", "another model")
    reread(world)
    assert not any(files(world).values())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "harm"), [("said", lambda file: file.write_bytes(b"PAR1")), ("likeness", Path.unlink)]
)
def test_what_was_kept_and_is_damaged_is_made_again(world, steps_forbidden, table, harm):
    first = audit(world)
    (file,) = files(world)[table]
    harm(world / file)
    assert audit(world) == first
    steps_forbidden()
    assert audit(world) == first


@pytest.mark.slow
def test_the_pairs_that_are_lacking_are_kept_later(world):
    audit(world, only=("reply_share",))
    assert not files(world)["likeness"]
    audit(world, only=("reply_share", "repeated_content"))
    assert files(world)["likeness"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_audited_all_the_same(world):
    world.chmod(0o500)
    report = audit(world)
    world.chmod(0o700)
    assert report.accounts
    assert not any(files(world).values())

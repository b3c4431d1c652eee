"""A request becomes windows: who is audited, from when to when, by what is covered."""

from datetime import date

import pytest

from twoway.audit import scope
from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.errors import AuditError, NothingToAudit, UnknownAccount
from twoway.audit.request import Request
from twoway.core.tables import ACCOUNTS, BRANDS, COVERAGE, ORGANISATIONS, POSTS

DAY = 86_400_000_000
BEGINS = 1_767_225_600_000_000
"""1 January 2026, 00:00 UTC."""
ENDS = BEGINS + 100 * DAY
EMPTY = {"bigint": 0, "integer": 0, "double": 0.0, "boolean": False, "text": ""}


def fill(engine, table, *rows):
    engine.fill(
        table,
        [
            tuple(row.get(c.name, None if c.optional else EMPTY[c.type]) for c in table.columns)
            for row in rows
        ],
    )


def covered(account, stream, complete=True, begins=BEGINS, ends=ENDS):
    return {"account": account, "stream": stream, "begins": begins, "ends": ends,
            "is_complete": complete, "how": "told"}  # fmt: skip


@pytest.fixture
def engine():
    made = DuckDB()
    accounts = [
        {"account": 1, "network": "fedi", "handle": "Museum"},
        {"account": 2, "network": "fedi", "handle": "museum_cafe"},
        {"account": 3, "network": "fedi", "handle": "zoo"},
        {"account": 4, "network": "sky", "handle": "zoo"},
        {"account": 5, "network": "fedi", "handle": "shy", "no_index": True},
        {"account": 6, "network": "fedi", "handle": "ana"},
    ]
    fill(made, ACCOUNTS, *accounts)
    streams = [covered(n, s) for n in (1, 2, 3, 5) for s in ("originals", "replies")]
    fill(made, COVERAGE, *streams, covered(1, "comments", complete=False, begins=BEGINS + 5 * DAY))
    fill(made, ORGANISATIONS)
    fill(made, BRANDS)
    fill(made, POSTS, {"post": 1, "author": 1, "said_at": BEGINS})
    yield made
    made.close()


def windows(engine, **asked):
    scope.prepare(engine, Request(**asked))
    return engine.rows("select organisation, begins, ends, is_peer from windows order by 1")


def test_everybody_whose_originals_are_covered_is_audited_unless_they_ask_not_to_be(engine):
    assert [row[0] for row in windows(engine)] == ["Museum", "museum_cafe", "zoo"]


def test_the_window_ends_with_the_coverage_and_not_today(engine):
    (_, begins, ends, _), *_ = windows(engine, accounts=("@museum",))
    assert (begins, ends) == (ENDS - 90 * DAY, ENDS)
    assert engine.rows("select inbound_begins from windows") == [(BEGINS + 5 * DAY,)]


def test_all_and_two_days_are_windows_too(engine):
    assert windows(engine, accounts=("museum",), window="all")[0][1:3] == (BEGINS, ENDS)
    span = windows(
        engine, accounts=("museum",), window="2026-02-01..2026-02-02", zone="Europe/Dublin"
    )
    assert span[0][1:3] == (BEGINS + 31 * DAY, BEGINS + 33 * DAY - 1)


def test_the_day_of_a_change_begins_at_local_midnight(engine):
    windows(engine, accounts=("museum",), change=date(2026, 2, 1), zone="Asia/Kolkata")
    expected = BEGINS + 31 * DAY - int(5.5 * 3_600_000_000)
    assert engine.rows("select change_at from windows") == [(expected,)]


@pytest.mark.parametrize("change", [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 1)])
def test_a_change_needs_something_before_it_and_something_since(engine, change):
    with pytest.raises(AuditError, match=f"--change {change}: the collection holds 2026-01-01 to"):
        windows(engine, accounts=("museum",), change=change)


def test_accounts_joined_by_ours_are_one_organisation(engine):
    joined = windows(engine, ours=(("museum", "museum_cafe"),))
    assert [row[0] for row in joined] == ["Museum"]
    assert engine.rows("select account from ours order by 1") == [(1,), (2,)]
    states = dict(engine.rows("select stream, is_complete from covered"))
    # Only one of the two accounts has its comments covered, and that one by a sample.
    assert states == {"originals": True, "replies": True, "comments": False}


def test_peers_are_flagged(engine):
    rows = windows(engine, accounts=("museum",), peers=("museum_cafe",))
    assert [(name, peer) for name, _, _, peer in rows] == [("Museum", False), ("museum_cafe", True)]


def test_covers_overrules_what_was_inferred(engine):
    windows(engine, accounts=("museum",), covers=("originals", "comments"))
    assert engine.rows("select stream, is_complete from covered order by 1") == [
        ("comments", True),
        ("originals", True),
    ]


def test_brand_words_join_those_the_collection_knows(engine):
    fill(engine, BRANDS, {"organisation": "Museum", "kind": "word", "value": "whale"})
    windows(engine, accounts=("museum",), brands=("Dodo",))
    assert engine.rows("select value from brands order by 1") == [("dodo",), ("whale",)]


@pytest.mark.parametrize(
    ("asked", "kind", "says"),
    [
        ({"accounts": ("musem",)}, UnknownAccount, "Did you mean museum"),
        ({"accounts": ("zoo",)}, UnknownAccount, "fedi:zoo, sky:zoo"),
        ({"accounts": ("shy",)}, AuditError, "asks not to be indexed"),
        ({"zone": "Mars/Olympus"}, AuditError, "Europe/Dublin"),
        ({"zone": "../etc/passwd"}, AuditError, "no such zone"),
        ({"window": "soon"}, AuditError, "90d"),
        ({"window": "2026-02-30..2026-03-01"}, AuditError, "two days"),
        ({"window": "2026-03-02..2026-03-01"}, AuditError, "two days"),
        ({"window": "2020-01-01..2020-02-01"}, NothingToAudit, "2026-01-01 to 2026-04-11"),
        ({"covers": ("everything",)}, AuditError, "the streams are"),
    ],
)
def test_what_is_wrong_is_named_with_the_cure(engine, asked, kind, says):
    with pytest.raises(kind, match=says):
        windows(engine, **asked)


def test_a_handle_on_two_networks_can_be_told_apart(engine):
    assert windows(engine, accounts=("fedi:zoo",))[0][0] == "zoo"


def test_a_collection_that_covers_nobody_says_so(engine):
    fill(engine, COVERAGE)
    with pytest.raises(NothingToAudit, match="--covers"):
        windows(engine)

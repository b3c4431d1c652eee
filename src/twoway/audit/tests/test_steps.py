"""The order of the shared steps: what is made side by side needs nothing of each other."""

import re

import duckdb
import pytest

from twoway.audit.steps.prepare import CONTRACT, ORDER, query, reads
from twoway.core.readings import OUR_KINDS, THEIR_KINDS

SCOPE = {"ours", "covered", "calendar"}
NAMES = [name for names in ORDER for name in names]


def _reads(name):
    own_words = set(re.findall(r"(\w+) as \(", query(name)))
    return (reads(query(name)) - own_words - {name}) & set(NAMES)


def test_a_step_needs_only_what_lines_before_it_made():
    made = {"windows"}
    for names in ORDER:
        for name in names:
            assert _reads(name) <= made, name
        made |= set(names)


def test_every_table_of_the_contract_is_made():
    assert {*SCOPE, *NAMES} >= CONTRACT


def test_reads_no_comments():
    assert reads("-- from nowhere\nselect 1 from a\njoin b on x = (select 2 from c)") == {*"abc"}


@pytest.mark.parametrize("name", ["tree", "bits"])
def test_bits_follow_the_order_of_the_kinds(name):
    statement = query(name)
    rows = statement[statement.index("values") : statement.index(") as every")]
    known = {(s, kind): bit for s, kind, bit in duckdb.sql(f"select * from ({rows})").fetchall()}
    assert known == {
        (side, kind): 2**place
        for side, kinds in (("theirs", THEIR_KINDS), ("ours", OUR_KINDS))
        for place, kind in enumerate(kinds)
    }

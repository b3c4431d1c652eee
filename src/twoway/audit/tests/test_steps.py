"""The order of the shared steps: what is made side by side needs nothing of each other."""

import duckdb

from twoway.audit.steps.prepare import CONTRACT, ORDER, query, reads
from twoway.core.readings import OUR_KINDS, THEIR_KINDS

SCOPE = {"ours", "covered", "calendar"}
NAMES = [name for names in ORDER for name in names]


def _reads(name):
    return (reads(query(name)) - {name}) & set(NAMES)


def test_a_step_needs_only_what_lines_before_it_made():
    made = {"windows"}
    for names in ORDER:
        for name in names:
            assert _reads(name) <= made, name
        made |= set(names)


def test_every_table_of_the_contract_is_made():
    assert {*SCOPE, *NAMES} >= CONTRACT


def test_reads_none_of_its_own_named_queries():
    assert reads("with a as (\n  select 1 from b\n), c as (select 2) select * from a join c") == {
        "b"
    }


def test_reads_no_comments():
    assert reads("-- from nowhere\nselect 1 from a\njoin b on x = (select 2 from c)") == {*"abc"}


def test_bits_follow_the_order_of_the_kinds():
    known = {(side, kind): bit for side, kind, bit in duckdb.sql(query("bits")).fetchall()}
    assert known == {
        (side, kind): 2**place
        for side, kinds in (("theirs", THEIR_KINDS), ("ours", OUR_KINDS))
        for place, kind in enumerate(kinds)
    }

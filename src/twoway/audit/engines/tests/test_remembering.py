"""An engine that remembers: what was answered once is not asked again, what was not is asked over what it reads."""

import pytest

from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.engines.remembering import Remembering
from twoway.core.tables import Column, Table

WHO = Table("who", "somebody", ("person",), (Column("person", "bigint", "a number"),))
HAND = Table("hand", "one finger", ("finger",), (
    Column("finger", "bigint", "its number"), Column("length", "double", "as long as it is"),
))  # fmt: skip
LONG = "select finger, length from hand where length > 0.1"
LONGEST = "select max(length) from long"
OF_WHOM = (
    "select w.person, h.length from who w join hand h on h.finger = w.person order by w.person"
)


@pytest.fixture
def engine():
    engine = DuckDB(memory="200MB", threads=1)
    engine.fill(HAND, [(1, 0.1), (2, 0.2), (3, 0.1 + 0.2)])
    yield engine
    engine.close()


def known(engine):
    """What is known after all was asked once, as it is kept."""
    asking = Remembering(engine, {})
    asking.make("long", LONG)
    asking.rows(LONGEST)
    asking.fill(WHO, [(1,), (3,), (4,)])
    asking.rows(OF_WHOM)
    asking.drop("long")
    asking.drop(WHO.name)
    return asking.known


@pytest.fixture
def remembering(engine):
    """An engine that knows the answers, over a hand that has lost its fingers since."""
    kept = known(engine)
    engine.fill(HAND, [])
    return Remembering(engine, kept)


def test_what_is_known_is_told_to_the_last_digit_and_makes_no_table(remembering, engine):
    remembering.make("long", LONG)
    assert remembering.rows(LONGEST) == [(0.1 + 0.2,)]
    remembering.drop("long")
    assert engine.rows("select * from duckdb_tables() where table_name = 'long'") == []


def test_another_statement_makes_what_it_reads(remembering):
    remembering.make("long", LONG)
    remembering.make("longer", "select * from long")
    assert remembering.rows("select count(*) from longer") == [(0,)]
    remembering.drop("longer")
    remembering.drop("long")


def test_the_same_statement_over_another_table_is_asked(remembering):
    remembering.make("long", "select 7 as length")
    assert remembering.rows(LONGEST) == [(7,)]


def test_of_some_that_were_asked_about_only_these_are_told(remembering):
    remembering.fill(WHO, [(3,), (4,)])
    assert remembering.rows(OF_WHOM) == [(3, 0.1 + 0.2)]


def test_about_anybody_else_is_asked_anew(remembering):
    remembering.fill(WHO, [(2,), (3,)])
    assert remembering.rows(OF_WHOM) == []


def test_a_table_that_is_filled_again_holds_the_new_rows(engine):
    asking = Remembering(engine, {})
    for finger, length in ((1, 0.1), (2, 0.2)):
        asking.fill(WHO, [(finger,)])
        assert asking.rows(OF_WHOM) == [(finger, length)]


def test_what_was_filled_for_nobody_is_asked_about_nobody(remembering):
    remembering.fill(WHO, [])
    assert remembering.rows(OF_WHOM) == []


@pytest.mark.parametrize("told", ["", "[", "null", '{"rows": 1}', '{"rows": [[{}]]}'])
def test_what_is_no_answer_is_asked(engine, told):
    spoilt = Remembering(engine, dict.fromkeys(known(engine), told))
    spoilt.make("long", LONG)
    assert spoilt.rows(LONGEST) == [(0.1 + 0.2,)]


def test_what_json_does_not_hold_is_asked_again(engine):
    asking = Remembering(engine, {})
    assert str(asking.rows("select 'nan'::double, 0.1 + 0.2")) == "[(nan, Decimal('0.3'))]"
    assert not asking.known


def test_jobs_are_run_in_their_order(remembering):
    remembering.make("long", LONG)
    jobs = [lambda asked: asked.rows(LONGEST), lambda asked: asked.rows(LONG)]
    assert remembering.together(jobs) == [[(0.1 + 0.2,)], []]


def test_a_function_is_loaded_only_for_what_it_was_never_asked(engine):
    asking = Remembering(engine, {})
    asking.calling("letters", lambda: tuple)("ab")

    def not_again():
        raise AssertionError

    later = Remembering(engine, asking.known)
    assert later.calling("letters", not_again)("ab") == ("a", "b")
    assert later.calling("letters", lambda: sorted)("ba") == ("a", "b")
    with pytest.raises(AssertionError):
        later.calling("other letters", not_again)("ab")

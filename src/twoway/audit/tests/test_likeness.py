"""Near-duplicate pairs: the same as comparing each post with each other, and bounded in crowds."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.audit import likeness
from twoway.audit.engines.duckdb import DuckDB
from twoway.audit.steps.columns import OURS, OWN_POSTS, OWN_READINGS, PIECES, SAID, WINDOWS
from twoway.core.tables import WORDS

US = 1


@pytest.fixture(scope="module")
def engine():
    engine = DuckDB(memory="500MB", threads=2)
    yield engine
    engine.close()


def _row(table, **values):
    """Return a row of a table; what is not named is empty, or harmless where it must not be."""
    harmless = {"bigint": 0, "integer": 0, "double": 0.0, "boolean": False, "text": "shop"}
    return tuple(
        values.get(column.name, None if column.optional else harmless[column.type])
        for column in table.columns
    )


def _fill(engine, posts, form="full", first_pieces=None):
    """Make own posts of (author, words), post n said at n; originals, or replies where bare."""
    pieces = first_pieces or {}
    own = {n: author for n, (author, _) in enumerate(posts) if n not in pieces}
    class_ = "original" if form == "full" else "reply"
    engine.fill(OURS, [_row(OURS, account=author) for author in {author for author, _ in posts}])
    engine.fill(WINDOWS, [_row(WINDOWS)])
    engine.fill(OWN_POSTS, [
        _row(OWN_POSTS, **{"post": n, "author": author, "said_at": n, "class": class_}) for n, author in own.items()
    ])  # fmt: skip
    engine.fill(OWN_READINGS, [_row(OWN_READINGS, post=n, text_key=n) for n in own])
    engine.fill(SAID, [
        _row(SAID, post=n, pieces=1 + sum(first == n for first in pieces.values())) for n in own
    ])  # fmt: skip
    engine.fill(PIECES, [*pieces.items(), *((first, first) for first in set(pieces.values()))])
    engine.fill(WORDS, [
        _row(WORDS, post=n, form=form, word=word) for n, (_, words) in enumerate(posts) for word in words
    ])  # fmt: skip


def _pairs(engine):
    likeness.make(engine)
    return {(post, other): jaccard for post, other, jaccard in engine.rows(
        "select post, other, jaccard from likeness"
    )}  # fmt: skip


def _brute_force(posts, form):
    """Compare each original with each other of its author, each reply with all of the organisation."""
    alike = {}
    for (m, (author, one)), (n, (other, two)) in combinations(enumerate(posts), 2):
        if (
            (author == other or form == "bare")
            and one
            and two
            and 10 * len(one & two) >= 7 * len(one | two)
        ):
            alike[n, m] = len(one & two) / len(one | two)
    return alike


# Few words make many near-duplicates; both signs and far ends of 64 bits, as hashes have them.
VOCABULARY = [(-1) ** n * (7919 * n + (1 << (n * 3 % 63)) - 1) for n in range(14)]
POSTS = st.lists(
    st.tuples(st.sampled_from([US, 2]), st.frozensets(st.sampled_from(VOCABULARY), max_size=12)),
    min_size=2, max_size=60,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(POSTS, st.sampled_from(["full", "bare"]))
def test_same_as_comparing_each_with_each(engine, posts, form):
    _fill(engine, posts, form)
    found, alike = _pairs(engine), _brute_force(posts, form)
    for pair, jaccard in found.items():
        assert jaccard == pytest.approx(alike[pair])
    assert {post for post, _ in found} == {post for post, _ in alike}
    assert {post for pair in found for post in pair} == {post for pair in alike for post in pair}


@settings(max_examples=6, deadline=None)
@given(POSTS, st.randoms())
def test_order_of_rows_does_not_matter(engine, posts, random):
    _fill(engine, posts)
    found = _pairs(engine)
    for table in (WORDS, OWN_POSTS):
        rows = engine.rows(f"select {', '.join(table.names)} from {table.name}")
        random.shuffle(rows)
        engine.fill(table, rows)
    assert _pairs(engine) == found


def test_a_copy_is_like_what_its_original_is_like(engine):
    ten = frozenset(range(100, 110))
    near = ten - {109} | {200}  # 9 of 11 words in common: 0.818
    _fill(engine, [(US, ten), (US, near), (US, near)])
    assert _pairs(engine) == {
        (1, 0): pytest.approx(9 / 11),
        (2, 1): 1,
        (2, 0): pytest.approx(9 / 11),
    }


def test_pieces_are_one_post(engine):
    # post 1 is a second piece of post 0: together they say what post 2 says
    ten = frozenset(range(100, 110))
    _fill(engine, [(US, frozenset(range(100, 106))), (US, frozenset(range(104, 110))), (US, ten)],
          first_pieces={1: 0})  # fmt: skip
    assert _pairs(engine) == {(2, 0): 1}


def test_of_the_replies_the_300_with_the_lowest_keys(engine):
    _fill(engine, [(US, frozenset([n % 2, 5, 6])) for n in range(304)], form="bare")
    compared = {post for pair in _pairs(engine) for post in pair}
    assert compared == set(range(300))


def test_two_accounts_of_an_organisation_have_one_saved_answer(engine):
    saved = frozenset(range(100, 110))
    for form, pairs in (("bare", {(1, 0): 1}), ("full", {})):
        _fill(engine, [(US, saved), (2, saved)], form)
        assert _pairs(engine) == pairs


def test_short_originals_are_not_compared(engine):
    _fill(engine, [(US, frozenset([1, 2])), (US, frozenset([1, 2]))])
    engine.fill(OWN_READINGS, [_row(OWN_READINGS, post=n) for n in range(2)])
    assert _pairs(engine) == {}


def test_a_crowd_is_found_without_comparing_all_of_it(engine):
    # 400 posts of one template, each with a word of its own: 15 of 17 in common, 79,800 pairs
    template = frozenset(range(100, 115))
    _fill(engine, [(US, template | {1000 + n}) for n in range(400)])
    found = _pairs(engine)
    assert {post for post, _ in found} == set(range(1, 400))
    assert len(found) < 1000


def test_leaves_nothing_but_the_pairs(engine):
    _fill(engine, [(US, frozenset([1, 2, 3]))] * 3)
    likeness.make(engine)
    left = engine.rows("select table_name from information_schema.tables")
    assert [name for (name,) in left if name.startswith("likeness")] == ["likeness"]

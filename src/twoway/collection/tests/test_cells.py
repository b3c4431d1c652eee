"""Observations that tell only some cells become one row, the same in whatever order they come."""

from contextlib import closing

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoway.collection import rows
from twoway.collection.cells import merged_rows
from twoway.collection.database import Database
from twoway.collection.merging import _find_twins
from twoway.collection.parts import schema
from twoway.core.accounts import Account
from twoway.core.posts import Post
from twoway.core.tables import ACCOUNTS, POSTS

TIMES = st.sampled_from([None, 10, 20, 30])
COUNTS = st.sampled_from([None, 0, 1, 2])
POST = st.builds(
    Post, network=st.just("x"), id=st.just("1"), author=st.just("ada"), said_at=st.just(0),
    text=st.sampled_from(["", "We open", "We open at nine"]), observed_at=TIMES,
    seen_likes=COUNTS, seen_replies=COUNTS, client=st.sampled_from([None, "Web", "Phone"]),
    deleted_at=TIMES, automatic=st.booleans(), parent=st.sampled_from([None, "a", "b"]),
)  # fmt: skip
ACCOUNT = st.builds(
    Account, network=st.just("x"), id=st.just("1"), handle=st.sampled_from(["", "1", "ada", "ben"]),
    name=st.sampled_from(["", "Ada", "Ben"]), biography=st.sampled_from([None, "Boats"]),
    followers=COUNTS, observed_at=TIMES, replies_open=st.sampled_from([None, True, False]),
)  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with closing(Database(tmp_path_factory.mktemp("scratch"))) as one:
        yield one


def merged(database, table, held):
    """Merge rows of one identity into one."""
    database.connection.register(
        "held", pa.table(list(zip(*held, strict=True)), schema=schema(table))
    )
    database.run("create or replace temp table batch as from held")
    query = merged_rows(table, _find_twins(database, table, "batch"))
    (row,) = database.rows(f"select {', '.join(table.names)} from ({query})")
    return row


def one_after_the_other(database, table, held):
    """Merge the first two, that with the third, and so on: an import for each."""
    row = held[0]
    for other in held[1:]:
        row = merged(database, table, [row, other])
    return row


@pytest.mark.slow
@given(data=st.data(), seen=st.lists(POST, min_size=2, max_size=4))
@settings(max_examples=25, deadline=None)
def test_a_post_is_the_same_in_whatever_order_it_was_seen(database, data, seen):
    held = [rows.of_post(post) for post in seen]
    other = data.draw(st.permutations(held))
    expected = merged(database, POSTS, held)
    assert one_after_the_other(database, POSTS, held) == expected
    assert one_after_the_other(database, POSTS, other) == expected


@pytest.mark.slow
@given(data=st.data(), seen=st.lists(ACCOUNT, min_size=2, max_size=4))
@settings(max_examples=25, deadline=None)
def test_an_account_is_the_same_in_whatever_order_it_was_seen(database, data, seen):
    held = [rows.of_account(account) for account in seen]
    other = data.draw(st.permutations(held))
    handle, named = ACCOUNTS.names.index("handle"), ACCOUNTS.names.index("id")

    def finished(row):
        return [row[named] if n == handle and not cell else cell for n, cell in enumerate(row)]

    expected = finished(merged(database, ACCOUNTS, held))
    assert finished(one_after_the_other(database, ACCOUNTS, held)) == expected
    assert finished(one_after_the_other(database, ACCOUNTS, other)) == expected


def test_what_was_told_between_two_observations_counts(database):
    def likes(at, count):
        return rows.of_post(
            Post(network="x", id="1", author="ada", said_at=0, text="", observed_at=at, seen_likes=count)
        )  # fmt: skip

    early, late, between = likes(10, 3), likes(30, None), likes(20, 5)
    row = dict(zip(POSTS.names, one_after_the_other(database, POSTS, [early, late, between]), strict=True))  # fmt: skip
    assert (row["seen_likes"], row["observed_at"]) == (5, 30)
    assert row["older_cells"] == "seen_likes=20"

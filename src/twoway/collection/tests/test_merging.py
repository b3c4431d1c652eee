import random
from dataclasses import replace

import pytest

from twoway.collection import merging
from twoway.collection import rows as rows_module
from twoway.core.accounts import Account, Follow
from twoway.core.identity import key
from twoway.core.posts import Link, Media, Mention, Version
from twoway.core.reactions import Mark, Reaction


def post_row(rows, own_id="1"):
    (row,) = [row for row in rows("posts") if row["id"] == own_id]
    return row


def test_every_field_of_a_post_is_kept(gather_all, say, rows):
    post = say(
        "1", text="Open on Sunday", address="https://x.example/1", language="en",
        visibility="followers", nesting="flat", parent="0", parent_author="ada", root="0",
        root_author="ada", quoted="q", quoted_author="ben", is_reply=True, poll=("yes", "no"),
        client="Web", automatic=True, deleted_at=9, author_followers=5, observed_at=7,
        seen_replies=1, seen_shares=2, seen_likes=3,
        mentions=(Mention("ada", is_new=False),), media=(Media("image", "a boat"),),
        links=(Link("https://www.Museum.example/a", "Hours", "p9"),), earlier=(Version(5, "Opn"),),
    )  # fmt: skip
    gather_all(post)
    row = post_row(rows)
    for name in (
        "text", "address", "language", "visibility", "nesting", "client", "automatic",
        "deleted_at", "author_followers", "observed_at", "seen_replies", "seen_shares", "seen_likes",
    ):  # fmt: skip
        assert row[name] == getattr(post, name)
    for name in ("parent", "root", "quoted"):
        assert row[name] == key("x", getattr(post, name))
        assert row[f"{name}_id"] == getattr(post, name)
        assert row[f"{name}_author"] == key("x", getattr(post, f"{name}_author"))
    assert row["has_poll"]
    own = row["post"]
    assert rows("mentions") == [
        {"post": own, "account": key("x", "ada"), "is_new": False, "stated": False}
    ]
    assert rows("links") == [
        {
            "post": own, "address": "https://www.Museum.example/a", "title": "Hours",
            "site": "museum.example", "leads_to": key("x", "p9"),
        }
    ]  # fmt: skip
    assert rows("media") == [{"post": own, "place": 0, "kind": "image", "alt_text": "a boat"}]
    assert rows("versions") == [{"post": own, "version": 0, "replaced_at": 5, "text": "Opn"}]


def test_the_newest_observation_wins_and_forgets_nothing(gather_all, say, rows):
    gather_all(say("1", text="new", observed_at=20, seen_likes=5))
    gather_all(say("1", text="old", observed_at=10, seen_likes=3, seen_shares=2, client="Web"))
    row = post_row(rows)
    assert (row["text"], row["seen_likes"], row["observed_at"]) == ("new", 5, 20)
    assert (row["seen_shares"], row["client"]) == (2, "Web")


def test_of_texts_seen_at_the_same_time_the_longer_one_stays(gather_all, say, rows):
    gather_all(say("1", text="We open at nine on"), say("1", text="We open at nine on Monday"))
    assert post_row(rows)["text"] == "We open at nine on Monday"


def test_deleted_stays_deleted(gather_all, say, rows):
    gather_all(say("1", text="Sorry", deleted_at=50, observed_at=50))
    gather_all(say("1", text="Sorry", observed_at=90))
    assert post_row(rows)["deleted_at"] == 50


def test_importing_again_changes_nothing_but_the_count(gather_all, say, rows):
    records = [
        say("1", text="Who is there?", links=(Link("https://a.example"),)),
        say("2", "ada", 1, parent="1", mentions=(Mention("@museum", None),)),
        Reaction(network="x", account="ada", post="1", kind="like"),
    ]
    first = gather_all(*records)
    before = {
        table: rows(table) for table in ("posts", "links", "mentions", "reactions", "threads")
    }
    second = gather_all(*records, *records)
    assert (first.added, first.duplicates) == (2, 0)
    assert (second.added, second.duplicates, second.posts) == (0, 4, 2)
    assert {table: rows(table) for table in before} == before


def test_the_order_of_what_comes_together_does_not_matter(tmp_path, gather_all, say, rows):
    chance = random.Random(4)
    posts = [
        say(
            chance.choice("abcdefghijklmnopqrstuvwxyz"),
            text=chance.choice(["", "a", "bb"]),
            observed_at=chance.choice([None, 10, 20]),
            seen_likes=chance.choice([None, 0, 4]),
            deleted_at=chance.choice([None, 30, 40]),
            parent=chance.choice([None, "a", "b", "z"]),
            is_reply=chance.random() < 0.5,
            mentions=chance.choice([(), (Mention("ada", None),), (Mention("ada"),)]),
        )
        for _ in range(100)
    ]
    one, other = tmp_path / "one", tmp_path / "other"
    gather_all(*posts, into=one)
    gather_all(*chance.sample(posts, len(posts)), into=other)
    for table in ("posts", "accounts", "mentions", "threads"):
        assert rows(table, of=one) == rows(table, of=other)


@pytest.mark.slow
def test_the_order_of_imports_does_not_matter(tmp_path, gather_all, say, rows):
    sources = [
        [say("1", text="When do you open?", author="ada", mentions=(Mention("@museum", None),))],
        [say("2", minute=1, text="@ada At nine", parent="1", mentions=(Mention("@ada", None),))],
        [Account(network="x", id="museum", handle="Museum", name="Harbour Museum")],
    ]
    found = []
    for order in ([0, 1, 2], [2, 1, 0]):
        into = tmp_path / "".join(map(str, order))
        for place in order:
            gather_all(*sources[place], into=into)
        tables = ("posts", "accounts", "mentions", "threads")
        found.append({table: rows(table, of=into) for table in tables})
    assert found[0] == found[1]


def test_rows_of_many_ranges_are_merged_alike(gather_all, say, rows, monkeypatch):
    monkeypatch.setattr(merging, "RANGE", 7)
    gather_all(*(say(str(n), text=f"old {n}", observed_at=1) for n in range(40)))
    gather_all(*(say(str(n), text=f"new {n}", observed_at=2) for n in range(0, 40, 2)))
    texts = {int(row["id"]): row["text"] for row in rows("posts")}
    assert texts == {n: f"{'old' if n % 2 else 'new'} {n}" for n in range(40)}


def test_three_observations_merge_like_two_and_one(gather_all, say, rows):
    seen = [
        say("1", text="a", observed_at=1, seen_likes=1),
        say("1", text="b", observed_at=3),
        say("1", text="c", observed_at=2, seen_likes=2),
    ]
    gather_all(*seen)
    row = post_row(rows)
    assert (row["text"], row["seen_likes"]) == ("b", 2)


def test_an_id_whose_key_another_has_is_refused(gather_all, say, rows, monkeypatch):
    monkeypatch.setattr(
        rows_module, "key", lambda network, own: 7 if own in ("one", "two") else key(network, own)
    )
    summary = gather_all(say("two"), say("one"), say("three"))
    assert sorted(row["id"] for row in rows("posts")) == ["one", "three"]
    assert (summary.added, summary.duplicates, summary.rejected) == (2, 0, 1)
    assert "same key as x one" in summary.examples[0].reason


def test_who_wrote_the_parent_is_filled_in(gather_all, say, rows):
    gather_all(say("2", "ada", 1, parent="1", root="1", quoted="3"), say("3", "ben"))
    assert post_row(rows, "2")["parent_author"] is None
    gather_all(say("1"))
    row = post_row(rows, "2")
    assert row["parent_author"] == row["root_author"] == key("x", "museum")
    assert row["quoted_author"] == key("x", "ben")


def test_a_handle_finds_its_account(gather_all, say, rows):
    gather_all(
        say("1", "ada", mentions=(Mention("@Museum"),), parent_author="@museum", is_reply=True)
    )
    assert "@museum" in [row["id"] for row in rows("accounts")]
    gather_all(Account(network="x", id="77", handle="MUSEUM"))
    assert sorted(row["id"] for row in rows("accounts")) == ["77", "ada"]
    assert rows("mentions")[0]["account"] == key("x", "77")
    assert post_row(rows)["parent_author"] == key("x", "77")
    gather_all(say("2", "ada", mentions=(Mention("@museum"),)))
    assert {row["account"] for row in rows("mentions")} == {key("x", "77")}


def test_a_handle_of_another_network_is_somebody_else(gather_all, say, rows):
    gather_all(
        say("1", mentions=(Mention("@ada"),)),
        Account(network="mastodon", id="9", handle="ada"),
    )
    assert rows("mentions")[0]["account"] == key("x", "@ada")


@pytest.mark.parametrize(
    ("account", "is_new"),
    [("ada", False), ("ben", False), ("cleo", True)],
    ids=["author of the parent", "named in the parent", "nowhere in the parent"],
)
def test_handles_copied_from_the_parent_are_not_new(gather_all, say, rows, account, is_new):
    gather_all(
        say("1", "ada", mentions=(Mention("ben"),)),
        say("2", minute=1, parent="1", mentions=(Mention(account, None),)),
    )
    (found,) = [row for row in rows("mentions") if row["post"] == key("x", "2")]
    assert (found["is_new"], found["stated"]) == (is_new, None)


def test_a_copied_handle_is_known_once_the_parent_comes(gather_all, say, rows):
    gather_all(say("2", minute=1, parent="1", mentions=(Mention("ada", None),)))
    assert rows("mentions")[0]["is_new"]
    gather_all(say("1", "ada"))
    assert not rows("mentions")[0]["is_new"]


def test_what_the_network_says_of_a_mention_stands(gather_all, say, rows):
    gather_all(say("1", "ada"), say("2", parent="1", mentions=(Mention("ada", is_new=True),)))
    assert rows("mentions")[0]["is_new"]


def test_accounts_keep_what_is_known_of_them(gather_all, say, rows):
    gather_all(
        Account(network="x", id="1", handle="@museum", name="Museum", biography="Boats"),
        Account(network="x", id="1", handle="museum", followers=9, observed_at=5),
        say("1", author="1"),
    )
    (row,) = rows("accounts")
    assert (row["handle"], row["name"], row["biography"]) == ("museum", "Museum", "Boats")
    assert (row["followers"], row["observed_at"]) == (9, 5)


def test_posts_of_automatic_accounts_are_automatic(gather_all, say, rows):
    gather_all(say("1"), Account(network="x", id="museum", handle="museum", automatic=True))
    assert post_row(rows)["automatic"]


def test_reactions_follows_and_marks_are_kept_once(gather_all, rows):
    like = Reaction(network="x", account="ada", post="1", kind="like", reacted_at=5)
    mark = Mark(network="x", post="1", kind="promise_kept", marked_at=3, by="ben")
    follow = Follow(network="x", follower="ada", followed="museum", seen_at=2)
    gather_all(like, mark, follow, replace(like, taken_back_at=9))
    gather_all(like, mark, follow)
    assert [(row["reacted_at"], row["taken_back_at"]) for row in rows("reactions")] == [(5, 9)]
    assert [row["by"] for row in rows("marks")] == ["ben"]
    assert [row["seen_at"] for row in rows("follows")] == [2]


def test_a_value_that_fits_no_column_costs_its_row_only(gather_all, say, rows):
    summary = gather_all(say("1", seen_likes=2**70), say("2"), say("3", text="\ud83d half"))
    assert [row["id"] for row in rows("posts")] == ["2"]
    assert (summary.added, summary.rejected, summary.read) == (1, 2, 1)

import random

from twoway.collection import placing
from twoway.core.identity import key
from twoway.core.posts import Mention, Post
from twoway.core.threads import place


def a_forest(say, chance, number):
    """Eight posts that point at each other, at what is missing, in circles and across kinds."""
    ids = [f"{number}-{place}" for place in range(8)]
    pointers = [None, None, *ids, f"{number}-missing"]
    return [
        say(
            own_id,
            chance.choice(["ada", "ben", "museum"]),
            minute,
            parent=chance.choice(pointers),
            root=chance.choice(pointers),
            nesting=chance.choice(["threaded", "threaded", "flat", "chat"]),
        )
        for minute, own_id in enumerate(ids)
    ]


def test_the_collection_places_posts_as_core_does(gather_all, say, rows, monkeypatch):
    monkeypatch.setattr(placing, "_BATCH", 20)
    chance = random.Random(7)
    posts = [post for number in range(60) for post in a_forest(say, chance, number)]
    gather_all(*posts)
    expected = {
        key("x", spot.post): (
            key("x", spot.thread),
            key("x", spot.first_piece),
            None if spot.above is None else key("x", spot.above),
            spot.enter,
            spot.leave,
            key("x", spot.chain_top),
        )
        for spot in place(posts)
    }
    columns = ("thread", "first_piece", "above", "enter", "leave", "chain_top")
    found = {row["post"]: tuple(row[column] for column in columns) for row in rows("threads")}
    assert found == expected


def test_threads_stay_whole_when_batches_are_small(gather_all, say, rows, monkeypatch):
    monkeypatch.setattr(placing, "_BATCH", 3)
    chains = [
        say(f"{chain}-{depth}", "ada", depth, parent=f"{chain}-{depth - 1}" if depth else None)
        for chain in range(4)
        for depth in range(5)
    ]
    gather_all(*chains)
    assert len({row["thread"] for row in rows("threads")}) == 4
    assert {row["leave"] for row in rows("threads")} == {5}


def test_a_long_chain_is_one_thread(gather_all, say, rows):
    gather_all(
        *(say(str(n), "ada", n, parent=str(n - 1) if n else None) for n in range(300)),
        say("alone", "ben"),
    )
    threads = {row["post"]: row["thread"] for row in rows("threads")}
    assert set(threads.values()) == {key("x", "0"), key("x", "alone")}


def test_a_reply_inside_a_top_comment_stands_below_whom_it_names(gather_all, rows):
    def said(own_id, author, minute, parent=None, names=()):
        return Post(
            network="youtube", id=own_id, author=author, said_at=minute * 60_000_000, text="…",
            parent=parent, mentions=tuple(map(Mention, names)),
        )  # fmt: skip

    gather_all(
        said("video", "museum", 0), said("top", "ada", 1, "video"), said("b", "ben", 2, "top"),
        said("m", "museum", 3, "top", ["ben"]), said("n", "museum", 4, "top"),
    )  # fmt: skip
    above = {row["post"]: row["above"] for row in rows("threads")}
    assert above[key("youtube", "m")] == key("youtube", "b")
    assert above[key("youtube", "b")] == key("youtube", "top")
    parents = {row["id"]: row["parent_id"] for row in rows("posts")}
    assert parents["m"] == "top", "what the network says stays"

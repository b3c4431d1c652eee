"""Measure 22: where it is spoken to, beside where it speaks."""

import pytest

HERE, THERE = 1, 2


@pytest.fixture
def two_networks(small):
    # received 8 of 10 posts on mastodon, wrote 2 of 8 own posts there: 80 % − 25 % = +55 points
    small.put("ours", {"account": HERE}, {"account": THERE})
    small.put(
        "accounts",
        {"account": HERE, "network": "mastodon"},
        {"account": THERE, "network": "bluesky"},
    )
    own = [{"post": n, "class": "original", "author": HERE if n < 2 else THERE} for n in range(8)]
    inbound = [{"post": 100 + n, "network": "mastodon" if n < 8 else "bluesky"} for n in range(10)]
    small.put("own_posts", *own)
    small.put("posts", *inbound,
              {"post": 200, "network": "forum", "text": "Has anybody tried Acme boots?", "said_at": small.at(1)},
              {"post": 201, "network": "forum", "text": "I have not", "said_at": small.at(1)},
              {"post": 202, "network": "forum", "text": "Acme again", "said_at": small.at(-1)})  # fmt: skip
    small.put("addressed", *({"post": row["post"], "said_at": small.at(row["post"] - 99)} for row in inbound),
              {"post": 0, "is_private": True})  # fmt: skip
    small.put("brands", {"kind": "word", "value": "acme"})
    return small


def test_balance_of_each_network(two_networks):
    figure = two_networks.figure("where_people_are")
    assert (figure.value, figure.n, figure.status) == (None, 10, "ok")
    networks = {part.id: part for part in figure.parts}
    assert networks["mastodon"].value == pytest.approx(0.55)
    assert networks["bluesky"].value == pytest.approx(-0.55)
    assert networks["mastodon"].low < 0.55 < networks["mastodon"].high
    assert networks["mastodon"].detail == (
        ("Of what it received", "8 of 10"),
        ("Of what it did", "2 of 8"),
    )
    assert networks["mastodon"].evidence[0].post == 107


def test_named_where_it_is_not(two_networks):
    forum = two_networks.part("where_people_are", "forum")
    assert (forum.value, forum.text) == (None, "named in 1 post, and not there")
    assert [shown.post for shown in forum.evidence] == [200]


def test_silent_where_people_are(small):
    small.put("ours", {"account": HERE}, {"account": THERE})
    small.put(
        "accounts",
        {"account": HERE, "network": "mastodon"},
        {"account": THERE, "network": "bluesky"},
    )
    small.put("posts", *({"post": n, "network": "bluesky"} for n in range(5)),
              *({"post": n, "network": "mastodon"} for n in range(10, 15)))  # fmt: skip
    small.put(
        "own_posts", *({"post": n, "class": "original", "author": HERE} for n in range(5, 10))
    )
    small.put("addressed", *({"post": n} for n in (0, 1, 2, 3, 4, 10, 11, 12, 13, 14)))
    silent = small.part("where_people_are", "bluesky")
    assert (silent.value, silent.reason) == (0.5, "It is silent there.")


def test_one_network_is_no_question(small):
    small.put("ours", {"account": HERE})
    small.put("accounts", {"account": HERE, "network": "mastodon"})
    small.own(*({"post": n, "class": "original", "network": "mastodon"} for n in range(9)))
    assert small.figure("where_people_are").parts == ()

"""Measure 26: each original in the first class that holds."""

import pytest


@pytest.fixture
def twenty(small):
    # 20 originals: 5 offers and one with a question beside it, 2 launches, 3 questions, 9 that inform:
    # (6 + 2) / 20; information 9 / 20
    small.own(*({"post": n, "class": "original", "said_at": small.at(n)} for n in range(20)),
              {"post": 50, "class": "reply"})  # fmt: skip
    small.kinds(*((n, "offer") for n in range(6)), (5, "question"), (6, "launch"), (7, "launch"),
                (8, "question"), (9, "invitation"), (10, "question"), (10, "daily_life"), (50, "offer"),
                (11, "information"), side="ours")  # fmt: skip
    return small


def test_offers_and_launches(twenty):
    figure = twenty.figure("what_posts_do")
    assert (figure.hits, figure.n, figure.value) == (8, 20, 0.4)
    assert figure.low < 0.4 < figure.high
    assert figure.evidence[0].post == 7


def test_one_class_each(twenty):
    parts = {part.id: part.hits for part in twenty.figure("what_posts_do").parts}
    assert parts == {
        "offer": 6, "launch": 2, "own_link": 0, "featuring": 0, "question": 3, "daily_life": 0,
        "information": 9,
    }  # fmt: skip
    assert sum(parts.values()) == 20


def test_a_link_to_the_own_site_comes_before_a_question(small):
    small.own(*({"post": n, "class": "original"} for n in range(5)))
    small.put("links", {"post": 0, "address": "https://www.shop.example/a", "site": "shop.example"},
              {"post": 1, "address": "https://other.example/a", "site": "other.example"})  # fmt: skip
    small.put("brands", {"kind": "site", "value": "shop.example"})
    small.kinds((0, "question"), (1, "question"), side="ours")
    assert small.part("what_posts_do", "own_link").hits == 1
    assert small.part("what_posts_do", "question").hits == 1


def test_certainty(small):
    # certainties 0.8 and 0.6 of two launches: 70 % on average
    small.own(*({"post": n, "class": "original"} for n in range(5)))
    small.put("held", *({"post": n, "side": "ours", "kind": "launch", "certainty": c}
                        for n, c in enumerate((0.8, 0.6))))  # fmt: skip
    assert small.part("what_posts_do", "launch").detail == (("Mean certainty", "70 %"),)


def test_their_kinds_are_not_ours(small):
    small.own(*({"post": n, "class": "original"} for n in range(5)))
    small.kinds((0, "question"))
    assert small.part("what_posts_do", "question").hits == 0


def test_months(twenty):
    assert twenty.part("what_posts_do", "offer").series == (("2026-01", 0.3, 20),)

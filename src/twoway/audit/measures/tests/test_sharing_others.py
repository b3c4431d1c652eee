"""Measure 12: shares and quotes of others among all own posts; family and what it was told apart."""

import pytest


@pytest.fixture
def twenty(small):
    # 20 own posts; 2 shares and 1 quote of others, 1 share of a sister account (author 2):
    # 3 / 20, family 1 / 20; post 301 had been addressed to us: featuring 1 / 20
    small.own(
        *({"post": n, "class": "original", "author": 1} for n in range(10)),
        *({"post": n, "class": "reply", "author": 1} for n in range(10, 16)),
        {"post": 16, "class": "share", "author": 1, "shared": 301, "shared_author": 31},
        {"post": 17, "class": "share", "author": 1, "shared": 302, "shared_author": 32},
        {"post": 18, "class": "quote", "author": 1, "quoted": 303, "quoted_author": 33},
        {"post": 19, "class": "share", "author": 1, "shared": 304, "shared_author": 2},
    )
    small.put("ours", {"account": 1}, {"account": 2})
    small.put("addressed", {"post": 301, "person": 31}, {"post": 399, "person": 31})
    small.put("threads", *({"post": n, "thread": n, "first_piece": n} for n in range(20)),
              {"post": 301, "thread": 301, "first_piece": 301})  # fmt: skip
    small.put("said", *({"post": n, "author": 1} for n in range(20)), {"post": 301, "author": 31})
    return small


def test_shares_and_quotes_of_others(twenty):
    figure = twenty.figure("sharing_others")
    assert (figure.hits, figure.n, figure.value) == (3, 20, 0.15)
    assert {shown.post for shown in figure.evidence} == {16, 17, 18}
    assert figure.band.label == "less than most"


def test_family_apart(twenty):
    family = twenty.part("sharing_others", "family")
    assert (family.hits, family.n) == (1, 20)


def test_featuring(twenty):
    featuring = twenty.part("sharing_others", "featuring")
    assert (featuring.hits, featuring.n) == (1, 20)
    assert [shown.post for shown in featuring.evidence] == [16]


def test_author_known_from_the_shared_post_alone(small):
    # a share whose file does not name the author: the post is here and is ours
    small.own(*({"post": n, "class": "original", "author": 1} for n in range(5)),
              {"post": 5, "class": "share", "author": 1, "shared": 0})  # fmt: skip
    small.put("ours", {"account": 1})
    assert small.figure("sharing_others").hits == 0
    assert small.part("sharing_others", "family").hits == 1


def test_a_second_piece_that_was_shared_is_the_post(small):
    small.own(*({"post": n, "class": "original", "author": 1} for n in range(5)),
              {"post": 5, "class": "share", "author": 1, "shared": 41, "shared_author": 31})  # fmt: skip
    small.put("threads", {"post": 41, "thread": 40, "first_piece": 40})
    small.put("said", {"post": 40, "author": 31, "pieces": 2})
    small.put("addressed", {"post": 40, "person": 31})
    assert small.part("sharing_others", "featuring").hits == 1

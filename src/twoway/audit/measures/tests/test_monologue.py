"""Measure 16: originals and self-threads that reach out to nobody."""

import pytest

US, SISTER, CUSTOMER = 1, 2, 30


@pytest.fixture
def eight(small):
    # 8 originals and 2 self-threads. 0 and 1 mention a customer, 2 asks, 3 has a poll, 8 quotes a
    # customer; 4 mentions a sister account and 5 quotes ourselves, which is still a monologue: 5 / 10
    small.own(
        *({"post": n, "class": "original", "author": US} for n in range(3)),
        {"post": 3, "class": "original", "author": US, "has_poll": True},
        {"post": 4, "class": "original", "author": US},
        {"post": 5, "class": "original", "author": US, "quoted": 4, "quoted_author": US},
        {"post": 6, "class": "original", "author": US},
        {"post": 7, "class": "original", "author": US},
        {"post": 8, "class": "self_thread", "author": US, "quoted": 300, "quoted_author": CUSTOMER},
        {"post": 9, "class": "self_thread", "author": US},
        {"post": 20, "class": "reply", "author": US},
    )
    small.put("ours", {"account": US}, {"account": SISTER})
    small.put("mentions", {"post": 0, "account": CUSTOMER}, {"post": 1, "account": CUSTOMER},
              {"post": 4, "account": SISTER})  # fmt: skip
    small.kinds((2, "question"), (6, "information"), side="ours")
    return small


def test_reaches_out_to_nobody(eight):
    figure = eight.figure("monologue")
    assert (figure.hits, figure.n) == (5, 10)
    assert {shown.post for shown in figure.evidence} == {4, 5, 6, 7, 9}


def test_a_customer_named_in_a_later_piece(small):
    small.own(*({"post": n, "class": "original", "author": US} for n in range(5)))
    small.put("threads", {"post": 50, "thread": 0, "first_piece": 0},
              *({"post": n, "thread": n, "first_piece": n} for n in range(5)))  # fmt: skip
    small.put("mentions", {"post": 50, "account": CUSTOMER})
    assert small.figure("monologue").hits == 4


@pytest.mark.parametrize(("text", "named"), [
    ("New at Acme: boots", True), ("@acme says hello", True), ("#ACME", True), ("Acme's new boots", True),
    ("Acme\nopens", True), ("Acmetic acid", False), ("pacme", False), ("Acmetic acid at Acme!", True), ("Nothing of the kind", False),
])  # fmt: skip
def test_names_its_brand_as_a_word(small, text, named):
    small.own(*({"post": n, "class": "original", "text": "Other"} for n in range(4)),
              {"post": 4, "class": "self_thread", "text": text})  # fmt: skip
    small.put("brands", {"kind": "word", "value": "acme"}, {"kind": "word", "value": "zzz"},
              {"kind": "site", "value": "other"})  # fmt: skip
    part = small.part("monologue", "names_brand")
    assert (part.hits, part.n) == (int(named), 5)


def test_scripts_without_spaces_have_no_word_to_end(small):
    small.own(
        *(
            {"post": n, "class": "original", "language": "ja", "text": "本日アクメの新商品"}
            for n in range(5)
        )
    )
    small.put("brands", {"kind": "word", "value": "アクメ"})
    assert small.part("monologue", "names_brand").hits == 5


def test_brand_of_two_words(small):
    small.own(
        *({"post": n, "class": "original", "text": "At Harbour & Pine today"} for n in range(5))
    )
    small.put("brands", {"kind": "word", "value": "harbour & pine"})
    assert small.part("monologue", "names_brand").hits == 5


def test_without_brand_words_there_is_nothing_to_name(small):
    small.own(*({"post": n, "class": "original"} for n in range(5)))
    assert small.part("monologue", "names_brand").n == 0

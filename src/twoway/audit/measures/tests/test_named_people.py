"""Measure 18: replies signed by a person, how many people, whether the profile names them."""

import pytest

COMPANY, ANNA = 1, 2


@pytest.fixture
def twenty(small):
    # 20 replies: 12 signed by AB, ab or Tom, 3 from Anna's own account, 5 by nobody: 15 / 20;
    # signers AB (written twice), Tom and Anna Berg: 3; 8 in the first person
    names = ["AB", "ab", "Tom"] * 4
    small.own(
        *({"post": n, "class": "reply", "author": COMPANY, "signature": name} for n, name in enumerate(names)),
        *({"post": n, "class": "reply", "author": ANNA} for n in (12, 13, 14)),
        *({"post": n, "class": "reply", "author": COMPANY, "first_person": True} for n in range(15, 20)),
        {"post": 30, "class": "original", "author": COMPANY, "signature": "Bo"},
    )  # fmt: skip
    small.put("ours", {"account": COMPANY}, {"account": ANNA})
    return small


def _profiles(small, biography):
    small.put("accounts", {"account": COMPANY, "biography": biography},
              {"account": ANNA, "person_name": "Anna Berg"})  # fmt: skip


def test_signed_or_from_a_named_account(twenty):
    _profiles(twenty, "Boots.")
    figure = twenty.figure("named_people")
    assert (figure.hits, figure.n, figure.value) == (15, 20, 0.75)
    assert figure.band.label == "sometimes"
    assert twenty.part("named_people", "first_person").hits == 5


def test_signers(twenty):
    _profiles(twenty, "Boots.")
    signers = twenty.part("named_people", "signers")
    assert (signers.value, signers.n) == (3, 15)


def test_nobody_signs(small):
    small.own(*({"post": n, "class": "reply"} for n in range(5)))
    assert small.figure("named_people").value == 0
    assert small.part("named_people", "signers").value == 0


@pytest.mark.parametrize(("biography", "answer"), [
    ("Boots for rain.", "no"), ("Boots. Tom and Bo write here.", "yes"), ("Here for you: ^AB ^CD", "yes"), (None, "unknown"),
])  # fmt: skip
def test_profile_names_people(small, biography, answer):
    small.own({"post": 1, "class": "reply", "author": COMPANY, "signature": "Tom"})
    small.put("ours", {"account": COMPANY})
    small.put("accounts", {"account": COMPANY, "biography": biography})
    assert small.part("named_people", "profile_names").text == answer


def test_a_named_account_is_a_yes(twenty):
    _profiles(twenty, "Boots.")
    assert twenty.part("named_people", "profile_names").detail == (
        ("The profile names people", "Anna Berg"),
    )

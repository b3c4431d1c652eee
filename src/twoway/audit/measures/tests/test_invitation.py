"""Measure 17: originals that ask readers something, and whether we stayed for what they said."""

import pytest


@pytest.fixture
def invitations(small):
    # 20 originals, 6 invite (one by its poll). 1 to 5 were commented on, days ago. We answered in the
    # thread of 1 after a day and of 2 after 73 hours, a machine did for 3, of 4 somebody else's thread.
    small.own(
        *({"post": n, "class": "original", "said_at": small.at(n), "has_poll": n == 6} for n in range(1, 21)),
        {"post": 101, "class": "reply", "thread": 1, "said_at": small.at(2, 24)},
        {"post": 102, "class": "reply", "thread": 2, "said_at": small.at(3, 73)},
        {"post": 103, "class": "reply", "thread": 3, "said_at": small.at(4, 1), "is_machine": True},
        {"post": 104, "class": "reply", "thread": 104, "said_at": small.at(5, 1)},
    )  # fmt: skip
    small.kinds(*((n, "invitation") for n in range(1, 6)), (7, "question"), side="ours")
    small.put("addressed", *(
        {"post": 200 + n, "below_original": n, "said_at": small.at(n + 1)} for n in range(1, 6)
    ), {"post": 207, "below_original": 7, "said_at": small.at(8)})  # fmt: skip
    return small


def test_asks_its_readers(invitations):
    figure = invitations.figure("invitation")
    assert (figure.hits, figure.n, figure.value) == (6, 20, 0.3)
    assert figure.evidence[0].post == 6


def test_stayed_for_the_answers(invitations):
    returned = invitations.part("invitation", "returned")
    assert (returned.hits, returned.n) == (1, 5)
    assert [shown.post for shown in returned.evidence] == [5, 4, 3, 2]


def test_too_fresh_to_judge(small):
    # the first comment came two days before observation ended
    small.own({"post": 1, "class": "original", "has_poll": True, "said_at": small.at(87)})
    small.put("addressed", {"post": 2, "below_original": 1, "said_at": small.at(88)})
    assert small.part("invitation", "returned").n == 0


def test_private_and_deleted_comments_are_none(small):
    small.own({"post": 1, "class": "original", "has_poll": True})
    small.put("addressed", {"post": 2, "below_original": 1, "is_private": True},
              {"post": 3, "below_original": 1, "deleted_at": small.at(1)})  # fmt: skip
    assert small.part("invitation", "returned").n == 0

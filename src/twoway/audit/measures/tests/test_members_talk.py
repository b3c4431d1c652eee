"""Measure 23: who speaks to whom below our posts."""

import pytest

US, ANA, BEN, CAM = 900, 1, 2, 3


@pytest.fixture
def square(small):
    # our post 10 with comments 11 to 18 by three members; a thread of Ana's, 20, does not count.
    # 13, 15 and 16 speak to another member: 3 / 8. Ana and Ben talk both ways, Cam to Ana only: 1 of 2 pairs.
    authors = dict(
        zip(range(10, 20), (US, ANA, BEN, BEN, ANA, ANA, CAM, CAM, BEN, US), strict=True)
    )
    small.put("ours", {"account": US})
    said = [
        {"post": p, "author": a, "thread": 10, "said_at": small.at(p)} for p, a in authors.items()
    ]
    said += [
        {"post": 20, "author": ANA, "thread": 20}, {"post": 21, "author": BEN, "thread": 20, "said_at": small.at(1)},
        {"post": 22, "author": 7, "thread": 10, "said_at": small.at(2), "is_automatic": True},
        {"post": 23, "author": BEN, "thread": 10, "said_at": small.at(2), "deleted_at": 1},
        {"post": 24, "author": BEN, "thread": 10, "said_at": small.at(-2)},
    ]  # fmt: skip
    small.put("said", *said)
    small.put(
        "community",
        {"post": 13, "person": BEN, "other": ANA, "answers": 11, "below_own_post": True, "said_at": small.at(13)},
        {"post": 15, "person": ANA, "other": BEN, "answers": 12, "below_own_post": True, "said_at": small.at(15)},
        {"post": 16, "person": CAM, "other": ANA, "answers": 14, "below_own_post": True, "said_at": small.at(16)},
        {"post": 21, "person": BEN, "other": ANA, "answers": 20, "below_own_post": False, "said_at": small.at(1)},
    )  # fmt: skip
    small.kinds(*((n, "question") for n in (11, 12, 14, 17, 18, 20)), (16, "statement"))
    return small


def test_comments_that_speak_to_another_member(square):
    figure = square.figure("members_talk")
    assert (figure.hits, figure.n, figure.value) == (3, 8, 0.375)
    assert [post.post for post in figure.evidence] == [16, 15, 13]


def test_questions_that_members_answered(square):
    # 11, 12 and 14 of the five questions below our post
    part = square.part("members_talk", "member_answers")
    assert (part.hits, part.n, part.value) == (3, 5, 0.6)


def test_pairs_who_talk_both_ways(square):
    part = square.part("members_talk", "mutual_pairs")
    assert (part.hits, part.n, part.status) == (1, 2, "too_little_data")

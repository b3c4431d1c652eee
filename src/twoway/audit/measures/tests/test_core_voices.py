"""Measure 24: who carries the conversation, and how regulars and newcomers are answered."""

import pytest


def _post(small, post, person, day, **more):
    return {"post": post, "person": person, "said_at": small.at(day), "how": "mention"} | more


def test_share_of_the_top_tenth(small):
    # 20 people, 50 posts; the two most active wrote 12 and 8, ten wrote 2, eight… 12 + 8 + 12 × 2 + 6 × 1 = 50
    counts = [12, 8, *[2] * 12, *[1] * 6]
    people = [person for person, count in enumerate(counts) for _ in range(count)]
    small.put("addressed", *(_post(small, n, person, n) for n, person in enumerate(people)))
    figure = small.figure("core_voices")
    assert (figure.hits, figure.n, figure.value) == (20, 50, 0.4)


def test_of_nineteen_people_two_are_the_top_tenth(small):
    # a tenth of 19 is 1.9, rounded up; everybody wrote once: 2 / 19
    small.put("addressed", *(_post(small, n, n, n) for n in range(19)))
    assert small.figure("core_voices").hits == 2


def test_private_deleted_and_older_posts_do_not_count(small):
    small.put(
        "addressed", *(_post(small, n, n, n) for n in range(5)), _post(small, 6, 6, 6, is_private=True),
        _post(small, 7, 7, 7, deleted_at=1), _post(small, 8, 8, -1, in_window=False),
    )  # fmt: skip
    assert small.figure("core_voices").n == 5


@pytest.fixture
def people(small):
    # days 0, 4, 11 lie in ISO weeks 1, 2 and 3 of 2026 (BEGINS is a Thursday); 1, 2, 3 in one week
    small.put(
        "addressed", *(_post(small, n, 1, day) for n, day in enumerate((0, 4, 11))),
        *(_post(small, 10 + n, 2, day) for n, day in enumerate((1, 2, 3, 11))),
        *(_post(small, 20 + n, 3, day) for n, day in enumerate((0, 3.9, 4, 17, 24))),
    )  # fmt: skip
    return small


def test_regulars_come_in_three_weeks(people):
    part = people.part("core_voices", "regulars")
    assert (part.value, part.unit) == (2, "count")
    assert [post.post for post in part.evidence] == [24, 2]


def test_answers_to_regulars(people):
    # intervals of persons 1 and 3 only, all but one answered; the withdrawn one is left out
    people.put(
        "waits", *(people.wait(30 + n, n, 60, person=1) for n in range(4)), people.wait(40, 9, person=3),
        people.wait(41, 9, 60, "withdrawal", person=3), people.wait(42, 9, 60, person=2),
    )  # fmt: skip
    part = people.part("core_voices", "response_regulars")
    assert (part.hits, part.n) == (4, 5)


def test_newcomers_need_ninety_covered_days_before(small):
    # comments are covered since 60 days before the window, so only what is asked after day 30 can be judged
    small.window("shop", inbound_begins=small.at(-60))
    small.put(
        "addressed", *(_post(small, n, n, 40) for n in range(1, 9)),
        _post(small, 101, 1, 39), _post(small, 102, 2, -51, in_window=False), _post(small, 109, 9, 10),
        _post(small, 103, 3, 30, deleted_at=small.at(31)),
    )  # fmt: skip
    small.put(
        "waits",
        *(small.wait(n, 40, 60 if n > 4 else None) for n in range(1, 9)),
        small.wait(109, 10),
    )
    # 1 wrote the day before; 2 wrote 91 days before and is new again, so is 3, who deleted it; 109 cannot be
    # judged: 2 to 8, 5 to 8 answered
    part = small.part("core_voices", "response_newcomers")
    assert (part.hits, part.n) == (4, 7)

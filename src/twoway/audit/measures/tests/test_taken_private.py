"""Measure 20: complaints that leave the public, and those of which the public hears again."""

import pytest


@pytest.fixture
def moved(small):
    # complaints 1 to 8 answered an hour later on day n, 1 to 6 of them by moving away: 6 / 8.
    # After that: 1 we report back after 2 days; 2 thanks after 3 days; 3 we speak again, but after 15 days;
    # 4 only complains on; 5 a machine of ours; 6 moved away on day 88, too young to be judged: 2 / 5
    waits = [small.wait(n, n, 60, "taken_private" if n <= 6 else "answer") for n in range(1, 6)]
    waits += [small.wait(6, 88, 60, "taken_private"), small.wait(7, 7, 60), small.wait(8, 8, 60)]
    small.put("waits", *waits, small.wait(9, 9, 60, "taken_private"), small.wait(10, 10))
    small.kinds(
        *((n, "complaint") for n in (*range(1, 9), 10)),
        (9, "question"),
        (52, "closer"),
        (54, "complaint"),
    )
    later = ((1, 2, {}), (3, 15.1, {}), (5, 2, {"is_machine": True}))
    small.put("own_posts", *(
        {"post": 100 + n, "class": "reply", "thread": n, "said_at": small.at(n + days)} | more
        for n, days, more in later
    ))  # fmt: skip
    small.put("spoken", *({"post": 100 + n, "person": n} for n, _, _ in later))
    small.put("addressed", *(
        {"post": 50 + n, "person": n, "thread": n, "said_at": small.at(n + 3)} for n in (2, 4)
    ))  # fmt: skip
    return small


def test_answers_to_complaints_that_move_away(moved):
    figure = moved.figure("taken_private")
    assert (figure.hits, figure.n, figure.value) == (6, 8, 0.75)
    assert figure.band.label == "much"


def test_public_outcome_within_two_weeks(moved):
    part = moved.part("taken_private", "public_outcome")
    assert (part.hits, part.n, part.value) == (2, 5, 0.4)
    assert [post.post for post in part.evidence] == [3, 4, 5]


def test_a_young_one_with_an_outcome_counts(moved):
    moved.put("own_posts", {"post": 106, "class": "reply", "thread": 6, "said_at": moved.at(89)})
    moved.put("spoken", {"post": 106, "person": 6})
    part = moved.part("taken_private", "public_outcome")
    assert (part.hits, part.n) == (2, 6)  # 6 now, and still the thanks of 2


def test_a_quote_or_a_link_answers_in_public(moved):
    # 4 is quoted and 5 linked in posts of our own two days later: with 1 and 2 that is 4 of 5
    moved.put("said", *({"post": n, "author": n, "thread": n} for n in (4, 5)))
    moved.put("posts", {"post": 104, "quoted": 4})
    moved.put("links", {"post": 105, "leads_to": 5})
    moved.put("own_posts", *(
        {"post": post, "class": what, "thread": thread, "said_at": moved.at(n + 2)}
        for post, what, thread, n in (
            (101, "reply", 1, 1), (104, "quote", 104, 4), (105, "original", 105, 5),
        )
    ))  # fmt: skip
    part = moved.part("taken_private", "public_outcome")
    assert (part.hits, part.n) == (4, 5)

"""Measure 9: what we say to those who comment below our own posts."""

import pytest


def _comment(small, post, day, calls="answer", answered=None, by="answer", original=1, **more):
    """A comment below an own original, settled some hours later where `answered` says so."""
    settled = {}
    if answered is not None:
        settled = {"settled_at": small.at(day, hours=answered), "settled_by": by}
        if by in ("answer", "taken_private"):
            settled["answered_at"] = settled["settled_at"]
    return {"post": post, "person": post, "said_at": small.at(day), "calls": calls,
            "below_original": original} | settled | more  # fmt: skip


def test_eligible_ones_and_all(small):
    # eligible: 6 that ask; 2 answered in time, one late, one withdrawn in time (left out), 2 never: 2 / 5.
    # all: also 4 of praise, one of them answered: 3 / 10
    small.put(
        "addressed",
        _comment(small, 1, 1, answered=2), _comment(small, 2, 2, answered=72),
        _comment(small, 3, 3, answered=73), _comment(small, 4, 4, answered=1, by="withdrawal"),
        _comment(small, 5, 5), _comment(small, 6, 6),
        *(_comment(small, n, n, "kind_word") for n in (7, 8, 9)),
        _comment(small, 10, 10, "kind_word", answered=1),
        _comment(small, 11, 89, answered=1),  # younger than 72 hours
        _comment(small, 12, 12, original=None), _comment(small, 13, 13, is_private=True),
        _comment(small, 14, 14, deleted_at=5), _comment(small, 15, -4, in_window=False),
    )  # fmt: skip
    figure = small.figure("answers_under_own_posts")
    every = figure.parts[0]
    assert (figure.hits, figure.n, figure.value) == (2, 5, 0.4)
    assert (every.hits, every.n) == (3, 10)
    assert every.band.label == "in between"


def test_unsure_ones_widen_the_bound(small):
    small.put("addressed", *(_comment(small, n, n, answered=1) for n in range(1, 6)),
              _comment(small, 6, 6, "unsure"))  # fmt: skip
    figure = small.figure("answers_under_own_posts")
    assert (figure.value, figure.n, figure.bound) == (1, 5, (5 / 6, 1))


@pytest.fixture
def originals(small):
    # originals 1 to 7; the first comment of each on day 10. We reply below 1 after 3 hours, below 2 after 25,
    # below 3 only before the comment, below 4 only a machine; 5 never; 6 is commented on in the last hours;
    # 7 has no comment. Not come back to: 2, 3, 4, 5 of 5
    own = [
        {"post": n, "class": "original", "thread": n, "said_at": small.at(9)} for n in range(1, 8)
    ]
    for post, hours, more in ((1, 3, {}), (2, 25, {}), (3, -3, {}), (4, 3, {"is_machine": True})):
        own.append(
            {"post": 100 + post, "class": "reply", "thread": post, "said_at": small.at(10, hours)}
            | more
        )
    own.append({"post": 105, "class": "self_thread", "thread": 5, "said_at": small.at(10, 3)})
    small.put("own_posts", *own)
    small.put(
        "addressed", *(_comment(small, 50 + n, 10, "kind_word", original=n) for n in range(1, 6)),
        _comment(small, 61, 11, "kind_word", original=1), _comment(small, 56, 89.5, original=6),
    )  # fmt: skip
    return small


def test_originals_we_did_not_come_back_to(originals):
    part = originals.part("answers_under_own_posts", "no_return_24h")
    assert (part.hits, part.n, part.value) == (4, 5, 0.8)
    assert {post.post for post in part.evidence} == {2, 3, 4, 5}

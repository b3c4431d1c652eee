"""Measure 2: people spoken to per original, replies received per reply given."""

import pytest


@pytest.fixture
def talk(small):
    # 4 originals, 3 replies to two people (one of them twice), one of the originals names a third: 3 : 4;
    # 6 replies received for 3 given: 6 : 3. A mention and a private message are no replies.
    small.put(
        "own_posts", *({"post": n, "class": "original"} for n in range(1, 5)),
        *({"post": n, "class": "reply"} for n in (5, 6, 7)),
    )  # fmt: skip
    small.put(
        "spoken", {"post": 1, "person": 30}, {"post": 5, "person": 10}, {"post": 6, "person": 10},
        {"post": 7, "person": 20}, {"post": 99, "person": 40},
    )  # fmt: skip
    small.put(
        "addressed", *({"post": 50 + n, "how": "reply", "said_at": small.at(n)} for n in range(4)),
        {"post": 60, "how": "goes_on"}, {"post": 61, "how": "flat"}, {"post": 62, "how": "mention"},
        {"post": 63, "how": "private", "is_private": True}, {"post": 64, "how": "reply", "in_window": False},
    )  # fmt: skip
    return small


def test_two_ratios(talk):
    figure = talk.figure("talk_listen")
    outsiders, received = figure.parts
    assert (figure.value, figure.status) == (None, "ok")
    assert (outsiders.value, outsiders.text) == (0.75, "3 : 4")
    assert (received.value, received.text) == (2, "6 : 3")
    assert (received.hits, received.n) == (6, 3)


def test_zero_is_allowed(small):
    small.put("own_posts", {"post": 1, "class": "original"})
    small.put("addressed", {"post": 50, "how": "reply"})
    outsiders, received = small.figure("talk_listen").parts
    assert (outsiders.value, outsiders.text) == (0, "0 : 1")
    assert (received.value, received.text, received.status) == (None, "1 : 0", "ok")


def test_nothing_on_either_side_is_too_little(small):
    figure = small.figure("talk_listen")
    assert figure.status == "too_little_data"
    assert {part.status for part in figure.parts} == {"too_little_data"}

"""Measure 5: questions and complaints still open when observation ends."""

import pytest


@pytest.fixture
def waiting(small):
    # open for 5 days, 3 days, 2 days, exactly 1 day and 3 hours; a request, an answered question, an
    # unsure one and a private one do not count
    small.put(
        "waits",
        *(small.wait(n, 90 - days) for n, days in enumerate((5, 3, 2, 1, 1 / 8), 1)),
        small.wait(6, 50), small.wait(7, 51, 20), small.wait(8, 52, is_sure=False),
        small.wait(9, 53, is_private=True),
    )  # fmt: skip
    small.kinds(
        (1, "question"), (1, "complaint"), (2, "complaint"), *((n, "question") for n in (3, 4, 5)),
        (6, "request"), *((n, "question") for n in (7, 8, 9)),
    )  # fmt: skip
    return small


def test_counts_after_a_day_and_after_three(waiting):
    figure = waiting.figure("left_unanswered")
    after_72h, oldest = figure.parts
    assert (figure.value, figure.n, figure.unit) == (4, 4, "count")
    assert (after_72h.value, oldest.value, oldest.unit) == (2, 5 * 24 * 60, "minutes")


def test_lists_them_oldest_first(waiting):
    shown = waiting.figure("left_unanswered").evidence
    assert [post.post for post in shown] == [1, 2, 3, 4]
    assert shown[0].note == "open for 5 days"


def test_nobody_waiting_is_a_finding(small):
    figure = small.figure("left_unanswered")
    assert (figure.status, figure.value) == ("ok", 0)
    assert figure.parts[1].value is None


def test_months_count_when_they_began(waiting):
    assert waiting.figure("left_unanswered").series == (("2026-03", 4, 4),)

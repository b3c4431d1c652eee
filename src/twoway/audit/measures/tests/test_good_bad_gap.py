"""Measure 4: complaints answered minus praise heard, with Newcombe's interval."""

import pytest


@pytest.fixture
def uneven(small):
    # 18 of 20 complaints answered, 4 of 20 praises liked: 90 % − 20 % = 70 points
    small.put("waits", *(small.wait(n, n, 60 if n <= 18 else None) for n in range(1, 21)))
    small.put("kind_words", *(
        {"post": 100 + n, "since": small.at(n)}
        | ({"settled_at": small.at(n, hours=5), "settled_by": "like"} if n <= 4 else {})
        for n in range(1, 21)
    ))  # fmt: skip
    small.kinds(
        *((n, "complaint") for n in range(1, 21)), *((100 + n, "praise") for n in range(1, 21))
    )
    small.put("covered", {"stream": "likes", "begins": 0, "ends": 1})
    return small


def test_difference_in_points(uneven):
    figure = uneven.figure("good_bad_gap")
    assert figure.value == pytest.approx(0.7)
    # Wilson 18/20: 0.6990–0.9721, 4/20: 0.0807–0.4160; 0.7 − √(0.2010² + 0.2160²), 0.7 + √(0.0721² + 0.1193²)
    assert figure.low == pytest.approx(0.4049, abs=1e-3)
    assert figure.high == pytest.approx(0.8394, abs=1e-3)
    assert figure.n == 40
    assert figure.band.label == "tilted to complaints"


def test_difference_of_medians(uneven):
    # complaints: 18 of 20 answered after 60 minutes, median 60; praise: 4 of 20 after 300, median not reached
    part = uneven.part("good_bad_gap", "median_gap")
    assert (part.value, part.status) == (None, "ok")
    uneven.put("kind_words", *(
        {"post": 100 + n, "since": uneven.at(n), "settled_at": uneven.at(n, hours=5), "settled_by": "answer"}
        for n in range(1, 21)
    ))  # fmt: skip
    assert uneven.part("good_bad_gap", "median_gap").value == 60 - 300


def test_no_flag_while_the_interval_holds_zero(small):
    # 5 of 5 against 4 of 5: 20 points, but the interval reaches from −23 to +62
    small.put("waits", *(small.wait(n, n, 60) for n in range(1, 6)))
    small.put("kind_words", *(
        {"post": 100 + n, "since": small.at(n)}
        | ({"settled_at": small.at(n, hours=5), "settled_by": "answer"} if n <= 4 else {})
        for n in range(1, 6)
    ))  # fmt: skip
    small.kinds(
        *((n, "complaint") for n in range(1, 6)), *((100 + n, "praise") for n in range(1, 6))
    )
    figure = small.figure("good_bad_gap")
    assert figure.value == pytest.approx(0.2)
    assert figure.low < 0 < figure.high
    assert figure.band.label == "even-handed"


def test_needs_five_of_each(small):
    small.put("waits", *(small.wait(n, n, 60) for n in range(1, 9)))
    small.kinds(*((n, "complaint") for n in range(1, 9)))
    figure = small.figure("good_bad_gap")
    assert (figure.status, figure.n, figure.value) == ("too_little_data", 8, None)

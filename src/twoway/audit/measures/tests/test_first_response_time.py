"""Measure 6: how long intervals last, those still open included."""


def test_example_of_the_head(small):
    # all: S(10) = 4/5, S(20) = 3/5, S(40) = 3/5 × 1/2 = 3/10: the median is 40, the ninth decile not reached
    open_for_30, open_for_60 = 90 - 30 / 1440, 90 - 60 / 1440
    small.put(
        "waits",
        small.wait(1, 1, 10), small.wait(2, 2, 20), small.wait(3, 3, 40),
        small.wait(4, open_for_30), small.wait(5, open_for_60),
    )  # fmt: skip
    figure = small.figure("first_response_time")
    median_all, p90_all, median_answered, p90_answered = figure.parts
    assert (figure.value, figure.n, figure.hits) == (40, 5, 3)
    assert median_all.value == 40
    assert (p90_all.value, p90_all.status, p90_all.reason) == (
        None, "ok", "Not reached: 2 of 5 had not ended when observation did."
    )  # fmt: skip
    assert (median_answered.status, median_answered.n) == ("too_little_data", 3)
    assert p90_answered.n == 3


def test_plain_quantiles_among_answered(small):
    # 10, 20 … 110 minutes: median the sixth, 60; ninth decile 9/10 of the way through ten steps, 100
    small.put("waits", *(small.wait(n, n, 10 * n) for n in range(1, 12)))
    values = {part.id: part.value for part in small.figure("first_response_time").parts}
    assert values == {"median_all": 60, "p90_all": 100, "median_answered": 60, "p90_answered": 100}


def test_ended_otherwise_is_censored_there(small):
    # withdrawn, thanked the community, marked: at risk until then, never an event.
    # S(10) = 7/8, S(40) = 7/8 × 3/4, S(50) = 7/8 × 2/4 = 0.4375: the median is 50
    small.put(
        "waits",
        small.wait(1, 1, 10), small.wait(2, 2, 40), small.wait(3, 3, 50, "taken_private"),
        small.wait(4, 4, 60), small.wait(5, 5, 70),
        small.wait(6, 6, 20, "withdrawal"), small.wait(7, 7, 30, "community"),
        small.wait(8, 8, 35, "no_answer_needed"),
    )  # fmt: skip
    figure = small.figure("first_response_time")
    assert (figure.value, figure.n, figure.hits) == (50, 8, 5)


def test_leaves_out_private_unsure_and_older_ones(small):
    small.put(
        "waits", *(small.wait(n, n, 10) for n in range(1, 6)),
        small.wait(6, 6, 500, is_private=True), small.wait(7, 7, 500, is_sure=False),
        small.wait(8, -5, 500, in_window=False),
    )  # fmt: skip
    assert small.figure("first_response_time").n == 5


def test_shows_the_longest_that_were_answered(small):
    small.put("waits", *(small.wait(n, n, 60 * n) for n in range(1, 8)))
    shown = small.figure("first_response_time").evidence
    assert [(post.post, post.note) for post in shown[:2]] == [
        (7, "answered after 7 hours"), (6, "answered after 6 hours"),
    ]  # fmt: skip


def test_months(small):
    small.put("waits", *(small.wait(n, n, 10 * n) for n in range(1, 8)), small.wait(9, 40, 10))
    assert small.figure("first_response_time").series == (("2026-01", 40, 7), ("2026-02", None, 1))


def test_band_means_those_answered(small):
    small.put("waits", *(small.wait(n, n, 30) for n in range(1, 8)))
    figure = small.figure("first_response_time")
    assert figure.band is None
    assert small.part("first_response_time", "median_answered").band.label == "ordinary"
    assert figure.value == 30

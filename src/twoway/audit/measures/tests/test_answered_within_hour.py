"""Measure 7: answered within 60 minutes, of all and of those answered."""


def test_of_all_and_of_those_answered(small):
    # after 20, 40, 60, 61 and 300 minutes; open for a day; asked ten minutes before the end (left out);
    # withdrawn after 30 minutes (left out), after 90 minutes (no hit): 3 / 7, among answered 3 / 5
    small.put(
        "waits", *(small.wait(n, n, minutes) for n, minutes in enumerate((20, 40, 60, 61, 300), 1)),
        small.wait(6, 89), small.wait(7, 90 - 10 / 1440),
        small.wait(8, 8, 30, "withdrawal"), small.wait(9, 9, 90, "withdrawal"),
    )  # fmt: skip
    figure = small.figure("answered_within_hour")
    assert (figure.hits, figure.n) == (3, 7)
    (answered,) = figure.parts
    assert (answered.hits, answered.n, answered.value) == (3, 5, 0.6)
    assert answered.band.label == "ordinary"


def test_exactly_an_hour_old_and_open_is_judged(small):
    small.put("waits", *(small.wait(n, 90 - 1 / 24) for n in range(5)))
    assert small.figure("answered_within_hour").value == 0


def test_unsure_ones_widen_both_bounds(small):
    # 5 of 5; one unsure answered late, one unsure open: 5/7 … 1 of all, 5/6 … 1 among answered
    small.put(
        "waits", *(small.wait(n, n, 5) for n in range(5)),
        small.wait(6, 6, 300, is_sure=False), small.wait(7, 7, is_sure=False),
    )  # fmt: skip
    figure = small.figure("answered_within_hour")
    assert figure.bound == (5 / 7, 1)
    assert figure.parts[0].bound == (5 / 6, 1)

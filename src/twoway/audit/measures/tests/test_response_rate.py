"""Measure 3: answered within 72 hours among intervals at least 72 hours old."""

import pytest

HOURS = 60
DAYS = 24 * HOURS


@pytest.fixture
def ten_intervals(small):
    # at least 3 days old: 6 answered after hours, 1 after 5 days, 1 withdrawn at once (left out), 2 open:
    # 6 / 9. One of the last day does not count yet, though answered.
    small.put(
        "waits",
        *(small.wait(n, n, n * HOURS) for n in range(1, 7)),
        small.wait(7, 7, 5 * DAYS), small.wait(8, 8, 30, "withdrawal"),
        small.wait(9, 9), small.wait(10, 10), small.wait(11, 89.5, 10),
    )  # fmt: skip
    return small


def test_example_of_the_head(ten_intervals):
    figure = ten_intervals.figure("response_rate")
    assert (figure.hits, figure.n, figure.value) == (6, 9, 6 / 9)
    assert figure.low == pytest.approx(0.3542, abs=1e-4)  # Wilson, 6 of 9
    assert figure.high == pytest.approx(0.8794, abs=1e-4)
    assert figure.band.label == "devoted"


def test_shows_the_misses_oldest_first(ten_intervals):
    shown = ten_intervals.figure("response_rate").evidence
    assert [post.post for post in shown] == [7, 9, 10]
    assert shown[0].note == "no answer within 72 hours"


def test_within_a_day_counts_young_answers_and_leaves_out_young_open_ones(ten_intervals):
    # all 11 but the withdrawn one: 6 answered in hours, 1 young one answered; 7, 9 and 10 not: 7 / 10
    part = ten_intervals.part("response_rate", "within_24h")
    assert (part.hits, part.n) == (7, 10)


@pytest.mark.parametrize("by", ["withdrawal", "community", "no_answer_needed", "deleted"])
def test_ended_otherwise_is_left_out_only_within_the_time(small, by):
    small.put(
        "waits", *(small.wait(n, n, HOURS) for n in range(1, 6)),
        small.wait(6, 6, 72 * HOURS, by), small.wait(7, 7, 72 * HOURS + 1, by),
    )  # fmt: skip
    figure = small.figure("response_rate")
    assert (figure.hits, figure.n) == (5, 6)


def test_limits_are_inclusive(small):
    # answered after exactly 72 hours, and exactly 72 hours old when observation ends
    small.put("waits", *(small.wait(n, 87, 72 * HOURS) for n in range(1, 6)))
    assert small.figure("response_rate").value == 1


def test_unsure_ones_only_widen_the_bound(small):
    # 4 of 6 sure ones; with 2 unsure ones 4 / 8 as unanswered, 6 / 8 as answered
    small.put(
        "waits", *(small.wait(n, n, HOURS) for n in range(1, 5)), small.wait(5, 5), small.wait(6, 6),
        small.wait(7, 7, HOURS, is_sure=False), small.wait(8, 8, is_sure=False),
    )  # fmt: skip
    figure = small.figure("response_rate")
    assert (figure.hits, figure.n, figure.bound) == (4, 6, (0.5, 0.75))


def test_an_interval_of_several_kinds_counts_in_each(small):
    small.put("waits", *(small.wait(n, n, HOURS if n < 5 else None) for n in range(1, 9)))
    small.kinds(*((n, "question") for n in range(1, 7)), *((n, "complaint") for n in range(4, 9)))
    questions, complaints, requests, *_ = small.figure("response_rate").parts
    assert (questions.hits, questions.n) == (4, 6)
    assert (complaints.hits, complaints.n) == (1, 5)
    assert (requests.n, requests.status) == (0, "too_little_data")


def test_private_ones_never_count(small):
    small.put("waits", *(small.wait(n, n, HOURS, is_private=True) for n in range(1, 9)))
    assert small.figure("response_rate").n == 0


def _praise(small, post, day, hours=None, by="like"):
    settled = {} if hours is None else {"settled_at": small.at(day, hours=hours), "settled_by": by}
    return {"post": post, "since": small.at(day)} | settled


@pytest.fixture
def praise(small):
    # 7 posts of praise at least 7 days old: liked 3 in time, answered 1, late 1, nothing 2; one too young;
    # one story, which is no praise
    small.put(
        "kind_words",
        *(_praise(small, n, n, 5) for n in (1, 2, 3)), _praise(small, 4, 4, 7 * 24, "answer"),
        _praise(small, 5, 5, 7 * 24 + 1), _praise(small, 6, 6), _praise(small, 7, 7),
        _praise(small, 8, 88, 1), _praise(small, 9, 9, 1),
    )  # fmt: skip
    small.kinds(*((n, "praise") for n in range(1, 9)), (9, "story"))
    return small


def test_praise_needs_a_kind_word_within_seven_days(praise):
    praise.put("covered", {"stream": "likes", "begins": 0, "ends": 1})
    part = praise.part("response_rate", "praise")
    assert (part.hits, part.n) == (4, 7)


def test_praise_counts_answers_only_where_likes_are_not_covered(praise):
    part = praise.part("response_rate", "praise")
    assert (part.hits, part.n) == (1, 7)


def test_canned_answers_are_no_hit(small):
    # answers 101 to 106: two repeat each other word for word, two are alike; 2 of 6 are left
    small.put("waits", *(small.wait(n, n, HOURS, answer=100 + n) for n in range(1, 7)))
    small.put("own_posts", *({"post": 100 + n, "class": "reply"} for n in range(1, 7)))
    small.put("own_readings", *(
        {"post": 100 + n, "text_key": 7 if n <= 2 else n * 11} for n in range(1, 7)
    ))  # fmt: skip
    small.put("likeness", {"post": 104, "other": 103, "form": "bare", "jaccard": 0.8})
    part = small.part("response_rate", "without_canned")
    assert (part.hits, part.n) == (2, 6)
    assert small.figure("response_rate").value == 1

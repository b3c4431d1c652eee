"""The verdict's edges and doubts, beyond the book of cases in tests/cases."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoway.audit.counts import Counts, Tally
from twoway.audit.verdict import judge

DESK = Counts(
    originals=100, replies=400, quotes=0, own_posts=520, intervals=400, answered=Tally(360, 400),
    questions=Tally(180, 200), complaints=Tally(90, 100), comments=Tally(80, 100),
    within_24h=Tally(320, 400), unprompted=10, sharing=20, inbound="complete",
)  # fmt: skip
SILENT = Counts(
    originals=400, replies=2, quotes=0, own_posts=402, intervals=200, answered=Tally(2, 200),
    questions=Tally(1, 100), complaints=Tally(1, 80), comments=Tally(0, 150),
    within_24h=Tally(1, 200), unprompted=0, sharing=0, inbound="complete",
)  # fmt: skip


def judged(counts, **changes):
    verdict = judge(replace(counts, **changes), "shop")
    return verdict.name, verdict.firm, verdict.rule


def test_a_desk_that_answers_is_networking():
    assert judged(DESK) == ("networking", True, "3")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"questions": Tally(130, 200)}, ("networking", False, "3")),  # exactly 65 %
        ({"questions": Tally(129, 200)}, ("mixed", False, "4")),
        ({"questions": Tally(110, 200)}, ("mixed", True, "4")),  # whole interval below 65 %
        ({"within_24h": Tally(200, 400)}, ("networking", False, "3")),  # exactly half
        ({"within_24h": Tally(199, 400)}, ("mixed", False, "4")),
        ({"originals": 1600}, ("networking", False, "3")),  # 400 of 2,000: exactly 20 %
        ({"originals": 1601}, ("mixed", False, "4")),
        ({"questions": Tally(0, 4), "complaints": Tally(4, 4)}, ("mixed", False, "4")),
        ({"questions": Tally(0, 4)}, ("networking", True, "3")),
    ],
)
def test_each_condition_of_networking_has_its_edge(changes, expected):
    assert judged(DESK, **changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("notworking", True, "2a")),
        (
            {"originals": 38},
            ("mixed", False, "4"),
        ),  # 2 of 40 is exactly 5 %, its interval below too
        ({"answered": Tally(24, 200)}, ("notworking", True, "2a")),  # by the comments alone
        ({"answered": Tally(24, 200), "comments": Tally(5, 100)}, ("mixed", False, "4")),
        ({"answered": Tally(23, 200), "comments": Tally(9, 100)}, ("notworking", False, "2a")),
        ({"answered": Tally(60, 200), "comments": Tally(40, 150)}, ("mixed", True, "4")),
        ({"answered": Tally(0, 4), "comments": Tally(0, 4)}, ("mixed", True, "4")),
        (
            {"answered": Tally(0, 4), "comments": Tally(0, 4), "inbound": "sampled"},
            ("mixed", False, "4"),
        ),
        ({"inbound": "no"}, ("notworking", False, "2c")),
        ({"inbound": "sampled"}, ("notworking", True, "2a")),
    ],
)
def test_each_paragraph_of_notworking_has_its_edge(changes, expected):
    assert judged(SILENT, **changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("notworking", True, "2b")),
        ({"sharing": None}, ("notworking", False, "2b")),
        ({"unprompted": None}, ("notworking", False, "2b")),
        ({"sharing": 21}, ("mixed", False, "4")),  # 21 of 402: above 5 %, not surely
        ({"sharing": 80}, ("mixed", True, "4")),
        ({"sharing": 80, "unprompted": None}, ("mixed", True, "4")),
        ({"intervals": 5}, ("mixed", True, "4")),
        ({"inbound": "sampled"}, ("mixed", False, "4")),
    ],
)
def test_nobody_is_talked_with_needs_all_that_was_said_to_it(changes, expected):
    few = {"intervals": 4, "answered": Tally(0, 4), "questions": Tally(0, 2), "complaints": Tally(0, 2),
           "comments": Tally(0, 4), "within_24h": Tally(0, 4)}  # fmt: skip
    assert judged(SILENT, **(few | changes)) == expected


def test_below_thirty_own_posts_nothing_is_firm():
    small = {"originals": 5, "replies": 20, "own_posts": 29}
    assert judged(DESK, **small) == ("networking", False, "3")
    assert judged(DESK, **(small | {"own_posts": 30})) == ("networking", True, "3")
    assert "29 own posts" in judge(replace(DESK, **small), "shop").reasons[-1]


@pytest.mark.parametrize("missing", [{"has_originals": False}, {"has_replies": False}])
def test_without_its_own_posts_and_replies_nothing_is_judged(missing):
    assert judged(SILENT, **missing) == ("too_little_data", None, "1")


def test_ten_posts_and_replies_are_enough_to_be_judged():
    assert judged(SILENT, originals=8, replies=1)[0] == "too_little_data"
    assert judged(SILENT, originals=9, replies=1)[0] != "too_little_data"


def test_what_happens_to_be_heard_counts_only_where_it_is_covered():
    name, firm, rule = judged(DESK, inbound="no")
    assert (name, firm, rule) == ("mixed", False, "4")
    assert any(
        "could not hear" in reason for reason in judge(replace(DESK, inbound="no"), "x").reasons
    )


def test_the_sentence_has_the_numbers():
    silent = judge(replace(SILENT, originals=1201, replies=3, own_posts=1300), "shop")
    assert silent.sentence == "@shop talks to itself: 3 of 1,204 posts answer anyone."
    ducks = judge(replace(DESK, complaints=Tally(40, 100)), "desk")
    assert "40 of 100 complaints" in ducks.sentence
    assert ducks.reasons[0].startswith("40 of 100 complaints")


tallies = st.integers(0, 300).flatmap(lambda n: st.builds(Tally, st.integers(0, n), st.just(n)))
anything = st.builds(
    Counts, originals=st.integers(0, 500), replies=st.integers(0, 500), quotes=st.integers(0, 50),
    own_posts=st.integers(551, 2000), intervals=st.integers(0, 300), answered=tallies,
    questions=tallies, complaints=tallies, comments=tallies, within_24h=tallies,
    unprompted=st.none() | st.integers(0, 250), sharing=st.none() | st.integers(0, 250),
    inbound=st.sampled_from(["complete", "sampled", "no"]),
    has_originals=st.booleans(), has_replies=st.booleans(),
)  # fmt: skip


@given(anything)
def test_every_verdict_says_why_and_firm_is_unknown_only_without_data(counts):
    verdict = judge(counts, "shop")
    assert verdict.reasons
    assert (verdict.firm is None) == (verdict.name == "too_little_data")
    assert verdict.sentence.endswith(".")
    if verdict.firm is False:
        assert verdict.reasons[-1].startswith("Provisional")


@given(anything, st.integers(10, 40))
def test_ten_times_as_much_of_the_same_keeps_the_name(counts, times):
    """Doubt shrinks with more of the same; the values, and so the name, stay."""
    kinds = (
        counts.answered,
        counts.questions,
        counts.complaints,
        counts.comments,
        counts.within_24h,
    )
    if any(0 < tally.n < 5 for tally in kinds) or 0 < counts.intervals < 5:
        return
    grown = replace(counts, **{
        name: getattr(counts, name) and getattr(counts, name) * times
        for name in ("originals", "replies", "quotes", "own_posts", "intervals", "unprompted", "sharing")
    }, **{
        name: Tally(getattr(counts, name).hits * times, getattr(counts, name).n * times)
        for name in ("answered", "questions", "complaints", "comments", "within_24h")
    })  # fmt: skip
    before, after = judge(counts, "shop"), judge(grown, "shop")
    if before.name != "too_little_data":
        assert after.name == before.name

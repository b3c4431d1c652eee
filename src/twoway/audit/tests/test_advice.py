"""What would help most: the rules that apply, ordered by the conversation they would gain."""

from dataclasses import replace

import pytest

from twoway.audit.advice import RULES, advise
from twoway.audit.counts import Counts, Tally
from twoway.audit.findings import Evidence, Figure, Verdict
from twoway.audit.statistics import wilson

POST = Evidence(post=1, address=None, author="ana", said_at=0, text="Is it open?")
COUNTS = Counts(
    originals=400, replies=100, quotes=0, own_posts=520, intervals=200, answered=Tally(90, 200), inbound="complete",
)  # fmt: skip
MIXED = Verdict(name="mixed", firm=True, rule="4", sentence="", reasons=())


def share(id_, hits, n, *parts, **more):
    low, high = wilson(hits, n)
    return Figure(id=id_, name=id_, unit="share", value=hits / n, n=n, hits=hits, low=low, high=high,
                  evidence=(POST,), parts=parts, **more)  # fmt: skip


def waiting(number):
    oldest = Figure(id="oldest", name="", unit="minutes", value=3 * 24 * 60.0, n=number)
    return Figure(
        id="left_unanswered",
        name="",
        unit="count",
        value=float(number),
        n=number,
        evidence=(POST,) * min(number, 5),
        parts=(oldest,),
    )


def odds(id_, value, low, high):
    part = Figure(
        id=id_, name="", unit="odds", value=value, n=200, low=low, high=high, evidence=(POST,)
    )
    return Figure(id="response_equity", name="", unit="odds", parts=(part,))


def done(*figures, counts=COUNTS, verdict=MIXED, days=90):
    return [step.do for step in advise(figures, counts, verdict, days)]


@pytest.mark.parametrize(
    ("figure", "do"),
    [
        (waiting(511), "Answer these five first"),
        (waiting(1), "Answer this one first"),
        (share("response_rate", 150, 200, share("questions", 90, 100), share("complaints", 60, 100)), "Answer complaints as you answer questions"),
        (share("response_rate", 150, 200, share("within_24h", 60, 200)), "Answer on the day"),
        (share("answers_under_own_posts", 3, 90, share("no_return_24h", 60, 80)), "Come back to your own posts the next morning"),
        (share("invitation", 60, 400, share("returned", 2, 40)), "Ask, and stay for the answers"),
        (share("link_only", 80, 400), "Say it, or move it to a feed"),
        (share("repeated_content", 80, 400), "Say it once, then talk about it"),
        (share("named_people", 2, 100), "Sign with a first name"),
        (share("canned_replies", 30, 100), "Write each answer for the one who asked"),
        (share("taken_private", 50, 100), "Come back in public"),
        (odds("night_weekend", 0.2, 0.1, 0.5), "Cover nights and weekends, or say when you are there"),
        (odds("other_language", 0.1, 0.02, 0.6), "Answer in the language people write"),
    ],
)  # fmt: skip
def test_each_figure_that_is_amiss_has_its_step(figure, do):
    steps = advise((figure,), COUNTS, MIXED, 90)
    assert [step.do for step in steps] == [do]
    assert steps[0].evidence
    assert any(character.isdigit() for character in steps[0].why)
    assert steps[0].figure == figure.id


@pytest.mark.parametrize(
    "figure",
    [
        waiting(0),
        share("link_only", 5, 400),
        share("named_people", 60, 100),
        share("taken_private", 20, 100),
        share("response_rate", 180, 200, share("questions", 95, 100), share("complaints", 85, 100), share("within_24h", 170, 200)),
        odds("night_weekend", 0.8, 0.5, 1.3),
        replace(share("canned_replies", 3, 4), status="too_little_data", value=None),
        replace(share("link_only", 80, 400), status="not_observable", value=None),
    ],
)  # fmt: skip
def test_what_is_in_order_or_unknown_gives_no_advice(figure):
    assert done(figure) == []


def test_asking_and_joining_in_need_both_of_their_figures():
    assert done(share("invitation", 2, 400)) == []
    assert done(share("invitation", 2, 400), share("monologue", 380, 400)) == [
        "Ask your readers something each week"
    ]
    assert done(share("sharing_others", 2, 520), share("unprompted_comments", 0, 520)) == [
        "Join one talk a day that you did not start"
    ]


def test_the_three_that_gain_most_come_first():
    figures = (
        share("link_only", 200, 400),
        waiting(80),
        share("named_people", 0, 100),
        share("canned_replies", 90, 100),
    )
    assert done(*figures) == [
        "Answer these five first",
        "Write each answer for the one who asked",
        "Sign with a first name",
    ]


def test_leaving_is_among_the_honest_ones():
    alone = replace(MIXED, name="notworking", rule="2b")
    assert done(counts=replace(COUNTS, intervals=2, answered=Tally(0, 2)), verdict=alone) == [
        "Decide whether to be here at all"
    ]
    ignored = replace(COUNTS, answered=Tally(8, 9000))
    (step,) = advise((), ignored, replace(MIXED, name="notworking", rule="2a"), 90)
    assert step.do == "Give it to somebody with the time, or leave"
    assert "700 answers a week and get 0.6" in step.why
    assert "58.3 hours of work a week" in step.why


def test_fresh_posts_are_better_to_start_with_than_the_oldest():
    fresh = replace(POST, post=2)
    (step,) = advise((waiting(8),), COUNTS, MIXED, 90, (fresh,))
    assert step.do == "Answer this one first"
    assert step.evidence == (fresh,)


def test_what_is_missing_is_asked_for_last():
    blind = replace(COUNTS, inbound="no", has_replies=False)
    assert done(share("link_only", 80, 400), counts=blind) == [
        "Say it, or move it to a feed",
        "Bring its own replies and what people say to it",
    ]


def test_every_rule_can_be_reached():
    assert len({rule.__name__ for rule in RULES}) == len(RULES) == 17

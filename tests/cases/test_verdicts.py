"""The book of verdict cases, judged by hand before the rule was written: every one must agree."""

import json
from pathlib import Path

import pytest

from twoway.audit.counts import Counts, Tally
from twoway.audit.verdict import judge

CASES = json.loads(Path(__file__).with_name("verdicts.json").read_text(encoding="utf-8"))


def counts_of(case):
    covered, counts = case["covered"], case["counts"]
    intervals, within = counts["intervals"], counts["answered_24h_km"]
    return Counts(
        originals=counts["originals"], replies=counts["replies"], quotes=counts["quotes"],
        own_posts=counts["own_posts"], intervals=intervals,
        answered=Tally(counts["answered_72h_all"], intervals),
        questions=Tally(*counts["questions"]), complaints=Tally(*counts["complaints"]),
        comments=Tally(*counts["eligible_comments"]),
        within_24h=Tally(0, 0) if within is None else Tally(within * intervals, intervals),
        unprompted=counts["unprompted"] if covered["parents"] else None,
        sharing=counts["shares"] + counts["quotes"] if covered["shares"] else None,
        inbound=covered["inbound"],
        has_originals=covered["originals"] != "no", has_replies=covered["replies"] != "no",
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_rule_agrees_with_the_book(case):
    verdict = judge(counts_of(case), "shop")
    expected = case["expect"]
    assert (verdict.name, verdict.firm) == (expected["verdict"], expected["firm"]), expected[
        "because"
    ]
    assert verdict.rule == expected["because"].split(":")[0]

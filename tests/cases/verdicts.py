"""Judge a case of verdicts.json: figures and coverage in, verdict out."""

from collections.abc import Mapping
from typing import Any

from twoway.audit.counts import Counts, Tally
from twoway.audit.verdict import judge as apply_rule


def judge(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return the verdict in the form of the case's `expect`, with the paragraph that decided."""
    verdict = apply_rule(counts_of(case), "shop")
    return {"verdict": verdict.name, "firm": verdict.firm, "rule": verdict.rule}


def counts_of(case: Mapping[str, Any]) -> Counts:
    """Return a case's figures as the rule takes them."""
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

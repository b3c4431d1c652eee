"""The verdict: a rule a person can check, never a weighted score.

Checked in this order: 1 too little data, 2 notworking (2a, 2b, 2c), 3 networking, 4 mixed. Values
decide the name; `firm` says whether whole 95 % intervals agree with them. 12 and 65 % are
published thresholds, 5, 20 and 50 % are this project's own.
"""

from collections.abc import Iterator
from dataclasses import replace

from twoway.audit import verdict_words as words
from twoway.audit.counts import (
    BROADCAST,
    DEVOTED,
    FEWEST_POSTS,
    FIRM_POSTS,
    IGNORED,
    NOTHING,
    TALKATIVE,
    WITHIN_A_DAY,
    Condition,
    Counts,
)
from twoway.audit.findings import Verdict
from twoway.audit.statistics import LEAST


def judge(counts: Counts, handle: str) -> Verdict:
    """Return the verdict over one organisation."""
    if counts.inbound == "no":  # what happens to be in the file is no picture of the other side
        counts = replace(
            counts, intervals=0, answered=NOTHING, questions=NOTHING, complaints=NOTHING,
            comments=NOTHING, within_24h=NOTHING,
        )  # fmt: skip
    if not (counts.has_originals and counts.has_replies):
        return words.not_seen(counts, handle)
    if counts.originals + counts.replies < FEWEST_POSTS:
        return words.too_few(counts, handle)
    if paragraphs := _notworking(counts):
        firm = _is_firm(counts) and _is_surely_notworking(counts)
        return words.notworking(counts, handle, paragraphs, firm=firm)
    conditions = tuple(networking_conditions(counts))
    if _is_networking(conditions):
        firm = _is_firm(counts) and all(c.tally.is_surely_not_below(c.limit) for c in conditions)
        return words.networking(counts, handle, conditions, firm=firm)
    firm = _is_firm(counts) and _is_surely_mixed(counts, conditions)
    return words.mixed(counts, handle, conditions, firm=firm)


def networking_conditions(counts: Counts) -> Iterator[Condition]:
    """Yield the conditions that apply: a kind with under five intervals is passed over."""
    if counts.questions.is_enough:
        yield Condition("questions", counts.questions, DEVOTED)
    if counts.complaints.is_enough:
        yield Condition("complaints", counts.complaints, DEVOTED)
    yield Condition("within_24h", counts.within_24h, WITHIN_A_DAY)
    yield Condition("reply_share", counts.reply_share, TALKATIVE)


def _is_firm(counts: Counts) -> bool:
    return counts.own_posts >= FIRM_POSTS


def _notworking(counts: Counts) -> tuple[str, ...]:
    """Return the paragraphs of 2 that hold, in their order."""
    if not counts.reply_share.is_below(BROADCAST):
        return ()
    if counts.inbound == "no":
        return ("2c",)
    unanswered = counts.answered.is_below(IGNORED) or counts.comments.is_below(BROADCAST)
    alone = _is_alone(counts) and counts.joining_in.value < BROADCAST
    return (*(["2a"] if unanswered else []), *(["2b"] if alone else []))


def _is_alone(counts: Counts) -> bool:
    """Tell whether all that was said to it is known, and hardly anything asked for an answer."""
    return counts.inbound == "complete" and counts.intervals < LEAST


def _is_surely_notworking(counts: Counts) -> bool:
    surely_unanswered = counts.answered.is_surely_below(IGNORED) or (
        counts.comments.is_surely_below(BROADCAST)
    )
    surely_alone = (
        _is_alone(counts)
        and counts.is_joining_seen
        and counts.joining_in.is_surely_below(BROADCAST)
    )
    heard = counts.inbound != "no"
    return (
        heard
        and counts.reply_share.is_surely_below(BROADCAST)
        and (surely_unanswered or surely_alone)
    )


def _is_networking(conditions: tuple[Condition, ...]) -> bool:
    judged = {condition.id for condition in conditions}
    return bool(judged & {"questions", "complaints"}) and all(c.holds for c in conditions)


def _is_surely_mixed(counts: Counts, conditions: tuple[Condition, ...]) -> bool:
    fails = any(condition.tally.is_surely_below(condition.limit) for condition in conditions)
    return fails and (
        counts.reply_share.is_surely_not_below(BROADCAST) or _is_silence_excluded(counts)
    )


def _is_silence_excluded(counts: Counts) -> bool:
    """Tell whether 2a, 2b and 2c are excluded with whole intervals."""
    if counts.inbound == "no":
        return False
    answers = all(
        tally.is_surely_not_below(limit) or (not tally.is_enough and counts.inbound == "complete")
        for tally, limit in ((counts.answered, IGNORED), (counts.comments, BROADCAST))
    )
    company = not _is_alone(counts) or counts.joining_in.is_surely_not_below(BROADCAST)
    return answers and company

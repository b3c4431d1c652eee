"""Advice about being there: what is put out, joining in, and whether to be on a network at all."""

from twoway.audit import words
from twoway.audit.advice.situation import FEW, HALF, Advice, Situation, given
from twoway.audit.counts import IGNORED
from twoway.audit.saying import Said, forms, marked, say

_A_WEEK = 7
_MINUTES_EACH = 5
"""For reading a thread, finding out and answering; this project's guess, said where it is used."""
_ASKED = forms(
    "{n} of {all} posts asks readers anything; {alone} name nobody, quote nobody and ask nothing.",
    "{n} of {all} posts ask readers anything; {alone} name nobody, quote nobody and ask nothing.",
)
_CALLED = forms(
    "In {days} {n} post called for an answer. Find out where your people are; "
    "leaving a network is honourable, being there and silent is not.",
    "In {days} {n} posts called for an answer. Find out where your people are; "
    "leaving a network is honourable, being there and silent is not.",
)


def ask_something(now: Situation) -> Advice | None:
    asked, alone = now.share("invitation"), now.share("monologue")
    if not asked or not alone or asked.value >= 0.08:  # the pages' median, 2016
        return None
    why = say(*_ASKED, n=asked.hits, all=asked.n, alone=words.of(alone.hits, alone.n))
    do = marked("Ask your readers something each week")
    return given(FEW * alone.hits, do, why, asked.id, alone.posts)


def say_it_or_move_it(now: Situation) -> Advice | None:
    bare = now.share("link_only")
    if not bare or bare.value < 0.06:  # three pages in four stay below, 2016
        return None
    why = bare.said(
        "{n} of {all} posts is little more than a link. Say in a sentence why it matters, or move it to a feed or newsletter.",
        "{n} of {all} posts are little more than a link. Say in a sentence why it matters, or move them to a feed or newsletter.",
    )
    return given(FEW * bare.hits, marked("Say it, or move it to a feed"), why, bare.id, bare.posts)


def stop_repeating(now: Situation) -> Advice | None:
    again = now.share("repeated_content")
    if not again or again.value < 0.1:
        return None
    why = again.said(
        "{n} of {all} posts repeats an earlier one. Repetition is the first reason people give for leaving (ExactTarget 2011).",
        "{n} of {all} posts repeat an earlier one. Repetition is the first reason people give for leaving (ExactTarget 2011).",
    )
    do = marked("Say it once, then talk about it")
    return given(FEW * again.hits, do, why, again.id, again.posts)


def join_in(now: Situation) -> Advice | None:
    sharing, elsewhere = now.share("sharing_others"), now.share("unprompted_comments")
    if not sharing or not elsewhere or sharing.value + elsewhere.value >= 0.05:
        return None
    why = elsewhere.said(
        "{n} of {all} posts joins in where nobody had called, {sharing} share what others said.",
        "{n} of {all} posts join in where nobody had called, {sharing} share what others said.",
        sharing=words.of(sharing.hits, sharing.n),
    )
    do = marked("Join one talk a day that you did not start")
    return given(FEW * sharing.n, do, why, elsewhere.id)


def leave(now: Situation) -> Advice | None:
    """Leaving is honourable; being there and silent is not (claim A9)."""
    if now.verdict.rule != "2b":
        return None
    days = say("{n} day", "{n} days", n=round(now.days))
    why = say(*_CALLED, n=now.counts.intervals, days=days)
    do = marked("Decide whether to be here at all")
    return given(now.counts.own_posts, do, why, "reply_share")


def give_it_time(now: Situation) -> Advice | None:
    """Capacity: one in ten is no matter of trying harder; somebody must have the hours, or nobody be there."""
    answered, weeks = now.counts.answered, now.days / _A_WEEK
    if answered.n < 20 or answered.value >= IGNORED:
        return None
    asked, got = answered.n / weeks, answered.hits / weeks
    why = say(
        "People need about {asked} answers a week and get {got}. At {minutes} minutes each that is {hours} of work a "
        "week: hand the account to whoever has them, or leave and say where you can be reached.",
        asked=round(asked, 1), got=round(got, 1), minutes=_MINUTES_EACH, hours=_hours(asked * _MINUTES_EACH),
    )  # fmt: skip
    do = marked("Give it to somebody with the time, or leave")
    return given(HALF * (answered.n - answered.hits), do, why, "response_rate")


def bring_the_rest(now: Situation) -> Advice | None:
    """Nothing is gained by guessing: what is not in the collection is the first thing to get."""
    missing = [] if now.counts.has_replies else [say("its own replies")]
    missing += [] if now.counts.inbound != "no" else [say("what people say to it")]
    if not missing:
        return None
    what = words.listing(missing)
    why = say(
        "This collection does not hold {what}, so nobody can tell who is left waiting. Its archive or a connected account has them.",
        what=what,
    )
    return given(0, say("Bring {what}", what=what), why, "response_rate")


RULES = (
    ask_something,
    say_it_or_move_it,
    stop_repeating,
    join_in,
    leave,
    give_it_time,
    bring_the_rest,
)


def _hours(minutes: float) -> Said:
    return say("{n} hour", "{n} hours", n=round(minutes / 60, 1))

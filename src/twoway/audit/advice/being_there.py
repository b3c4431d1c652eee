"""Advice about being there: what is put out, joining in, and whether to be on a network at all."""

from twoway.audit import words
from twoway.audit.advice.situation import FEW, HALF, Advice, Situation, given
from twoway.audit.counts import IGNORED

_A_WEEK = 7
_MINUTES_EACH = 5
"""For reading a thread, finding out and answering; this project's guess, said where it is used."""


def ask_something(now: Situation) -> Advice | None:
    asked, alone = now.share("invitation"), now.share("monologue")
    if not asked or not alone or asked.value >= 0.08:  # the pages' median, 2016
        return None
    verb = "asks" if asked.hits == 1 else "ask"
    why = f"{asked.said('posts')} {verb} readers anything; {alone.said()} name nobody, quote nobody and ask nothing."
    return given(
        FEW * alone.hits, "Ask your readers something each week", why, asked.id, alone.posts
    )


def say_it_or_move_it(now: Situation) -> Advice | None:
    bare = now.share("link_only")
    if not bare or bare.value < 0.06:  # three pages in four stay below, 2016
        return None
    why = f"{bare.said('posts')} are little more than a link. Say in a sentence why it matters, or move them to a feed or newsletter."
    return given(FEW * bare.hits, "Say it, or move it to a feed", why, bare.id, bare.posts)


def stop_repeating(now: Situation) -> Advice | None:
    again = now.share("repeated_content")
    if not again or again.value < 0.1:
        return None
    why = f"{again.said('posts')} repeat an earlier one. Repetition is the first reason people give for leaving (ExactTarget 2011)."
    return given(FEW * again.hits, "Say it once, then talk about it", why, again.id, again.posts)


def join_in(now: Situation) -> Advice | None:
    sharing, elsewhere = now.share("sharing_others"), now.share("unprompted_comments")
    if not sharing or not elsewhere or sharing.value + elsewhere.value >= 0.05:
        return None
    why = f"{elsewhere.said('posts')} join in where nobody had called, {sharing.said()} share what others said."
    return given(FEW * sharing.n, "Join one talk a day that you did not start", why, elsewhere.id)


def leave(now: Situation) -> Advice | None:
    """Leaving is honourable; being there and silent is not (claim A9)."""
    if now.verdict.rule != "2b":
        return None
    asked = words.plural(now.counts.intervals, "post")
    why = (
        f"In {words.plural(round(now.days), 'day')} {asked} called for an answer. Find out where your people are; "
        "leaving a network is honourable, being there and silent is not."
    )
    return given(now.counts.own_posts, "Decide whether to be here at all", why, "reply_share")


def give_it_time(now: Situation) -> Advice | None:
    """Capacity: one in ten is no matter of trying harder; somebody must have the hours, or nobody be there."""
    answered, weeks = now.counts.answered, now.days / _A_WEEK
    if answered.n < 20 or answered.value >= IGNORED:
        return None
    asked, got = answered.n / weeks, answered.hits / weeks
    why = (
        f"People need about {words.count(round(asked, 1))} answers a week and get {words.count(round(got, 1))}. At {_MINUTES_EACH} minutes "
        f"each that is {_hours(asked * _MINUTES_EACH)} of work a week: hand the account to whoever has them, or leave "
        "and say where you can be reached."
    )
    return given(
        HALF * (answered.n - answered.hits),
        "Give it to somebody with the time, or leave",
        why,
        "response_rate",
    )


def bring_the_rest(now: Situation) -> Advice | None:
    """Nothing is gained by guessing: what is not in the collection is the first thing to get."""
    missing = [] if now.counts.has_replies else ["its own replies"]
    missing += [] if now.counts.inbound != "no" else ["what people say to it"]
    if not missing:
        return None
    what = words.listing(missing)
    why = f"This collection does not hold {what}, so nobody can tell who is left waiting. Its archive or a connected account has them."
    return given(0, f"Bring {what}", why, "response_rate")


RULES = (
    ask_something,
    say_it_or_move_it,
    stop_repeating,
    join_in,
    leave,
    give_it_time,
    bring_the_rest,
)


def _hours(minutes: float) -> str:
    return words.plural(round(minutes / 60, 1), "hour")

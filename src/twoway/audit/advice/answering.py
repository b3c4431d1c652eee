"""Advice about answering: who waits, who is left out, what an answer lacks."""

from twoway.audit import words
from twoway.audit.advice.situation import HALF, SOME, Advice, Situation, given
from twoway.audit.counts import DEVOTED, WITHIN_A_DAY
from twoway.audit.saying import marked, say
from twoway.audit.statistics import LEAST


def answer_who_waits(now: Situation) -> Advice | None:
    waiting = now.figures.get(("left_unanswered", ""))
    if waiting is None or not waiting.value:
        return None
    number = round(waiting.value)
    oldest = now.figures.get(("left_unanswered", "oldest"))
    shown = now.waiting or waiting.evidence
    if len(shown) == 1:
        do = say("Answer this one first")
    else:
        do = say("Answer these {these} first", these=words.spelled(len(shown)))
    newest = marked("Begin with the newest, who can still be helped.") if len(now.waiting) > 1 else ""  # fmt: skip
    longest = words.duration(oldest.value) if oldest and oldest.value else None
    why = words.together([words.open_calls(number, longest), newest])
    return given(number, do, why, waiting.id, shown)


def answer_complaints_too(now: Situation) -> Advice | None:
    good, bad = now.share("response_rate", "questions"), now.share("response_rate", "complaints")
    if not good or not bad or bad.value >= DEVOTED or bad.value > good.value - 0.1:
        return None
    why = good.said(
        "{n} of {all} questions was answered within three days, but {bad}.",
        "{n} of {all} questions were answered within three days, but {bad}.",
        bad=say("{hits} of {n} complaints", hits=bad.hits, n=bad.n),
    )
    do = marked("Answer complaints as you answer questions")
    return given(bad.missed, do, why, bad.id, bad.posts)


def answer_within_a_day(now: Situation) -> Advice | None:
    soon, ever = now.share("response_rate", "within_24h"), now.share("response_rate")
    if not soon or not ever or soon.value >= WITHIN_A_DAY or ever.hits - soon.hits < LEAST:
        return None
    why = soon.said(
        "{n} of {all} who asked heard back within a day, {ever} within three.",
        "{n} of {all} who asked heard back within a day, {ever} within three.",
        ever=words.of(ever.hits, ever.n),
    )
    slow = now.posts("first_response_time") or soon.posts
    return given(SOME * (ever.hits - soon.hits), marked("Answer on the day"), why, soon.id, slow)


def come_back(now: Situation) -> Advice | None:
    left = now.share("answers_under_own_posts", "no_return_24h")
    if not left or left.value < HALF:
        return None
    why = left.said(
        "Under {n} of {all} posts that people commented on, nobody came back within a day.",
        "Under {n} of {all} posts that people commented on, nobody came back within a day.",
    )
    do = marked("Come back to your own posts the next morning")
    return given(HALF * left.hits, do, why, left.id, left.posts)


def stay_for_the_answers(now: Situation) -> Advice | None:
    kept = now.share("invitation", "returned")
    if not kept or kept.value >= DEVOTED:
        return None
    why = say(
        "People took up {n} invitation; it came back to {came} of them.",
        "People took up {n} invitations; it came back to {came} of them.", n=kept.n, came=kept.hits,
    )  # fmt: skip
    return given(kept.missed, marked("Ask, and stay for the answers"), why, kept.id, kept.posts)


def sign(now: Situation) -> Advice | None:
    signed = now.share("named_people")
    if not signed or signed.value >= HALF:
        return None
    why = signed.said(
        "{n} of {all} replies carries a person’s name; half of 35 support desks sign at least 88 %.",
        "{n} of {all} replies carry a person’s name; half of 35 support desks sign at least 88 %.",
    )
    posts = now.posts("reply_share") or signed.posts
    return given(SOME * signed.missed, marked("Sign with a first name"), why, signed.id, posts)


def write_each_one(now: Situation) -> Advice | None:
    canned = now.share("canned_replies")
    if not canned or canned.value < 0.1:
        return None
    why = canned.said(
        "{n} of {all} replies comes from a template. Whoever gets one has not been answered yet.",
        "{n} of {all} replies come from a template. Whoever gets one has not been answered yet.",
    )
    gain = HALF * canned.value * now.counts.replies
    do = marked("Write each answer for the one who asked")
    return given(gain, do, why, canned.id, canned.posts)


def return_to_the_public(now: Situation) -> Advice | None:
    moved = now.share("taken_private")
    if not moved or moved.value < 0.32:  # three desks in four stay below, 2017
        return None
    ended = now.posts("taken_private", "public_outcome") or moved.posts
    why = moved.said(
        "{n} of {all} answers to complaints moved out of sight. Come back and say how it ended: everybody else was reading.",
        "{n} of {all} answers to complaints moved out of sight. Come back and say how it ended: everybody else was reading.",
    )
    return given(HALF * moved.hits, marked("Come back in public"), why, moved.id, ended)


def cover_nights(now: Situation) -> Advice | None:
    nights = now.figures.get(("response_equity", "night_weekend"))
    if not nights or nights.high is None or nights.high >= 1 or not nights.value:
        return None
    why = say(
        "Who writes at night or on a weekend is {times} times less likely to be answered.",
        times=1 / nights.value,
    )
    unanswered = now.counts.answered
    gain = SOME * (unanswered.n - unanswered.hits)
    do = marked("Cover nights and weekends, or say when you are there")
    return given(gain, do, why, "response_equity", nights.evidence)


def answer_their_language(now: Situation) -> Advice | None:
    other = now.figures.get(("response_equity", "other_language"))
    if not other or other.high is None or other.high >= 1 or not other.value:
        return None
    why = say(
        "Who writes in another language is {times} times less likely to be answered.",
        times=1 / other.value,
    )
    gain = SOME * (now.counts.answered.n - now.counts.answered.hits)
    do = marked("Answer in the language people write")
    return given(gain, do, why, "response_equity", other.evidence)


RULES = (
    answer_who_waits,
    answer_complaints_too,
    answer_within_a_day,
    come_back,
    stay_for_the_answers,
    sign,
    write_each_one,
    return_to_the_public,
    cover_nights,
    answer_their_language,
)

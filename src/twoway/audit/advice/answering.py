"""Advice about answering: who waits, who is left out, what an answer lacks."""

from twoway.audit import words
from twoway.audit.advice.situation import HALF, SOME, Advice, Situation, given
from twoway.audit.counts import DEVOTED, WITHIN_A_DAY
from twoway.audit.statistics import LEAST


def answer_who_waits(now: Situation) -> Advice | None:
    waiting = now.figures.get(("left_unanswered", ""))
    if waiting is None or not waiting.value:
        return None
    number = round(waiting.value)
    oldest = now.figures.get(("left_unanswered", "oldest"))
    since = f"; the oldest for {words.duration(oldest.value)}" if oldest and oldest.value else ""
    verb = "has" if number == 1 else "have"
    asked = words.plural(number, "question or complaint", "questions and complaints")
    shown = now.waiting or waiting.evidence
    these = "this one" if len(shown) == 1 else f"these {words.spelled(len(shown))}"
    newest = " Begin with the newest, who can still be helped." if len(now.waiting) > 1 else ""
    why = f"{asked} {verb} been open for more than a day{since}.{newest}"
    return given(number, f"Answer {these} first", why, waiting.id, shown)


def answer_complaints_too(now: Situation) -> Advice | None:
    good, bad = now.share("response_rate", "questions"), now.share("response_rate", "complaints")
    if not good or not bad or bad.value >= DEVOTED or bad.value > good.value - 0.1:
        return None
    why = f"{good.said('questions')} were answered within three days, but {bad.said('complaints')}."
    return given(bad.missed, "Answer complaints as you answer questions", why, bad.id, bad.posts)


def answer_within_a_day(now: Situation) -> Advice | None:
    soon, ever = now.share("response_rate", "within_24h"), now.share("response_rate")
    if not soon or not ever or soon.value >= WITHIN_A_DAY or ever.hits - soon.hits < LEAST:
        return None
    why = f"{soon.said('who asked')} heard back within a day, {ever.said()} within three."
    slow = now.posts("first_response_time") or soon.posts
    return given(SOME * (ever.hits - soon.hits), "Answer on the day", why, soon.id, slow)


def come_back(now: Situation) -> Advice | None:
    left = now.share("answers_under_own_posts", "no_return_24h")
    if not left or left.value < HALF:
        return None
    why = f"Under {left.said('posts')} that people commented on, nobody came back within a day."
    return given(
        HALF * left.hits, "Come back to your own posts the next morning", why, left.id, left.posts
    )


def stay_for_the_answers(now: Situation) -> Advice | None:
    kept = now.share("invitation", "returned")
    if not kept or kept.value >= DEVOTED:
        return None
    why = f"People took up {words.plural(kept.n, 'invitation')}; it came back to {words.count(kept.hits)} of them."
    return given(kept.missed, "Ask, and stay for the answers", why, kept.id, kept.posts)


def sign(now: Situation) -> Advice | None:
    signed = now.share("named_people")
    if not signed or signed.value >= HALF:
        return None
    why = f"{signed.said('replies')} carry a person’s name; half of 35 support desks sign at least 88 %."
    return given(
        SOME * signed.missed,
        "Sign with a first name",
        why,
        signed.id,
        now.posts("reply_share") or signed.posts,
    )


def write_each_one(now: Situation) -> Advice | None:
    canned = now.share("canned_replies")
    if not canned or canned.value < 0.1:
        return None
    why = f"{canned.said('replies')} come from a template. Whoever gets one has not been answered yet."
    return given(
        HALF * canned.value * now.counts.replies,
        "Write each answer for the one who asked",
        why,
        canned.id,
        canned.posts,
    )


def return_to_the_public(now: Situation) -> Advice | None:
    moved = now.share("taken_private")
    if not moved or moved.value < 0.32:  # three desks in four stay below, 2017
        return None
    ended = now.posts("taken_private", "public_outcome") or moved.posts
    why = f"{moved.said('answers to complaints')} moved out of sight. Come back and say how it ended: everybody else was reading."
    return given(HALF * moved.hits, "Come back in public", why, moved.id, ended)


def cover_nights(now: Situation) -> Advice | None:
    nights = now.figures.get(("response_equity", "night_weekend"))
    if not nights or nights.high is None or nights.high >= 1 or not nights.value:
        return None
    less = words.count(1 / nights.value)
    why = f"Who writes at night or on a weekend is {less} times less likely to be answered."
    unanswered = now.counts.answered
    gain = SOME * (unanswered.n - unanswered.hits)
    return given(
        gain,
        "Cover nights and weekends, or say when you are there",
        why,
        "response_equity",
        nights.evidence,
    )


def answer_their_language(now: Situation) -> Advice | None:
    other = now.figures.get(("response_equity", "other_language"))
    if not other or other.high is None or other.high >= 1 or not other.value:
        return None
    why = f"Who writes in another language is {words.count(1 / other.value)} times less likely to be answered."
    gain = SOME * (now.counts.answered.n - now.counts.answered.hits)
    return given(
        gain, "Answer in the language people write", why, "response_equity", other.evidence
    )


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

"""What would help most: rules over figures, each a change with its reason and the posts to start with.

Every rule that applies says how many conversations of the window the change would gain, at most:
one for each person left waiting; for everything else a share of the posts it touches. Those
shares are this project's judgement, not measured; they only put the steps in order.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from twoway.audit import words
from twoway.audit.counts import DEVOTED, WITHIN_A_DAY, Counts
from twoway.audit.findings import Evidence, Figure, Step, Verdict
from twoway.audit.statistics import LEAST

SHOWN = 3
_A_WEEK = 7
# What a changed post gains beside a person who waits and is answered.
_HALF, _SOME, _FEW = 0.5, 0.2, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the rules look at: figures that have a value, by id and part, and what they rest on."""

    figures: Mapping[tuple[str, str], Figure]
    counts: Counts
    verdict: Verdict
    days: float

    def share(self, id_: str, part: str = "") -> "Share | None":
        """Return a share that has a value."""
        figure = self.figures.get((id_, part))
        if figure is None or figure.value is None or figure.hits is None:
            return None
        return Share(id_, figure.hits, figure.n, figure.value, figure.evidence)

    def posts(self, id_: str, part: str = "") -> tuple[Evidence, ...]:
        """Return the posts that show a figure."""
        figure = self.figures.get((id_, part))
        return figure.evidence if figure else ()


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the measure `id` that has a value."""

    id: str
    hits: int
    n: int
    value: float
    posts: tuple[Evidence, ...]

    @property
    def missed(self) -> int:
        return self.n - self.hits

    def said(self, noun: str = "") -> str:
        """Return "3 of 1,204 posts"."""
        return words.of(self.hits, self.n, noun)


@dataclass(frozen=True, slots=True)
class Advice:
    """A step and the conversations it would gain."""

    gain: float
    step: Step


Rule = Callable[[Situation], Advice | None]


def advise(
    figures: tuple[Figure, ...], counts: Counts, verdict: Verdict, days: float
) -> tuple[Step, ...]:
    """Return the three steps that would gain most conversation."""
    situation = Situation(
        figures=dict(_with_values(figures)), counts=counts, verdict=verdict, days=max(days, 1)
    )
    found = [advice for rule in RULES if (advice := rule(situation))]
    best = sorted(found, key=lambda advice: -advice.gain)[:SHOWN]
    return tuple(advice.step for advice in best)


def _with_values(figures: tuple[Figure, ...]) -> Iterator[tuple[tuple[str, str], Figure]]:
    for figure in figures:
        for part_id, one in (("", figure), *((part.id, part) for part in figure.parts)):
            if one.status == "ok":
                yield (figure.id, part_id), one


def _answer_who_waits(now: Situation) -> Advice | None:
    waiting = now.figures.get(("left_unanswered", ""))
    if waiting is None or not waiting.value:
        return None
    number = round(waiting.value)
    oldest = now.figures.get(("left_unanswered", "oldest"))
    since = f"; the oldest for {words.duration(oldest.value)}" if oldest and oldest.value else ""
    verb = "has" if number == 1 else "have"
    asked = words.plural(number, "question or complaint", "questions and complaints")
    shown = len(waiting.evidence) or number
    these = "this one" if shown == 1 else f"these {words.spelled(shown)}"
    return _advice(
        number,
        f"Answer {these} first",
        f"{asked} {verb} been open for more than a day{since}.",
        waiting.id,
        waiting.evidence,
    )


def _answer_complaints_too(now: Situation) -> Advice | None:
    good, bad = now.share("response_rate", "questions"), now.share("response_rate", "complaints")
    if not good or not bad or bad.value >= DEVOTED or bad.value > good.value - 0.1:
        return None
    why = f"{good.said('questions')} were answered within three days, but {bad.said('complaints')}."
    return _advice(bad.missed, "Answer complaints as you answer questions", why, bad.id, bad.posts)


def _answer_within_a_day(now: Situation) -> Advice | None:
    soon, ever = now.share("response_rate", "within_24h"), now.share("response_rate")
    if not soon or not ever or soon.value >= WITHIN_A_DAY or ever.hits - soon.hits < LEAST:
        return None
    why = f"{soon.said('who asked')} heard back within a day, {ever.said()} within three."
    slow = now.posts("first_response_time") or soon.posts
    return _advice(_SOME * (ever.hits - soon.hits), "Answer on the day", why, soon.id, slow)


def _come_back(now: Situation) -> Advice | None:
    left = now.share("answers_under_own_posts", "no_return_24h")
    if not left or left.value < _HALF:
        return None
    why = f"Under {left.said('posts')} that people commented on, nobody came back within a day."
    return _advice(
        _HALF * left.hits, "Come back to your own posts the next morning", why, left.id, left.posts
    )


def _stay_for_the_answers(now: Situation) -> Advice | None:
    kept = now.share("invitation", "returned")
    if not kept or kept.value >= DEVOTED:
        return None
    why = f"People took up {words.plural(kept.n, 'invitation')}; it came back to {words.count(kept.hits)} of them."
    return _advice(kept.missed, "Ask, and stay for the answers", why, kept.id, kept.posts)


def _ask_something(now: Situation) -> Advice | None:
    asked, alone = now.share("invitation"), now.share("monologue")
    if not asked or not alone or asked.value >= 0.08:  # the pages' median, 2016
        return None
    why = f"{asked.said('posts')} ask readers anything; {alone.said()} name nobody, quote nobody and ask nothing."
    return _advice(
        _FEW * alone.hits, "Ask your readers something each week", why, asked.id, alone.posts
    )


def _say_it_or_move_it(now: Situation) -> Advice | None:
    bare = now.share("link_only")
    if not bare or bare.value < 0.06:  # three pages in four stay below, 2016
        return None
    why = f"{bare.said('posts')} are little more than a link. Say in a sentence why it matters, or move them to a feed or newsletter."
    return _advice(_FEW * bare.hits, "Say it, or move it to a feed", why, bare.id, bare.posts)


def _stop_repeating(now: Situation) -> Advice | None:
    again = now.share("repeated_content")
    if not again or again.value < 0.1:
        return None
    why = f"{again.said('posts')} repeat an earlier one. Repetition is the first reason people give for leaving (ExactTarget 2011)."
    return _advice(_FEW * again.hits, "Say it once, then talk about it", why, again.id, again.posts)


def _sign(now: Situation) -> Advice | None:
    signed = now.share("named_people")
    if not signed or signed.value >= _HALF:
        return None
    why = f"{signed.said('replies')} carry a person’s name; half of 35 support desks sign at least 88 %."
    return _advice(
        _SOME * signed.missed,
        "Sign with a first name",
        why,
        signed.id,
        now.posts("reply_share") or signed.posts,
    )


def _write_each_one(now: Situation) -> Advice | None:
    canned = now.share("canned_replies")
    if not canned or canned.value < 0.1:
        return None
    why = f"{canned.said('replies')} come from a template. Whoever gets one has not been answered yet."
    return _advice(
        _HALF * canned.value * now.counts.replies,
        "Write each answer for the one who asked",
        why,
        canned.id,
        canned.posts,
    )


def _return_to_the_public(now: Situation) -> Advice | None:
    moved = now.share("taken_private")
    if not moved or moved.value < 0.32:  # three desks in four stay below, 2017
        return None
    ended = now.posts("taken_private", "public_outcome") or moved.posts
    why = f"{moved.said('answers to complaints')} moved out of sight. Come back and say how it ended: everybody else was reading."
    return _advice(_HALF * moved.hits, "Come back in public", why, moved.id, ended)


def _cover_nights(now: Situation) -> Advice | None:
    nights = now.figures.get(("response_equity", "night_weekend"))
    if not nights or nights.high is None or nights.high >= 1 or not nights.value:
        return None
    less = words.count(1 / nights.value)
    why = f"Who writes at night or on a weekend is {less} times less likely to be answered."
    unanswered = now.counts.answered
    gain = _SOME * (unanswered.n - unanswered.hits)
    return _advice(
        gain,
        "Cover nights and weekends, or say when you are there",
        why,
        "response_equity",
        nights.evidence,
    )


def _answer_their_language(now: Situation) -> Advice | None:
    other = now.figures.get(("response_equity", "other_language"))
    if not other or other.high is None or other.high >= 1 or not other.value:
        return None
    why = f"Who writes in another language is {words.count(1 / other.value)} times less likely to be answered."
    gain = _SOME * (now.counts.answered.n - now.counts.answered.hits)
    return _advice(
        gain, "Answer in the language people write", why, "response_equity", other.evidence
    )


def _join_in(now: Situation) -> Advice | None:
    sharing, elsewhere = now.share("sharing_others"), now.share("unprompted_comments")
    if not sharing or not elsewhere or sharing.value + elsewhere.value >= 0.05:
        return None
    why = f"{elsewhere.said('posts')} join in where nobody had called, {sharing.said()} share what others said."
    return _advice(
        _FEW * sharing.n, "Join one talk a day that you did not start", why, elsewhere.id
    )


def _leave(now: Situation) -> Advice | None:
    """Leaving is honourable; being there and silent is not (claim A9)."""
    if now.verdict.rule != "2b":
        return None
    asked = words.plural(now.counts.intervals, "post")
    why = (
        f"In {words.plural(round(now.days), 'day')} {asked} called for an answer. Find out where your people are; "
        "leaving a network is honourable, being there and silent is not."
    )
    return _advice(now.counts.own_posts, "Decide whether to be here at all", why, "reply_share")


def _hand_it_over(now: Situation) -> Advice | None:
    """Capacity: a team that answers one in ten will not catch up by trying harder."""
    answered, weeks = now.counts.answered, now.days / _A_WEEK
    if answered.n < 20 or answered.value >= 0.12:
        return None
    asked, given = answered.n / weeks, answered.hits / weeks
    why = (
        f"People need about {words.count(round(asked, 1))} answers a week and get {words.count(round(given, 1))}. Hand the account "
        "to people who have the time for it, or leave and say where you can be reached."
    )
    return _advice(
        _HALF * (answered.n - answered.hits), "Hand it over, or leave", why, "response_rate"
    )


RULES: tuple[Rule, ...] = (
    _answer_who_waits, _answer_complaints_too, _answer_within_a_day, _come_back, _stay_for_the_answers,
    _ask_something, _say_it_or_move_it, _stop_repeating, _sign, _write_each_one, _return_to_the_public,
    _cover_nights, _answer_their_language, _join_in, _leave, _hand_it_over,
)  # fmt: skip


def _advice(gain: float, do: str, why: str, id_: str, posts: tuple[Evidence, ...] = ()) -> Advice:
    return Advice(gain, Step(do=do, why=why, figure=id_, evidence=posts))

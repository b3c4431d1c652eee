"""What the verdict says: one sentence, and reasons with numbers for each paragraph of the rule."""

from twoway.audit import words
from twoway.audit.counts import (
    BROADCAST,
    FEWEST_POSTS,
    FIRM_POSTS,
    IGNORED,
    Condition,
    Counts,
    Tally,
)
from twoway.audit.findings import Verdict

_NOUNS = {"questions": "questions", "complaints": "complaints", "within_24h": "of those who waited"}
_ASKED = "questions, complaints and requests"


def not_seen(counts: Counts, handle: str) -> Verdict:
    """Say that own posts or replies are not in the collection."""
    missing = [
        name
        for name, seen in (("posts", counts.has_originals), ("replies", counts.has_replies))
        if not seen
    ]
    what = words.listing(missing)
    return Verdict(
        name="too_little_data", firm=None, rule="1",
        sentence=f"Too little to judge @{handle}: its own {what} are not in the collection.",
        reasons=(f"Whether it answers anyone cannot be seen without its {what}.",),
    )  # fmt: skip


def too_few(counts: Counts, handle: str) -> Verdict:
    """Say that too few own posts lie in the window."""
    found = counts.originals + counts.replies
    said = words.plural(found, "post", "posts and replies")
    return Verdict(
        name="too_little_data", firm=None, rule="1",
        sentence=f"Too little to judge @{handle}: {said} in this window.",
        reasons=(f"A verdict needs at least {FEWEST_POSTS} posts and replies of its own; there are {words.count(found)}.",),
    )  # fmt: skip


def not_judged(handle: str, made: int, every: int) -> Verdict:
    """Say that some measures were asked for, and no verdict."""
    return Verdict(
        name="not_judged", firm=None, rule="",
        sentence=f"@{handle} is not judged: only {made} of {every} measures were made.",
        reasons=("A verdict needs all measures: leave out --only.",),
    )  # fmt: skip


def notworking(counts: Counts, handle: str, paragraphs: tuple[str, ...], *, firm: bool) -> Verdict:
    """Say that it talks to itself, and by which paragraphs."""
    told = {"2a": _unanswered, "2b": _alone, "2c": _unheard}
    reasons = [_few_answers(counts), *(line for name in paragraphs for line in told[name](counts))]
    lead = f"@{handle} {'talks' if firm else 'seems to talk'} to itself"
    said = _answer_anyone(counts.reply_share)
    if paragraphs == ("2b",):
        lead, said = "Nobody is being talked with", said.replace(" of ", f" of @{handle}'s ", 1)
    return Verdict(
        name="notworking", firm=firm, rule=paragraphs[0],
        sentence=f"{lead}: {said}.",
        reasons=(*reasons, *_doubt(counts, firm=firm, paragraph=paragraphs[0])),
    )  # fmt: skip


def networking(
    counts: Counts, handle: str, conditions: tuple[Condition, ...], *, firm: bool
) -> Verdict:
    """Say that it talks with people, and how well."""
    rates = [
        f"{words.share(c.tally.value)} of {_NOUNS[c.id]}"
        for c in conditions
        if c.id in ("questions", "complaints")
    ]
    verb = "talks" if firm else "seems to talk"
    passed = tuple(_passed_over(conditions))
    return Verdict(
        name="networking", firm=firm, rule="3",
        sentence=f"@{handle} {verb} with people: it answers {words.listing(rates)} within three days.",
        reasons=(*map(_told, conditions), *passed, *_doubt(counts, firm=firm)),
    )  # fmt: skip


def mixed(counts: Counts, handle: str, conditions: tuple[Condition, ...], *, firm: bool) -> Verdict:
    """Say which condition of talking with people failed."""
    failed = [c for c in conditions if not c.holds and c.tally.is_enough]
    held = [c for c in conditions if c.holds]
    unjudged = tuple(_unjudged(counts, conditions))
    return Verdict(
        name="mixed", firm=firm, rule="4",
        sentence=f"{_half_way(counts, handle, failed)}.",
        reasons=(*map(_told, failed), *unjudged, *map(_told, held), *_doubt(counts, firm=firm)),
    )  # fmt: skip


def _half_way(counts: Counts, handle: str, failed: list[Condition]) -> str:
    by_id = {condition.id: condition.tally for condition in failed}
    answers = [
        f"{words.of(by_id[id_].hits, by_id[id_].n, _NOUNS[id_])}"
        for id_ in ("questions", "complaints")
        if id_ in by_id
    ]
    if "reply_share" not in by_id:
        if answers:
            return f"@{handle} talks with people, but answered only {words.listing(answers)} within three days"
        if "within_24h" in by_id:
            late = words.of(round(by_id["within_24h"].hits), by_id["within_24h"].n)
            return (
                f"@{handle} talks with people, but late: {late} who waited heard back within a day"
            )
        return f"@{handle} talks with people, but whom it leaves waiting could not be judged"
    posts = _answer_anyone(counts.reply_share)
    if answers:
        return f"@{handle} answers now and then: {posts}, and {words.listing(answers)} heard back within three days"
    return f"@{handle} mostly posts: {posts}"


def _answer_anyone(tally: Tally) -> str:
    if tally.hits == 0:
        return f"none of {words.count(tally.n)} posts answers anyone"
    verb = "answers" if tally.hits == 1 else "answer"
    return f"{words.of(tally.hits, tally.n, 'posts')} {verb} anyone"


def _few_answers(counts: Counts) -> str:
    tally = counts.reply_share
    return words.sentence(
        f"{_answer_anyone(tally)} ({words.share(tally.value)}); below 5 % is broadcasting, a limit of this project"
    )


def _unanswered(counts: Counts) -> list[str]:
    """Tell each half of 2a that holds."""
    lines = []
    if counts.answered.is_below(IGNORED):
        lines.append(
            f"{words.of(counts.answered.hits, counts.answered.n, _ASKED)} were answered within three days "
            f"({words.share(counts.answered.value)}); brands answered 12 % on average (Sprout 2015)."
        )
    if counts.comments.is_below(BROADCAST):
        lines.append(
            f"{words.of(counts.comments.hits, counts.comments.n, 'comments')} under its own posts that called for "
            f"an answer got one within three days ({words.share(counts.comments.value)}); below 5 % nobody is heard."
        )
    return lines


def _alone(counts: Counts) -> list[str]:
    asked = f"only {words.plural(counts.intervals, 'post')}" if counts.intervals else "no post"
    lines = [f"Hardly anyone speaks to it: {asked} called for an answer."]
    seen = [
        name
        for name, value in (
            ("comments elsewhere", counts.unprompted),
            ("shares others", counts.sharing),
        )
        if value is not None
    ]
    if seen:
        joins = words.of(counts.joining_in.hits, counts.joining_in.n, "posts")
        lines.append(
            f"It hardly {words.listing(seen, 'or')}: {joins} ({words.share(counts.joining_in.value)})."
        )
    return lines


def _unheard(counts: Counts) -> list[str]:  # noqa: ARG001 - the three paragraphs are told alike
    return ["We could not hear the other side: what people say to it is not in the collection."]


def _told(condition: Condition) -> str:
    """Tell a condition with its figure and its limit."""
    tally, value = condition.tally, words.share(condition.tally.value)
    least = f"{words.share(condition.limit)} {'is' if condition.holds else 'would be'} enough"
    if condition.id == "reply_share":
        return words.sentence(f"{_answer_anyone(tally)} ({value}; {least})")
    if condition.id == "within_24h":
        return f"{words.of(round(tally.hits), tally.n)} who waited heard back within a day ({value}; {least})."
    noun = _NOUNS[condition.id]
    verb = "was" if tally.hits == 1 else "were"
    return f"{words.of(tally.hits, tally.n, noun)} {verb} answered within three days ({value}; {least})."


def _passed_over(conditions: tuple[Condition, ...]) -> list[str]:
    judged = {condition.id for condition in conditions}
    missing = [kind for kind in ("questions", "complaints") if kind not in judged]
    return [
        f"Fewer than five {kind} are too few to judge by, so they were passed over."
        for kind in missing
    ]


def _unjudged(counts: Counts, conditions: tuple[Condition, ...]) -> list[str]:
    if counts.inbound == "no":
        return ["We could not hear the other side: what people say to it is not in the collection."]
    missing = _passed_over(conditions)
    if len(missing) == 2:
        return [
            "Fewer than five questions and fewer than five complaints are too few to say whether people are answered."
        ]
    return missing


def _doubt(counts: Counts, *, firm: bool, paragraph: str = "") -> list[str]:
    """Say why a verdict is provisional; nothing where it is firm."""
    if firm:
        return []
    if counts.own_posts < FIRM_POSTS:
        return [
            f"Provisional: it rests on {words.plural(counts.own_posts, 'own post')}; with 30 it can be firm."
        ]
    if paragraph == "2c":
        return ["Provisional: with what people say to it, the verdict can be firm."]
    if paragraph == "2b" and not counts.is_joining_seen:
        return ["Provisional: whether it comments elsewhere and shares others could not be seen."]
    return ["Provisional: the figures are too few, or too close to a limit, to be certain (95 %)."]

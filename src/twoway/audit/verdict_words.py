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
from twoway.audit.saying import Said, forms, marked, say

_OF_KIND = {"questions": marked("{hits} of {n} questions"), "complaints": marked("{hits} of {n} complaints")}  # fmt: skip
_SHARE_OF_KIND = {"questions": marked("{share} of questions"), "complaints": marked("{share} of complaints")}  # fmt: skip
_ANSWERED = {
    "questions": forms(
        "{n} of {all} questions was answered within three days ({value}; {enough}).",
        "{n} of {all} questions were answered within three days ({value}; {enough}).",
    ),
    "complaints": forms(
        "{n} of {all} complaints was answered within three days ({value}; {enough}).",
        "{n} of {all} complaints were answered within three days ({value}; {enough}).",
    ),
}
_PASSED_OVER = {
    "questions": marked("Fewer than five questions are too few to judge by, so they were passed over."),
    "complaints": marked("Fewer than five complaints are too few to judge by, so they were passed over."),
}  # fmt: skip
_UNHEARD = marked(
    "We could not hear the other side: what people say to it is not in the collection."
)
_NONE_JUDGED = marked(
    "Fewer than five questions and fewer than five complaints are too few to say whether people are answered."
)


def not_seen(counts: Counts, handle: str) -> Verdict:
    """Say that own posts or replies are not in the collection."""
    missing = [
        name
        for name, seen in ((say("posts"), counts.has_originals), (say("replies"), counts.has_replies))
        if not seen
    ]  # fmt: skip
    what = words.listing(missing)
    return Verdict(
        name="too_little_data", firm=None, rule="1",
        sentence=say("Too little to judge @{handle}: its own {what} are not in the collection.", handle=handle, what=what),
        reasons=(say("Whether it answers anyone cannot be seen without its {what}.", what=what),),
    )  # fmt: skip


def too_few(counts: Counts, handle: str) -> Verdict:
    """Say that too few own posts lie in the window."""
    found = counts.originals + counts.replies
    return Verdict(
        name="too_little_data", firm=None, rule="1",
        sentence=say(
            "Too little to judge @{handle}: {n} post in this window.",
            "Too little to judge @{handle}: {n} posts and replies in this window.", handle=handle, n=found,
        ),
        reasons=(say(
            "A verdict needs at least {least} posts and replies of its own; there are {found}.",
            least=FEWEST_POSTS, found=found,
        ),),
    )  # fmt: skip


def not_judged(handle: str, made: int, every: int) -> Verdict:
    """Say that some measures were asked for, and no verdict."""
    return Verdict(
        name="not_judged", firm=None, rule="",
        sentence=say(
            "@{handle} is not judged: only {made} of {every} measures were made.", handle=handle, made=made, every=every,
        ),
        reasons=(say("A verdict needs all measures: leave out --only."),),
    )  # fmt: skip


def notworking(counts: Counts, handle: str, paragraphs: tuple[str, ...], *, firm: bool) -> Verdict:
    """Say that it talks to itself, and by which paragraphs."""
    told = {"2a": _unanswered, "2b": _alone, "2c": _unheard}
    reasons = [_few_answers(counts), *(line for name in paragraphs for line in told[name](counts))]
    answers = _answer_anyone(counts.reply_share)
    if paragraphs == ("2b",):
        sentence = _talked_with_nobody(counts.reply_share, handle)
    elif firm:
        sentence = say("@{handle} talks to itself: {answers}.", handle=handle, answers=answers)
    else:
        sentence = say("@{handle} seems to talk to itself: {answers}.", handle=handle, answers=answers)  # fmt: skip
    return Verdict(
        name="notworking", firm=firm, rule=paragraphs[0], sentence=sentence,
        reasons=(*reasons, *_doubt(counts, firm=firm, paragraph=paragraphs[0])),
    )  # fmt: skip


def _talked_with_nobody(tally: Tally, handle: str) -> Said:
    if not tally.hits:
        return say(
            "Nobody is being talked with: none of @{handle}'s {all} posts answers anyone.", handle=handle, all=tally.n
        )  # fmt: skip
    return say(
        "Nobody is being talked with: {n} of @{handle}'s {all} posts answers anyone.",
        "Nobody is being talked with: {n} of @{handle}'s {all} posts answer anyone.",
        n=tally.hits, handle=handle, all=tally.n,
    )  # fmt: skip


def networking(
    counts: Counts, handle: str, conditions: tuple[Condition, ...], *, firm: bool
) -> Verdict:
    """Say that it talks with people, and how well."""
    rates = words.listing([
        say(_SHARE_OF_KIND[c.id], share=words.share(c.tally.value)) for c in conditions if c.id in _SHARE_OF_KIND
    ])  # fmt: skip
    if firm:
        sentence = say(
            "@{handle} talks with people: it answers {rates} within three days.", handle=handle, rates=rates
        )  # fmt: skip
    else:
        sentence = say(
            "@{handle} seems to talk with people: it answers {rates} within three days.", handle=handle, rates=rates
        )  # fmt: skip
    passed = tuple(_passed_over(conditions))
    return Verdict(
        name="networking", firm=firm, rule="3", sentence=sentence,
        reasons=(*map(_told, conditions), *passed, *_doubt(counts, firm=firm)),
    )  # fmt: skip


def mixed(counts: Counts, handle: str, conditions: tuple[Condition, ...], *, firm: bool) -> Verdict:
    """Say which condition of talking with people failed."""
    failed = [c for c in conditions if not c.holds and c.tally.is_enough]
    held = [c for c in conditions if c.holds]
    unjudged = tuple(_unjudged(counts, conditions))
    return Verdict(
        name="mixed", firm=firm, rule="4", sentence=_half_way(counts, handle, failed),
        reasons=(*map(_told, failed), *unjudged, *map(_told, held), *_doubt(counts, firm=firm)),
    )  # fmt: skip


def _half_way(counts: Counts, handle: str, failed: list[Condition]) -> Said:
    by_id: dict[str, Tally] = {condition.id: condition.tally for condition in failed}
    answered = words.listing([
        say(told, hits=by_id[id_].hits, n=by_id[id_].n) for id_, told in _OF_KIND.items() if id_ in by_id
    ])  # fmt: skip
    posts = _answer_anyone(counts.reply_share)
    if "reply_share" in by_id and answered:
        return say(
            "@{handle} answers now and then: {posts}, and {answered} heard back within three days.",
            handle=handle, posts=posts, answered=answered,
        )  # fmt: skip
    if "reply_share" in by_id:
        return say("@{handle} mostly posts: {posts}.", handle=handle, posts=posts)
    if answered:
        return say(
            "@{handle} talks with people, but answered only {answered} within three days.",
            handle=handle, answered=answered,
        )  # fmt: skip
    if "within_24h" in by_id:
        late = by_id["within_24h"]
        return say(
            "@{handle} talks with people, but late: {hits} of {n} who waited heard back within a day.",
            handle=handle, hits=round(late.hits), n=late.n,
        )  # fmt: skip
    return say(
        "@{handle} talks with people, but whom it leaves waiting could not be judged.",
        handle=handle,
    )


def _answer_anyone(tally: Tally) -> Said:
    if tally.hits == 0:
        return say("none of {all} posts answers anyone", all=tally.n)
    return say(
        "{n} of {all} posts answers anyone", "{n} of {all} posts answer anyone",
        n=tally.hits, all=tally.n,
    )  # fmt: skip


def _few_answers(counts: Counts) -> Said:
    tally = counts.reply_share
    return say(
        "{answers:capital} ({value}); below 5 % is broadcasting, a limit of this project.",
        answers=_answer_anyone(tally), value=words.share(tally.value),
    )  # fmt: skip


def _unanswered(counts: Counts) -> list[str]:
    """Tell each half of 2a that holds."""
    lines: list[str] = []
    if counts.answered.is_below(IGNORED):
        lines.append(say(
            "{n} of {all} questions, complaints and requests was answered within three days ({value}); "
            "brands answered 12 % on average (Sprout 2015).",
            "{n} of {all} questions, complaints and requests were answered within three days ({value}); "
            "brands answered 12 % on average (Sprout 2015).",
            n=counts.answered.hits, all=counts.answered.n, value=words.share(counts.answered.value),
        ))  # fmt: skip
    if counts.comments.is_below(BROADCAST):
        lines.append(say(
            "{n} of {all} comments under its own posts that called for an answer got one within three days "
            "({value}); below 5 % nobody is heard.",
            "{n} of {all} comments under its own posts that called for an answer got one within three days "
            "({value}); below 5 % nobody is heard.",
            n=counts.comments.hits, all=counts.comments.n, value=words.share(counts.comments.value),
        ))  # fmt: skip
    return lines


def _alone(counts: Counts) -> list[str]:
    if counts.intervals:
        asked = say(
            "Hardly anyone speaks to it: only {n} post called for an answer.",
            "Hardly anyone speaks to it: only {n} posts called for an answer.", n=counts.intervals,
        )  # fmt: skip
    else:
        asked = say("Hardly anyone speaks to it: no post called for an answer.")
    seen = [
        name
        for name, value in (
            (say("comments elsewhere"), counts.unprompted),
            (say("shares others"), counts.sharing),
        )
        if value is not None
    ]
    if not seen:
        return [asked]
    joins = say(
        "It hardly {what}: {hits} of {n} posts ({value}).", what=words.listing(seen, "or"),
        hits=counts.joining_in.hits, n=counts.joining_in.n, value=words.share(counts.joining_in.value),
    )  # fmt: skip
    return [asked, joins]


def _unheard(counts: Counts) -> list[str]:  # noqa: ARG001 - the three paragraphs are told alike
    return [_UNHEARD]


def _told(condition: Condition) -> Said:
    """Tell a condition with its figure and its limit."""
    tally, value = condition.tally, words.share(condition.tally.value)
    least = words.share(condition.limit)
    if condition.holds:
        enough = say("{least} is enough", least=least)
    else:
        enough = say("{least} would be enough", least=least)
    if condition.id == "reply_share":
        return say("{answers:capital} ({value}; {enough}).", answers=_answer_anyone(tally), value=value, enough=enough)  # fmt: skip
    if condition.id == "within_24h":
        return say(
            "{n} of {all} who waited heard back within a day ({value}; {enough}).",
            "{n} of {all} who waited heard back within a day ({value}; {enough}).",
            n=round(tally.hits), all=tally.n, value=value, enough=enough,
        )  # fmt: skip
    return say(*_ANSWERED[condition.id], n=tally.hits, all=tally.n, value=value, enough=enough)


def _passed_over(conditions: tuple[Condition, ...]) -> list[str]:
    judged = {condition.id for condition in conditions}
    return [told for kind, told in _PASSED_OVER.items() if kind not in judged]


def _unjudged(counts: Counts, conditions: tuple[Condition, ...]) -> list[str]:
    if counts.inbound == "no":
        return [_UNHEARD]
    missing = _passed_over(conditions)
    return [_NONE_JUDGED] if len(missing) == 2 else missing


def _doubt(counts: Counts, *, firm: bool, paragraph: str = "") -> list[str]:
    """Say why a verdict is provisional; nothing where it is firm."""
    if firm:
        return []
    if counts.own_posts < FIRM_POSTS:
        return [say(
            "Provisional: it rests on {n} own post; with {enough} it can be firm.",
            "Provisional: it rests on {n} own posts; with {enough} it can be firm.",
            n=counts.own_posts, enough=FIRM_POSTS,
        )]  # fmt: skip
    if paragraph == "2c":
        return [marked("Provisional: with what people say to it, the verdict can be firm.")]
    if paragraph == "2b" and not counts.is_joining_seen:
        return [marked("Provisional: whether it comments elsewhere and shares others could not be seen.")]  # fmt: skip
    return [marked("Provisional: the figures are too few, or too close to a limit, to be certain (95 %).")]  # fmt: skip

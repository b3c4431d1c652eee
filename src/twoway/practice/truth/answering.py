"""How an organisation answers: measures 3 to 7, 9, 20, counted from the waits of the script."""

from collections.abc import Iterable, Iterator

from twoway.practice.clock import DAY, HOUR, MINUTE
from twoway.practice.facts import Heard, Kindness, Wait
from twoway.practice.lines import Line
from twoway.practice.truth import alike, laws
from twoway.practice.truth.figures import Truth, count, share
from twoway.practice.truth.view import View
from twoway.practice.wording import look

_ANSWERED = ("answer", "taken_private")
_PARTS = {"questions": "question", "complaints": "complaint", "requests": "request"}


def counts(view: View) -> Iterator[tuple[str, Truth]]:
    """Count answers, and those that never came."""
    law = laws.Law(view)
    old = [wait for wait in view.waits if view.ends - wait.since >= 72 * HOUR]
    rate = _judged(old, 72 * HOUR)
    yield "response_rate", share((hit for _, hit in rate), law.rate(view.waits, 72 * HOUR))
    for part, kind in _PARTS.items():
        of_kind = [wait for wait in old if kind in wait.kinds]
        yield (
            f"response_rate.{part}",
            share((hit for _, hit in _judged(of_kind, 72 * HOUR)), law.rate(of_kind, 72 * HOUR)),
        )
    canned = _repeated_replies(view)
    yield (
        "response_rate.without_canned",
        share(hit and wait.answer not in canned for wait, hit in rate),
    )
    yield (
        "response_rate.within_24h",
        share((hit for _, hit in _judged(view.waits, DAY, young=True)), law.rate(view.waits, DAY)),
    )
    praise = [
        one for one in view.kindnesses if _is_praise(one) and view.ends - one.since >= 7 * DAY
    ]
    kind_words = share(
        one.settled_at is not None and one.settled_at - one.since <= 7 * DAY for one in praise
    )
    yield "response_rate.praise", kind_words
    yield from _gap(view, law, kind_words)
    yield from _left(view)
    yield from _times(view, law)
    yield from _below_own_posts(view)
    yield from _moved(view)


def _judged(waits: Iterable[Wait], within: int, *, young: bool = False) -> list[tuple[Wait, bool]]:
    """Return the waits that can be judged, and whether each was answered in time.

    One that turned elsewhere in that time is left out; so is, with `young`, one that is still open
    and younger than that.
    """
    judged = []
    for wait in waits:
        if wait.ended_at is None:
            if young and _age(wait) < within:
                continue
            judged.append((wait, False))
        elif wait.ended_by in _ANSWERED:
            judged.append((wait, wait.ended_at - wait.since <= within))
        elif wait.ended_at - wait.since > within:
            judged.append((wait, False))
    return judged


def _age(wait: Wait) -> int:
    return wait.seen_until - wait.since


def _is_praise(kindness: Kindness) -> bool:
    return "praise" in kindness.kinds or "closer" in kindness.kinds


def _gap(view: View, law: laws.Law, praise: Truth) -> Iterator[tuple[str, Truth]]:
    complaints = [
        wait
        for wait in view.waits
        if "complaint" in wait.kinds and view.ends - wait.since >= 72 * HOUR
    ]
    rate = share(hit for _, hit in _judged(complaints, 72 * HOUR))
    value = None if rate.value is None or praise.value is None else rate.value - praise.value
    expected = law.rate(complaints, 72 * HOUR)
    kind = law.kindness(view)
    parameter = None if expected is None or kind is None else expected - kind
    yield "good_bad_gap", Truth(value, rate.n + praise.n, None, parameter)


def _left(view: View) -> Iterator[tuple[str, Truth]]:
    ages = [
        view.ends - wait.since
        for wait in view.waits
        if wait.ended_at is None and {"question", "complaint"} & set(wait.kinds)
    ]
    yield "left_unanswered", count(age for age in ages if age >= 24 * HOUR)
    yield "left_unanswered.after_72h", count(age for age in ages if age >= 72 * HOUR)
    oldest = max((age for age in ages if age >= 24 * HOUR), default=None)
    yield "left_unanswered.oldest", Truth(None if oldest is None else oldest / MINUTE)


def _times(view: View, law: laws.Law) -> Iterator[tuple[str, Truth]]:
    answered = [wait for wait in view.waits if wait.ended_by in _ANSWERED]
    for part, where in (("median", 0.5), ("p90", 0.9)):
        yield (
            f"first_response_time.{part}_all",
            Truth(None, len(view.waits), None, law.quantile_all(where)),
        )
        yield (
            f"first_response_time.{part}_answered",
            Truth(None, len(answered), None, law.quantile_answered(where)),
        )
    yield (
        "answered_within_hour",
        share(
            (hit for _, hit in _judged(view.waits, HOUR, young=True)), law.rate(view.waits, HOUR)
        ),
    )
    yield (
        "answered_within_hour.answered",
        share(
            (wait.ended_at is not None and wait.ended_at - wait.since <= HOUR for wait in answered),
            law.within_among_answered(HOUR),
        ),
    )


def _below_own_posts(view: View) -> Iterator[tuple[str, Truth]]:
    """Count comments directly below originals, and what came back."""
    originals = {told.line for told in view.originals}
    comments = [heard for heard in view.heard if heard.below_original is not None]
    old = [heard for heard in comments if view.ends - heard.line.at >= 72 * HOUR]
    eligible = [
        _is_within(heard.line.at, heard.answered_at, 72 * HOUR)
        for heard in old
        if heard.call == "answer" and not _went_elsewhere(heard, 72 * HOUR)
    ]
    yield "answers_under_own_posts", share(eligible)
    yield (
        "answers_under_own_posts.all_comments",
        share(
            heard.answered_at is not None and heard.answered_at - heard.line.at <= 72 * HOUR
            for heard in old
        ),
    )
    yield (
        "answers_under_own_posts.no_return_24h",
        share(
            not _came_back(view, original, first, DAY)
            for original, first in _first_comments(view).items()
            if original in originals and view.ends - first >= DAY
        ),
    )


def _is_within(since: int, at: int | None, time: int) -> bool:
    return at is not None and at - since <= time


def _went_elsewhere(heard: Heard, time: int) -> bool:
    """Tell whether its call was withdrawn, solved or marked in that time, before any answer."""
    if heard.gone_at is None or heard.gone_at - heard.line.at > time:
        return False
    return heard.answered_at is None or heard.gone_at < heard.answered_at


def _first_comments(view: View) -> dict[Line, int]:
    """Return when each original was first commented on."""
    first: dict[Line, int] = {}
    for heard in view.heard:
        if heard.below_original is not None:
            first[heard.below_original] = min(
                first.get(heard.below_original, heard.line.at), heard.line.at
            )
    return first


def _came_back(view: View, original: Line, first: int, within: int) -> bool:
    """Tell whether we answered anybody below an original soon after its first comment."""
    return any(
        told.line.root is original and not told.is_machine and 0 <= told.line.at - first <= within
        for told in view.replies
    )


def returned(view: View) -> Truth:
    """Count the invitations with a comment to which we came back within three days."""
    firsts = _first_comments(view)
    return share(
        _came_back(view, told.line, firsts[told.line], 72 * HOUR)
        for told in view.originals
        if _invites(told.line)
        and told.line in firsts
        and view.ends - firsts[told.line] >= 72 * HOUR
    )


def _invites(line: Line) -> bool:
    return "invitation" in line.kinds or bool(line.poll)


def invitation(view: View) -> Truth:
    """Count the originals that ask everybody something."""
    return share(_invites(told.line) for told in view.originals)


def _moved(view: View) -> Iterator[tuple[str, Truth]]:
    answered = [
        wait for wait in view.waits if "complaint" in wait.kinds and wait.ended_by in _ANSWERED
    ]
    yield "taken_private", share(wait.ended_by == "taken_private" for wait in answered)
    outcome = {
        told.line: told.outcome_at for told in view.world.ledger.told if told.who is view.who
    }
    hits = []
    for wait in answered:
        if (
            wait.ended_by == "taken_private"
            and wait.answer is not None
            and wait.ended_at is not None
        ):
            at = outcome.get(wait.answer)
            has_one = at is not None and at - wait.ended_at <= 14 * DAY
            if has_one or view.ends - wait.ended_at >= 14 * DAY:
                hits.append(has_one)
    yield "taken_private.public_outcome", share(hits)


def _repeated_replies(view: View) -> set[Line]:
    """Return replies that repeat another one word for word, or are alike among those compared."""
    said: dict[int, list[Line]] = {}
    for told in view.replies:
        if (same := look(" ".join(piece.text for piece in view.whole(told.line))).key) is not None:
            said.setdefault(same, []).append(told.line)
    repeated = {line for lines in said.values() if len(lines) > 1 for line in lines}
    pairs = alike.pairs(
        {line: view.bare_words(line) for line in alike.compared(told.line for told in view.replies)}
    )
    return repeated | {line for pair in pairs for line in pair}

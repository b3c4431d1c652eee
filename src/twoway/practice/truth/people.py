"""Who speaks, on both sides: measures 18, 23 and 24, counted from the cast and what it said."""

from collections import Counter
from collections.abc import Iterator
from math import ceil

from twoway.practice.clock import DAY, HOUR
from twoway.practice.lines import Line
from twoway.practice.truth.answering import _judged
from twoway.practice.truth.figures import Truth, count, share
from twoway.practice.truth.view import View
from twoway.practice.wording import look


def counts(view: View) -> Iterator[tuple[str, Truth]]:
    """Count signatures, talk among members, and who comes back."""
    yield from _signed(view)
    yield from _members(view)
    yield from _voices(view)


def _signer(view: View, line: Line) -> str | None:
    named = next((a.person_name for a in view.who.accounts if a is line.by), None)
    return next((piece.signature for piece in view.whole(line) if piece.signature), named)


def _signed(view: View) -> Iterator[tuple[str, Truth]]:
    signers = [_signer(view, told.line) for told in view.replies]
    yield "named_people", share(signer is not None for signer in signers)
    yield "named_people.signers", Truth(float(len({signer for signer in signers if signer})))
    yield (
        "named_people.first_person",
        share(
            any(
                look(piece.text).speaks_as_person(piece.language) for piece in view.whole(told.line)
            )
            for told in view.replies
        ),
    )


def _members(view: View) -> Iterator[tuple[str, Truth]]:
    comments = [line for line in view.world.lines() if _is_comment(view, line)]
    talk = {talk.line: talk for talk in view.talks}
    yield "members_talk", share(line in talk for line in comments)
    answered = {one.line.parent for one in view.talks}
    questions = [line for line in comments if "question" in _kinds(view, line)]
    yield "members_talk.member_answers", share(line in answered for line in questions)
    pairs: dict[frozenset[str], set[str]] = {}
    for one in view.talks:
        pairs.setdefault(frozenset((one.line.by.id, one.other.id)), set()).add(one.line.by.id)
    yield "members_talk.mutual_pairs", share(len(sides) == 2 for sides in pairs.values())


def _kinds(view: View, line: Line) -> set[str]:
    return {kind for piece in view.whole(line) for kind in piece.standing_kinds(view.ends)}


def _is_comment(view: View, line: Line) -> bool:
    """Tell whether an outsider wrote it in a thread that we began."""
    return (
        line.parent is not None
        and line.root.by in view.who.accounts
        and line.by not in view.who.accounts
        and line.piece_of is None
        and not (line.is_private or line.automatic)
        and (line.deleted_at is None or line.deleted_at > view.ends)
        and view.holds(line.at)
    )


def _voices(view: View) -> Iterator[tuple[str, Truth]]:
    by_author = Counter(heard.line.by.id for heard in view.heard)
    top = by_author.most_common(ceil(len(by_author) / 10))
    yield (
        "core_voices",
        Truth(
            sum(n for _, n in top) / len(view.heard) if view.heard else None,
            len(view.heard),
            sum(n for _, n in top),
        ),
    )
    regulars = {person for person, weeks in view.weeks.items() if len(weeks) >= 3}
    yield "core_voices.regulars", count(regulars)
    old = [wait for wait in view.waits if view.ends - wait.since >= 72 * HOUR]
    judged = _judged(old, 72 * HOUR)
    yield (
        "core_voices.response_regulars",
        share(hit for wait, hit in judged if wait.person.id in regulars),
    )
    times: dict[str, list[int]] = {}
    for heard in view.all_heard:
        times.setdefault(heard.line.by.id, []).append(heard.line.at)
    yield (
        "core_voices.response_newcomers",
        share(
            hit
            for wait, hit in judged
            if wait.since - view.world.begins >= 90 * DAY
            and not any(
                wait.since - 90 * DAY <= at < wait.line.at for at in times.get(wait.person.id, ())
            )
        ),
    )

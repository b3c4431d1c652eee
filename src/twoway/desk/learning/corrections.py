"""What the team said of posts: corrected kinds, and posts answered without a correction, which confirm."""

from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet

from twoway.core.readings import THEIR_KINDS
from twoway.desk.inbox.models import Mark, Post
from twoway.desk.inbox.readings import kept
from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.states import State
from twoway.language.learning import Correction

MOST: Final = 2_000
"""The latest corrections, and as many confirmations: what is older has been learned already."""
_LEARNABLE: Final = frozenset(THEIR_KINDS) - {"unsure"}


def corrections_of(organisation: int) -> list[Correction]:
    """Return what is to be learned for an organisation, each post once."""
    corrected = {one.post: one for one in _corrected(organisation)}
    confirmed = {one.post: one for one in _confirmed(organisation)}
    return list((confirmed | corrected).values())


def count(organisation: int) -> int:
    """Return how many posts were put right, 2,000 at most."""
    marks = _marks(organisation).values_list("post_id", flat=True)
    return len(set(marks[:MOST]))


def _marks(organisation: int) -> QuerySet[Mark]:
    return Mark.objects.filter(
        organisation_id=organisation, kind="corrected_kind",
        post__is_ours=False, post__deleted_at=None,
    ).order_by("-marked_at", "-pk")  # fmt: skip


def _corrected(organisation: int) -> Iterator[Correction]:
    latest: dict[int, Mark] = {}
    for mark in _marks(organisation).select_related("post__account")[:MOST]:
        latest.setdefault(mark.post_id, mark)
    for mark in latest.values():
        kinds = tuple(sorted(_LEARNABLE & set(mark.value.split())))
        if kinds:
            yield _correction(mark.post, kinds, is_confirmed=False)


def _confirmed(organisation: int) -> Iterator[Correction]:
    answered = Entry.objects.filter(
        organisation_id=organisation, state__in=[State.SENT, State.SEEN_BACK],
        does__in=["say", "message"], answers__is_ours=False, answers__deleted_at=None,
    )  # fmt: skip
    for entry in answered.select_related("answers__account").order_by("-made_at")[:MOST]:
        post = entry.answers
        if post is None:
            continue
        held = {name for name, _certainty, holds in kept(post.reading).theirs if holds}
        if held and held <= _LEARNABLE:
            yield _correction(post, tuple(sorted(held)), is_confirmed=True)


def _correction(post: Post, kinds: tuple[str, ...], *, is_confirmed: bool) -> Correction:
    return Correction(
        post=post.pk, person=post.account.person_id, text=post.text, kinds=kinds,
        language=kept(post.reading).language or None, is_confirmed=is_confirmed,
    )  # fmt: skip

"""Who takes a conversation, when it comes back, under which words it is found."""

from typing import Any

from django.utils.translation import gettext

from twoway.desk import clock
from twoway.desk.database import writing
from twoway.desk.inbox import counts
from twoway.desk.inbox.models import Conversation, ConversationTag, SavedView, Tag
from twoway.desk.inbox.services.holding import holding, judge_again
from twoway.desk.inbox.services.talking import note
from twoway.desk.inbox.turning.lists import order
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate
from twoway.desk.team.services import Refused, record


def assign(teammate: Teammate, conversation: int, to: int | None) -> Conversation:
    """Give a conversation to a colleague, or to nobody in particular."""
    with holding(teammate, conversation, "voice") as row:
        changed = counts.Deltas()
        changed.subtract(counts.places_of(row))
        row.assignee = None if to is None else _colleague(teammate, to)
        row.version += 1
        row.save(update_fields=["assignee", "version"])
        changed.update(counts.places_of(row))
        counts.change(row.organisation_id, changed)
        order([row.pk])
        record(teammate, "assigned", "conversation", row.pk, to=to)
    return row


def hand_over(teammate: Teammate, conversation: int, to: int, word: str = "") -> Conversation:
    """Give a conversation to a colleague with a word that tells them what to know."""
    with writing():
        row = assign(teammate, conversation, to)
        if word.strip():
            note(teammate, conversation, word, tells=[to])
    return row


def _colleague(teammate: Teammate, number: int) -> Teammate:
    found = Teammate.objects.filter(
        pk=number, organisation_id=teammate.organisation_id, is_active=True
    ).first()
    if found is None:
        raise NotThere
    return found


def snooze(teammate: Teammate, conversation: int, until: int) -> Conversation:
    """Put a conversation away until a time (µs), or until they write again."""
    if until <= clock.now():
        raise Refused(gettext("That moment has passed. Choose a later one."))
    with holding(teammate, conversation, "voice") as row:
        row.snoozed_at, row.snoozed_until = clock.now(), until
        row.save(update_fields=["snoozed_at", "snoozed_until"])
        judge_again(row)
        record(teammate, "snoozed", "conversation", row.pk, until=until)
    return row


def wake(teammate: Teammate, conversation: int) -> Conversation:
    """Bring a snoozed conversation back now."""
    with holding(teammate, conversation, "voice") as row:
        row.snoozed_at = row.snoozed_until = None
        row.save(update_fields=["snoozed_at", "snoozed_until"])
        judge_again(row)
        record(teammate, "woke", "conversation", row.pk)
    return row


def tag(teammate: Teammate, conversation: int, name: str) -> None:
    """Put a tag on a conversation; a new word becomes a tag."""
    name = " ".join(name.split())[:40]
    if not name:
        raise Refused(gettext("A tag needs a name."))
    with holding(teammate, conversation, "voice") as row:
        word, _ = Tag.objects.get_or_create(organisation_id=row.organisation_id, name=name)
        ConversationTag.objects.get_or_create(
            organisation_id=row.organisation_id,
            tag=word,
            conversation=row,
            defaults={"box": row.box, "rank": row.rank},
        )
        order([row.pk])
        record(teammate, "tagged", "conversation", row.pk, tag=name)


def untag(teammate: Teammate, conversation: int, name: str) -> None:
    """Take a tag off a conversation."""
    with holding(teammate, conversation, "voice") as row:
        ConversationTag.objects.filter(conversation=row, tag__name=name).delete()
        record(teammate, "untagged", "conversation", row.pk, tag=name)


def keep_view(
    teammate: Teammate, name: str, filters: dict[str, Any], *, for_all: bool = False
) -> SavedView:
    """Keep a list with its filters under a name, for oneself or, as an approver, for everybody."""
    needs(teammate, "approver" if for_all else "observer")
    with writing():
        views = SavedView.objects.filter(organisation_id=teammate.organisation_id)
        return SavedView.objects.create(
            organisation_id=teammate.organisation_id,
            teammate=None if for_all else teammate,
            name=name.strip()[:60] or "…",
            filters=filters,
            place=min(views.count(), 32_000),
        )


def drop_view(teammate: Teammate, view: int) -> None:
    """Forget a saved view: one's own, or as an approver everybody's."""
    needs(teammate, "observer")
    views = SavedView.objects.filter(pk=view, organisation_id=teammate.organisation_id)
    mine = views.filter(teammate=teammate)
    if teammate.may("approver"):
        mine |= views.filter(teammate=None)
    with writing():
        if not mine.delete()[0]:
            raise NotThere

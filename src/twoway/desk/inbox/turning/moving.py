"""Threads that turn out to be one: what teammates did in the one goes on in the other."""

from collections.abc import Mapping

from twoway.desk.inbox import counts
from twoway.desk.inbox.models import (
    Conversation,
    ConversationTag,
    Draft,
    ExpertQuestion,
    Note,
    Presence,
    Thread,
)
from twoway.desk.inbox.turning.lists import order


def move(went: Mapping[int, int]) -> None:
    """Bring conversations along from threads that went up in others, and drop those threads."""
    rows = list(
        Conversation.objects.filter(thread_id__among=set(went)).select_for_update(no_key=True)
    )
    for row in rows:
        home = went[row.thread_id]
        other = Conversation.objects.filter(
            organisation_id=row.organisation_id, thread_id=home, person_id=row.person_id
        ).first()
        if other is None:
            Conversation.objects.filter(pk=row.pk).update(thread_id=home)
        else:
            _join(row, other)
    Thread.objects.filter(pk__among=set(went)).delete()


def _join(row: Conversation, other: Conversation) -> None:
    for model in (Note, Draft, ExpertQuestion):
        model.objects.filter(conversation_id=row.pk).update(conversation_id=other.pk)
    Presence.objects.filter(conversation_id=row.pk).delete()
    tagged = set(other.tags.values_list("tag_id", flat=True))
    ConversationTag.objects.filter(conversation_id=row.pk).exclude(tag_id__among=tagged).update(
        conversation_id=other.pk
    )
    _carry_over(row, other)
    _uncount(row)
    row.delete()


def _carry_over(row: Conversation, other: Conversation) -> None:
    """Keep who was to answer, and when: what the other one has not decided itself."""
    deltas = counts.places_of(other)
    for name in ("assignee_id", "promise_due_at"):
        if getattr(other, name) is None:
            setattr(other, name, getattr(row, name))
    if other.snoozed_until is None:
        other.snoozed_at, other.snoozed_until = row.snoozed_at, row.snoozed_until
    other.save(update_fields=["assignee", "promise_due_at", "snoozed_at", "snoozed_until"])
    changed = counts.Deltas(counts.places_of(other))
    changed.subtract(deltas)
    counts.change(other.organisation_id, changed)
    order([other.pk])


def _uncount(row: Conversation) -> None:
    """Take a conversation out of the counts before it is deleted."""
    gone = counts.Deltas()
    gone.subtract(counts.places_of(row))
    counts.change(row.organisation_id, gone)

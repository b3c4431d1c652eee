"""Answers in the making, and who is there: seen by all, lost by nobody."""

from dataclasses import dataclass
from typing import Any, Final

from twoway.desk import clock
from twoway.desk.database import writing
from twoway.desk.inbox import hooks
from twoway.desk.inbox.models import Draft, Presence
from twoway.desk.inbox.queries.one import (
    conversation_for_observer,
    conversation_for_suggests,
    draft_for_suggests,
)
from twoway.desk.team.models import Teammate

STILL_WRITING: Final = 5 * clock.SECOND
"""So long somebody who wrote still writes: colleagues hear of it twice a second at most."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft as it is stored now; kept apart where a colleague had saved other words meanwhile."""

    draft: Draft
    is_apart: bool


def save_draft(
    teammate: Teammate,
    conversation: int,
    text: str,
    draft: int | None = None,
    version: int | None = None,
    **details: Any,
) -> Saved:
    """Save words over `draft` where it still is `version`, else beside it.

    Without `draft` they go into an empty draft of one's own, or a new one. `details` are `channel`,
    `answers` (ids) and what the composer wants to find again.
    """
    row = conversation_for_suggests(teammate, conversation)
    with writing():
        mine = Draft.objects.select_for_update().filter(conversation=row)
        found = mine.filter(pk=draft).first() if draft is not None else None
        is_apart = draft is not None and (
            found is None or (found.version != version and found.text != text)
        )
        if found is None and draft is None:
            found = mine.filter(teammate=teammate, text__in=["", text]).first()
        if found is None or is_apart:
            found = Draft(organisation_id=row.organisation_id, conversation=row, version=0)
        found.teammate = teammate
        found.text = text
        found.channel_id = details.pop("channel", found.channel_id)
        found.answers_id = details.pop("answers", found.answers_id)
        found.details = {**found.details, **details}
        found.version += 1
        found.saved_at = clock.now()
        found.save()
        hooks.announce(row.organisation_id, [row.pk])
    return Saved(found, is_apart)


def discard_draft(teammate: Teammate, draft: int) -> None:
    """Throw a draft away."""
    found = draft_for_suggests(teammate, draft)
    with writing():
        found.delete()
        hooks.announce(found.organisation_id, [found.conversation_id])


def be_present(teammate: Teammate, conversation: int, *, is_writing: bool = False) -> None:
    """Say that a teammate looks at a conversation, or writes in it, now."""
    row = conversation_for_observer(teammate, conversation)
    now = clock.now()
    with writing():
        before = Presence.objects.filter(conversation=row, teammate=teammate).first()
        if not is_writing and _writes_since(before, now - STILL_WRITING):
            return
        Presence.objects.update_or_create(
            organisation_id=row.organisation_id,
            conversation=row,
            teammate=teammate,
            defaults={"is_writing": is_writing, "seen_at": now},
        )
        if before is None or before.is_writing != is_writing:
            hooks.announce(row.organisation_id, [row.pk])


def _writes_since(presence: Presence | None, at: int) -> bool:
    return presence is not None and presence.is_writing and presence.seen_at > at


def leave(teammate: Teammate, conversation: int) -> None:
    """Say that a teammate no longer looks."""
    with writing():
        gone, _ = Presence.objects.filter(
            organisation_id=teammate.organisation_id,
            conversation_id=conversation,
            teammate=teammate,
        ).delete()
        if gone:
            hooks.announce(teammate.organisation_id, [conversation])

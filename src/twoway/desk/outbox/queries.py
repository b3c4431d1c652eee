"""Reads what goes out, what came of it, and what needs somebody."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from twoway.desk.database import ask
from twoway.desk.outbox.models import Attachment, Entry
from twoway.desk.outbox.states import State
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate

_FAILED = (State.FAILED.value, State.STALE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What needs somebody: answers that failed or went stale, and those that wait for approval."""

    failed: tuple[Entry, ...]
    awaiting: tuple[Entry, ...]


def entry_for_suggests(teammate: Teammate, entry: int) -> Entry:
    """Return an entry of the organisation: one's own, or anybody's for voices."""
    found = _entry(teammate, "suggests", entry)
    if found.teammate_id != teammate.pk and not teammate.may("voice"):
        raise NotThere
    return found


def entry_for_approver(teammate: Teammate, entry: int) -> Entry:
    return _entry(teammate, "approver", entry)


def entries_for_observer(teammate: Teammate, conversation: int) -> list[Entry]:
    """Return what was sent or is about to be in one conversation, oldest first."""
    needs(teammate, "observer")
    if not ask("select 1 from outbox_entry where conversation_id = %s limit 1", conversation):
        return []
    return list(_entries(teammate).filter(conversation_id=conversation).order_by("made_at"))


def trouble_for_suggests(teammate: Teammate, limit: int = 50) -> Trouble:
    """Return what this teammate can do something about, the oldest first, where a conversation leads to it.

    What a colleague sent back is for its author alone; what failed is for its author and for voices;
    what waits for approval is for approvers, one's own excepted.
    """
    needs(teammate, "suggests")
    # Every list asks, and most of the time there is none.
    if not ask(
        "select 1 from outbox_entry where organisation_id = %s and state in (%s) limit 1",
        teammate.organisation_id,
        [*_FAILED, State.SENT_BACK.value, State.AWAITING.value],
    ):
        return Trouble(failed=(), awaiting=())
    entries = _entries(teammate).filter(conversation__isnull=False).order_by("made_at")
    is_mine = Q(teammate=teammate)
    failed = entries.filter(
        Q(state__in=_FAILED) & (Q() if teammate.may("voice") else is_mine)
        | Q(state=State.SENT_BACK) & is_mine
    )
    awaiting = entries.filter(~is_mine, state=State.AWAITING)
    return Trouble(
        failed=tuple(failed[:limit]),
        awaiting=tuple(awaiting[:limit]) if teammate.may("approver") else (),
    )


def backlog_for_observer(teammate: Teammate) -> dict[int, int]:
    """Return how many entries wait to be sent, by channel."""
    needs(teammate, "observer")
    waiting = _entries(teammate).filter(state__in=[State.QUEUED, State.UNKNOWN, State.SENDING])
    return dict(waiting.order_by().values_list("channel_id").annotate(Count("pk")))


def last_answers_for_observer(teammate: Teammate, channel: int, many: int = 20) -> list[str]:
    """Return the texts of the latest answers on a channel, the newest first: to sound different."""
    needs(teammate, "observer")
    sent = _entries(teammate).filter(
        channel_id=channel, does="say", state__in=[State.SENT, State.SEEN_BACK, State.QUEUED]
    )
    return list(sent.order_by("-made_at").values_list("text", flat=True)[:many])


def answered_for_suggests(teammate: Teammate, many: int) -> list[Entry]:
    """Return the latest answers that went out, with the posts they answer, the newest first."""
    needs(teammate, "suggests")
    sent = _entries(teammate).filter(
        state__in=[State.SENT, State.SEEN_BACK], does__in=["say", "message"],
        answers__is_ours=False, answers__deleted_at=None,
    )  # fmt: skip
    return list(sent.exclude(text="").order_by("-made_at")[:many])


def attachments_for_suggests(teammate: Teammate, conversation: int) -> list[Attachment]:
    """Return a teammate's pictures beside the draft of a conversation, without their bytes."""
    needs(teammate, "suggests")
    if not ask("select 1 from outbox_attachment where conversation_id = %s limit 1", conversation):
        return []
    beside = _attachments(teammate).filter(
        conversation_id=conversation, teammate=teammate, entry=None
    )
    return list(beside.defer("content").order_by("pk"))


def attachment_for_suggests(teammate: Teammate, attachment: int) -> Attachment:
    needs(teammate, "suggests")
    found = _attachments(teammate).filter(pk=attachment).first()
    if found is None:
        raise NotThere
    return found


def _attachments(teammate: Teammate) -> QuerySet[Attachment]:
    return Attachment.objects.filter(organisation_id=teammate.organisation_id)


def _entry(teammate: Teammate, role: str, entry: int) -> Entry:
    needs(teammate, role)
    found = _entries(teammate).filter(pk=entry).first()
    if found is None:
        raise NotThere
    return found


def _entries(teammate: Teammate) -> QuerySet[Entry]:
    return Entry.objects.filter(organisation_id=teammate.organisation_id).select_related(
        "channel", "teammate", "answers", "conversation"
    )

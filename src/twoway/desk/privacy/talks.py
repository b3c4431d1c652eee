"""Takes out what colleagues wrote around a person's conversations: notes, tags, drafts, promises."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from django.db.models import QuerySet

from twoway.desk.database import again
from twoway.desk.inbox import hooks, threads
from twoway.desk.inbox.cleansing import Cleansing
from twoway.desk.inbox.models import (
    Conversation,
    ConversationTag,
    Draft,
    ExpertQuestion,
    Note,
    Presence,
)
from twoway.desk.inbox.turning.judging import judge
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.outbox.models import Attachment, Entry
from twoway.desk.people.erased import forgotten
from twoway.desk.privacy import entries
from twoway.desk.privacy.sought import Sought
from twoway.desk.team.models import Event

AT_ONCE: Final = 200
_AROUND: Final = (Note, ExpertQuestion, Draft, ConversationTag, Presence)


def empty(sought: Sought, person: int) -> None:
    """Take out what hangs on a person's conversations on one account's network, some at a time."""
    talks = Conversation.objects.filter(person_id=person, network=sought.network)
    after = 0
    while some := list(
        talks.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        after = some[-1]
        again(partial(_empty, sought, some))
    to_them = Entry.objects.filter(
        organisation_id=sought.organisation, channel__network=sought.network,
        target=sought.remote_id,
    )  # fmt: skip
    again(partial(_settle, sought, to_them))


def _empty(sought: Sought, numbers: Sequence[int]) -> None:
    # Asked for before any thread is locked, as deliveries do: nobody then waits in a circle.
    cleansing = _cleansing(sought)
    rows = Conversation.objects.filter(pk__among=numbers)
    places = set(rows.values_list("thread_id", flat=True))
    threads.lock(places)
    Attachment.objects.filter(conversation_id__among=numbers, entry=None).delete()
    for around in _AROUND:
        around.objects.filter(conversation_id__among=numbers).delete()
    Event.objects.filter(
        organisation_id=sought.organisation, thing="conversation", number__among=numbers
    ).update(details={})
    entries.cleanse(Entry.objects.filter(conversation_id__among=numbers), sought, cleansing)
    rows.update(promise_due_at=None, snoozed_at=None, snoozed_until=None)
    asked = Asked({place: {sought.account} for place in places})
    done = judge(sought.organisation, sought.network, asked)
    hooks.announce(sought.organisation, sorted(done.conversations))


def _settle(sought: Sought, rows: QuerySet[Entry]) -> None:
    entries.cleanse(rows, sought, _cleansing(sought))


def _cleansing(sought: Sought) -> Cleansing:
    return Cleansing(forgotten(sought.organisation, sought.network), {})

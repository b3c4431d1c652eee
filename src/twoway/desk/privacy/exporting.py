"""All that the desk holds about a person as one JSON file, written while it is read."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from twoway.desk.clock import moment
from twoway.desk.database import writing
from twoway.desk.inbox.models import (
    Box,
    Conversation,
    Draft,
    ExpertQuestion,
    Mark,
    Note,
    Post,
    Signal,
)
from twoway.desk.inbox.readings import kept
from twoway.desk.inbox.told import rest_of
from twoway.desk.outbox.models import Entry
from twoway.desk.people import queries as people
from twoway.desk.people.models import Account, Person, PersonNote
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate
from twoway.desk.team.services import record

_AT_ONCE: Final = 500
_HIDDEN: Final = frozenset({"id", "organisation", "person", "sought"})
Row = dict[str, Any]


def export(admin: Teammate, person: int) -> Iterator[str]:
    """Hand over a person's file in parts, and note in the trail that it was taken.

    One question for each section, a few hundred rows at a time: memory stays flat.
    """
    needs(admin, "admin")
    whom = people.person_for_observer(admin, person)
    with writing():
        record(admin, "exported a person", "person", whom.pk)
    return _written(whom)


def _written(whom: Person) -> Iterator[str]:
    yield f'{{\n"person": {_json(_person(whom))}'
    for name, rows in _sections(whom):
        yield f',\n"{name}": ['
        for nth, row in enumerate(rows):
            yield ("\n" if nth == 0 else ",\n") + _json(row)
        yield "\n]"
    yield "\n}\n"


def _sections(whom: Person) -> Iterator[tuple[str, Iterable[Row]]]:
    accounts = people.accounts_of(whom.pk)
    theirs = Post.objects.filter(account__person=whom)
    talks = Q(conversation__person=whom)
    yield "accounts", map(_account, accounts)
    yield "what_colleagues_know", map(_note, _each(PersonNote.objects.filter(person=whom)))
    yield "conversations", map(_talk, _each(_talks(whom)))
    yield "posts", map(_post, _each(theirs))
    yield "our_answers", map(_post, _each(_our_answers(whom, accounts, theirs)))
    yield "kinds_corrected", map(_mark, _each(Mark.objects.filter(post__account__person=whom)))
    yield "likes_and_shares", map(_signal, _each(_signals(accounts)))
    yield "notes", map(_note, _each(Note.objects.filter(talks)))
    yield "questions_to_experts", map(_question, _each(ExpertQuestion.objects.filter(talks)))
    yield "drafts", map(_draft, _each(Draft.objects.filter(talks)))
    yield "sent_or_to_be_sent", map(_entry, _each(Entry.objects.filter(talks)))


def _each(rows: QuerySet[Any]) -> Iterator[Any]:
    return rows.order_by("pk").iterator(_AT_ONCE)


def _talks(whom: Person) -> QuerySet[Conversation]:
    return Conversation.objects.filter(person=whom).prefetch_related("tags__tag")


def _our_answers(
    whom: Person, accounts: Iterable[Account], theirs: QuerySet[Post]
) -> QuerySet[Post]:
    """Return our posts that stand below theirs or name them, in threads where we talked."""
    below = theirs.filter(
        organisation_id=whom.organisation_id, network=OuterRef("network"), remote_id=OuterRef("parent")
    )  # fmt: skip
    to_them = Q(Exists(below))
    for account in accounts:
        to_them |= Q(network=account.network, record__contains=_json(account.remote_id))
    threads = Conversation.objects.filter(person=whom).values("thread_id")
    return Post.objects.filter(to_them, is_ours=True, thread_id__in=threads)


def _signals(accounts: Iterable[Account]) -> QuerySet[Signal]:
    theirs = Q(pk=None)
    for one in accounts:
        theirs |= Q(organisation_id=one.organisation_id, network=one.network, account=one.remote_id)
    return Signal.objects.filter(theirs)


def _person(whom: Person) -> Row:
    return {
        "name": whom.name, "relation": whom.relation, "first_seen_at": _when(whom.first_seen_at),
        "do_not_contact": whom.do_not_contact, "is_spam": whom.is_spam,
    }  # fmt: skip


def _account(one: Account) -> Row:
    fields = [f.name for f in one._meta.concrete_fields if f.name not in _HIDDEN]  # noqa: SLF001  public in Django
    told = {name: getattr(one, name) for name in fields}
    return told | {"made_at": _when(one.made_at), "observed_at": _when(one.observed_at)}


def _talk(one: Conversation) -> Row:
    return {
        "network": one.network, "lies_in": Box(one.box).label, "last_at": _when(one.last_at),
        "tags": [tagged.tag.name for tagged in one.tags.all()],
        "promise_due_at": _when(one.promise_due_at), "snoozed_until": _when(one.snoozed_until),
    }  # fmt: skip


def _post(one: Post) -> Row:
    rest, reading = rest_of(one.record), kept(one.reading)
    kinds = reading.ours if one.is_ours else reading.theirs
    return {
        "network": one.network, "id": one.remote_id, "address": rest.address,
        "said_at": _when(one.said_at), "text": one.text, "earlier_texts": [t.text for t in rest.texts],
        "answers": one.parent, "is_private": one.is_private, "deleted_at": _when(one.deleted_at),
        "pictures": [{"address": m.address, "shows": m.alt_text} for m in rest.media],
        "links": [link.address for link in rest.links], "names": [m.account for m in rest.mentions],
        "language": one.language,
        "read_as": [{"kind": name, "certainty": sure} for name, sure, holds in kinds if holds],
    }  # fmt: skip


def _mark(one: Mark) -> Row:
    return {
        "post": one.post_id, "decided": one.kind, "value": one.value, "reason": one.reason,
        "at": _when(one.marked_at),
    }  # fmt: skip


def _signal(one: Signal) -> Row:
    return {
        "kind": one.kind, "post": one.post, "at": _when(one.reacted_at),
        "taken_back_at": _when(one.taken_back_at),
    }  # fmt: skip


def _note(one: PersonNote | Note) -> Row:
    return {"text": one.text, "noted_at": _when(one.noted_at)}


def _question(one: ExpertQuestion) -> Row:
    return {"text": one.text, "asked_at": _when(one.asked_at)}


def _draft(one: Draft) -> Row:
    return {"text": one.text, "saved_at": _when(one.saved_at)}


def _entry(one: Entry) -> Row:
    return {
        "does": one.does, "text": one.text, "state": one.state, "made_at": _when(one.made_at),
        "sent_at": _when(one.sent_at), "address": one.address,
    }  # fmt: skip


def _when(at: int | None) -> str | None:
    """A time as people and programs read it."""
    return None if at is None else moment(at).isoformat()


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()

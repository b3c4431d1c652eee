"""What the things in the audit trail are called: a page of it asks once for each kind of thing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from twoway.desk.channels.models import Channel
from twoway.desk.inbox.models import Conversation
from twoway.desk.outbox.models import Entry
from twoway.desk.pages.conversation.card import name_of
from twoway.desk.people.models import Person
from twoway.desk.team.models import Event, Team, Teammate

Thing = tuple[str, int]
"""A kind and a number, as an event keeps them."""
POINTS_AT: Final = {"to": "teammate", "voice": "teammate", "team": "team"}
"""Details that are numbers of something else."""


def named(organisation: int, events: Iterable[Event]) -> Mapping[Thing, str]:
    """Return what is called by a name of all that events are about."""
    numbers: dict[str, set[int]] = {}
    for kind, number in _things(events):
        numbers.setdefault(kind, set()).add(number)
    return {
        (kind, number): name
        for kind, wanted in numbers.items()
        if kind in _KINDS
        for number, name in _KINDS[kind](organisation, wanted)
    }


def _things(events: Iterable[Event]) -> Iterable[Thing]:
    for event in events:
        if event.number is not None:
            yield event.thing, event.number
        for detail, kind in POINTS_AT.items():
            if isinstance(number := event.details.get(detail), int):
                yield kind, number


def _conversations(organisation: int, numbers: set[int]) -> Iterable[tuple[int, str]]:
    rows = Conversation.objects.filter(organisation_id=organisation, pk__in=numbers)
    for row in rows.select_related("person").prefetch_related("person__accounts"):
        yield row.pk, _called(row.person)


def _entries(organisation: int, numbers: set[int]) -> Iterable[tuple[int, str]]:
    rows = Entry.objects.filter(organisation_id=organisation, pk__in=numbers)
    talks = dict(rows.exclude(conversation=None).values_list("pk", "conversation_id"))
    whom = dict(_conversations(organisation, {talk for talk in talks.values() if talk is not None}))
    yield from ((entry, whom[talk]) for entry, talk in talks.items() if talk in whom)


def _people(organisation: int, numbers: set[int]) -> Iterable[tuple[int, str]]:
    rows = Person.objects.filter(organisation_id=organisation, pk__in=numbers)
    yield from ((row.pk, _called(row)) for row in rows.prefetch_related("accounts"))


def _called(person: Person) -> str:
    """Return a person's name; of one who was erased none is left, and none is said."""
    return "" if person.erased_at is not None else name_of(person, list(person.accounts.all()))


def _by(model: Any, field: str) -> Callable[[int, set[int]], Iterable[tuple[int, str]]]:
    def look(organisation: int, numbers: set[int]) -> Iterable[tuple[int, str]]:
        rows = model.objects.filter(organisation_id=organisation, pk__in=numbers)
        return list(rows.values_list("pk", field))

    return look


_KINDS: Final[Mapping[str, Callable[[int, set[int]], Iterable[tuple[int, str]]]]] = {
    "conversation": _conversations, "entry": _entries, "person": _people,
    "channel": _by(Channel, "handle"), "teammate": _by(Teammate, "name"), "team": _by(Team, "name"),
}  # fmt: skip

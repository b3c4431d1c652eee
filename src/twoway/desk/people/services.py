"""Writes about people: notes, relations, who wants to be left alone."""

from typing import Any, Final

from twoway.desk.clock import now
from twoway.desk.database import writing
from twoway.desk.folding import fold
from twoway.desk.people import queries
from twoway.desk.people.models import RELATIONS, Person, PersonNote
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate
from twoway.desk.team.services import record

_DESCRIBED: Final = frozenset({"name", "relation", "do_not_contact", "is_spam"})


def note(teammate: Teammate, person: int, text: str) -> PersonNote:
    """Tell colleagues something about a person; never shown outside."""
    needs(teammate, "suggests")
    whom = queries.person_for_observer(teammate, person)
    with writing():
        return PersonNote.objects.create(
            organisation_id=teammate.organisation_id, person=whom, teammate=teammate,
            text=text.strip(), noted_at=now(),
        )  # fmt: skip


def drop_note(teammate: Teammate, number: int) -> int:
    """Take a note back, one's own or for an admin anybody's; return whom it was about."""
    needs(teammate, "suggests")
    notes = PersonNote.objects.filter(pk=number, organisation_id=teammate.organisation_id)
    if not teammate.may("admin"):
        notes = notes.filter(teammate=teammate)
    with writing():
        its = notes.first()
        if its is None:
            raise NotThere
        its.delete()
        record(teammate, "took a note back", "person", its.person_id)
    return its.person_id


def describe(teammate: Teammate, person: int, **fields: Any) -> Person:
    """Change name, relation, do_not_contact or is_spam of a person."""
    needs(teammate, "voice")
    if unknown := fields.keys() - _DESCRIBED:
        raise ValueError(f"cannot be changed here: {', '.join(sorted(unknown))}")
    if fields.get("relation", "") not in RELATIONS:
        raise ValueError(f"no such relation: {fields['relation']}")
    whom = queries.person_for_observer(teammate, person)
    with writing():
        sought = {"sought": fold(fields["name"])[:255]} if "name" in fields else {}
        Person.objects.filter(pk=whom.pk).update(**fields, **sought)
        record(teammate, "described a person", "person", whom.pk, **fields)
    return queries.person_for_observer(teammate, person)

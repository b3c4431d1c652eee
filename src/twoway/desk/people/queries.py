"""Reads about people: one person with accounts and notes, and finding one by name or handle."""

from django.db.models import Prefetch, Q, QuerySet

from twoway.desk.database import Begins, fetch
from twoway.desk.folding import fold
from twoway.desk.people.models import Account, Person, PersonNote
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate

MANY = 50


def person_for_observer(teammate: Teammate, number: int) -> Person:
    """Return a person with accounts and notes fetched."""
    needs(teammate, "observer")
    found = _people(teammate).filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def accounts_of(person: int) -> list[Account]:
    """Return the accounts of a person whom somebody may see."""
    return fetch(Account, "where person_id = %s order by id", person)


def notes_of(person: int) -> list[PersonNote]:
    """Return what colleagues keep about a person whom somebody may see, the latest first."""
    return list(_notes().filter(person_id=person))


def people_for_observer(teammate: Teammate, words: str = "", after: int = 0) -> list[Person]:
    """Return people whose name or handle begins so, by number; all where nothing is asked."""
    needs(teammate, "observer")
    people = _people(teammate).filter(pk__gt=after, erased_at=None)
    if words:
        begins = Begins(fold(words.removeprefix("@")))
        handles = Account.objects.filter(begins, organisation_id=teammate.organisation_id).values(
            "person_id"
        )
        named = Person.objects.filter(begins, organisation_id=teammate.organisation_id).values("pk")
        people = people.filter(Q(pk__in=handles) | Q(pk__in=named))
    return list(people.order_by("pk")[:MANY])


def _people(teammate: Teammate) -> QuerySet[Person]:
    return Person.objects.filter(organisation_id=teammate.organisation_id).prefetch_related(
        "accounts", Prefetch("notes", _notes())
    )


def _notes() -> QuerySet[PersonNote]:
    return PersonNote.objects.select_related("teammate").order_by("-noted_at")

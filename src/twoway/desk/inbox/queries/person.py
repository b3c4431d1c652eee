"""A person with the whole history over networks."""

from dataclasses import dataclass

from twoway.desk.database import RowBefore
from twoway.desk.inbox.models import Box, Conversation
from twoway.desk.inbox.queries.dressing import Row, dress
from twoway.desk.inbox.queries.lists import carried
from twoway.desk.people.models import Person
from twoway.desk.people.queries import person_for_observer
from twoway.desk.team.models import Teammate


@dataclass(slots=True)
class PersonShown:
    """A person (accounts and notes fetched), their conversations, the latest first, and what is next."""

    person: Person
    rows: list[Row]
    next: str | None


def history_for_observer(
    teammate: Teammate, number: int, before: str | None = None, size: int = 30
) -> PersonShown:
    """Return a person and a page of what we said to each other."""
    person = person_for_observer(teammate, number)
    rows = Conversation.objects.filter(
        organisation_id=teammate.organisation_id, person_id=number
    ).exclude(box=Box.GONE)
    last_at, _, last = (before or "").partition(".")
    place = carried(last_at), carried(last)
    if place[0] is not None and place[1] is not None:
        rows = rows.filter(RowBefore(("last_at", "id"), (place[0], place[1])))
    found = list(rows.order_by("-last_at", "-id")[: size + 1])
    shown = found[:size]
    tail = shown[-1] if len(found) > size else None
    return PersonShown(person, dress(shown), None if tail is None else f"{tail.last_at}.{tail.pk}")

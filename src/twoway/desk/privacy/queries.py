"""Reads how far an erasure is."""

from dataclasses import dataclass

from twoway.desk.inbox.models import Post
from twoway.desk.people.erased import STANDS_FOR
from twoway.desk.privacy.models import Erasure
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasing:
    """An erasure under way: since when (µs), and how many of their posts still stand."""

    begun_at: int
    posts_left: int


def erasing_for_observer(teammate: Teammate, person: int) -> Erasing | None:
    """Return how far the erasure of a person is; None where none is under way."""
    needs(teammate, "observer")
    here = {"organisation_id": teammate.organisation_id}
    under_way = Erasure.objects.filter(**here, person_id=person, ended_at=None).first()
    if under_way is None:
        return None
    left = Post.objects.filter(**here, account__person_id=person)
    many = left.exclude(remote_id__startswith=STANDS_FOR).count()
    return Erasing(begun_at=under_way.begun_at, posts_left=many)

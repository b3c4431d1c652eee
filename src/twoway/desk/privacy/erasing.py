"""Erases a person: called nothing and remembered by keyed hashes at once, taken out everywhere by a worker."""

from collections.abc import Sequence
from dataclasses import astuple
from functools import partial
from typing import Any, Final

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext

from twoway.desk.clock import MINUTE, now
from twoway.desk.database import again, alone, writing
from twoway.desk.folding import fold
from twoway.desk.inbox.search import index
from twoway.desk.outbox.models import Entry
from twoway.desk.people import queries as people
from twoway.desk.people.erased import STANDS_FOR, gate, remember
from twoway.desk.people.models import Account, Person, PersonNote
from twoway.desk.pictures.models import Picture
from twoway.desk.privacy import posts, talks, traces
from twoway.desk.privacy.entries import ON_ITS_WAY
from twoway.desk.privacy.models import Erasure
from twoway.desk.privacy.sought import Sought
from twoway.desk.team.access import needs
from twoway.desk.team.models import Event, Teammate
from twoway.desk.team.services import Refused, record

CLAIMED_FOR: Final = 5 * MINUTE
"""Who has not been heard of for so long was killed, or is slow; two at once harm nothing."""
_KEPT: Final = frozenset({"id", "organisation", "person", "network", "remote_id"})


def erase(admin: Teammate, person: int, typed: str) -> None:
    """Begin to erase a person whose handle was typed; nothing happens to who was erased already.

    Nobody finds them by a name from here on, no delivery brings them back, and a worker does the rest. Raises Refused where the handle is another, the person is one of us, or an answer is on its way.
    """
    needs(admin, "admin")
    whom = people.person_for_observer(admin, person)
    if whom.erased_at is None:
        _may_be_erased(whom, typed)
        again(lambda: _begin(admin, whom.pk))


def work_on_next() -> bool:
    """Bring the next erasure to its end, also one that was killed halfway; False where there is none."""
    erasure = _claim()
    if erasure is not None:
        _go_on(erasure)
    return erasure is not None


def _claim() -> Erasure | None:
    at = now()
    is_free = Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIMED_FOR)
    due = Erasure.objects.filter(is_free, ended_at=None)
    # Asked every few seconds, so it only writes where there is something to take.
    found = due.order_by("begun_at").first()
    if found is None:
        return None
    with writing():
        return found if due.filter(pk=found.pk).update(claimed_at=at) else None


def _go_on(erasure: Erasure) -> None:
    """Take out all that an erasure still seeks; in batches, and harmless when done twice."""
    for told in erasure.sought:
        sought = Sought(erasure.organisation_id, *told)
        for step in (
            partial(talks.empty, sought, erasure.person_id), partial(posts.empty, sought),
            partial(posts.cleanse, sought), partial(traces.take_out, sought, erasure.person_id),
        ):  # fmt: skip
            step()
            _note(erasure, claimed_at=now())
    index.squeeze()
    _note(erasure, sought=[], ended_at=now())
    _leave_nothing_in_the_log()


def _note(erasure: Erasure, **fields: Any) -> None:
    with writing():
        Erasure.objects.filter(pk=erasure.pk).update(**fields)


def names_to_type(accounts: Sequence[Account]) -> list[str]:
    """Return by which names a person can be named for certain: handles, or ids where none is known."""
    return [account.handle or account.remote_id for account in accounts]


def _may_be_erased(whom: Person, typed: str) -> None:
    accounts = list(whom.accounts.all())
    known = {fold(name).removeprefix("@") for name in names_to_type(accounts)}
    if fold(typed.strip()).removeprefix("@") not in known:
        raise Refused(gettext("That is not their handle. Nothing was erased."))
    if any(account.is_ours for account in accounts):
        raise Refused(gettext("This account speaks for us. Let it go on the channel’s page first."))
    if Entry.objects.filter(conversation__person=whom, state__in=ON_ITS_WAY).exists():
        raise Refused(gettext("An answer to them is on its way. Try again in a minute."))


def _begin(admin: Teammate, person: int) -> None:
    """Remember the person by hashes, and call them nothing, in one step with the trail."""
    alone(gate(admin.organisation_id))
    whom = Person.objects.select_for_update().get(pk=person)
    if whom.erased_at is not None:
        return
    at = now()
    accounts = people.accounts_of(person)
    sought = [
        Sought(admin.organisation_id, a.pk, a.network, a.remote_id, a.handle) for a in accounts
    ]
    Erasure.objects.create(
        organisation_id=admin.organisation_id, person=whom, begun_at=at,
        sought=[astuple(one)[1:] for one in sought],
    )  # fmt: skip
    for account, one in zip(accounts, sought, strict=True):
        remember(account, at)
        _blank(account, _free_id(one))
    _blank_person(whom, at)
    record(admin, "erased a person", "person", person)


def _free_id(one: Sought) -> str:
    """Return what stands for an account; one that came back and goes again gets a number as well."""
    stand_in = STANDS_FOR + one.digest
    before = Account.objects.filter(
        organisation_id=one.organisation, network=one.network, remote_id__startswith=stand_in
    ).count()
    return f"{stand_in}:{before + 1}" if before else stand_in


def _blank(account: Account, stand_in: str) -> None:
    for field in Account._meta.concrete_fields:  # noqa: SLF001  public in Django
        if field.name not in _KEPT:
            setattr(account, field.name, field.get_default())
    account.remote_id = stand_in
    account.save()
    Picture.objects.filter(account=account).delete()


def _blank_person(whom: Person, at: int) -> None:
    PersonNote.objects.filter(person=whom).delete()
    Event.objects.filter(
        organisation_id=whom.organisation_id, thing="person", number=whom.pk
    ).update(details={})
    Person.objects.filter(pk=whom.pk).update(
        name="", sought="", relation="", is_spam=False, do_not_contact=True, erased_at=at,
        first_seen_at=at,
    )  # fmt: skip


def _leave_nothing_in_the_log() -> None:
    """Empty SQLite's write-ahead log, which has pages as they were; PostgreSQL vacuums by itself."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("pragma wal_checkpoint(truncate)")

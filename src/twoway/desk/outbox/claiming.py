"""Who works on which entry: claimed by a conditional update, given back by whoever still holds it.

A worker holds an entry until its lease is over. Killed meanwhile, it leaves the entry to the next
one, which looks up what became of it before anything is sent again. What a worker finds out after
its lease is void: `give_back` changes nothing where somebody else has taken over.
"""

import secrets
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from twoway.desk.clock import MINUTE, SECOND, now
from twoway.desk.database import writing
from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.processes import is_gone, name_of_this
from twoway.desk.outbox.states import State, check

LEASE: Final = 4 * MINUTE
"""Longer than any request may take (180 s): whoever holds a lease may still be sending."""
NEEDED: Final = 185 * SECOND
"""With less of the lease left nothing is sent any more."""
_DUE: Final = (State.QUEUED, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker of one process; `name` tells where it runs, and is never used twice."""

    name: str


def worker() -> Worker:
    """Return a worker of this process."""
    return Worker(f"{name_of_this()}/{secrets.token_hex(6)}")


def let_go_of_the_held(at: int) -> int:
    """Queue what was held for an undo that did not come; returns how many."""
    due = Entry.objects.filter(state=State.HELD, not_before__lte=at)
    # Asked twice a second by every worker: only what is due may hold up other writers.
    if not due.exists():
        return 0
    with writing():
        return due.update(state=State.QUEUED, changed_at=at)


def claim(who: Worker) -> Entry | None:
    """Take the next entry that is due, or None. A queued one is now being sent."""
    at = now()
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    if not Entry.objects.filter(free, state__in=_DUE, not_before__lte=at).exists():
        return None
    skip = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    is_free = "state IN (%s, %s) AND (lease_until IS NULL OR lease_until <= %s)"
    statement = (
        "UPDATE outbox_entry SET state = CASE WHEN state = %s THEN %s ELSE state END,"
        " attempts = attempts + 1, claimed_by = %s, lease_until = %s, changed_at = %s"
        f" WHERE id = (SELECT id FROM outbox_entry WHERE {is_free} AND not_before <= %s"
        f" ORDER BY not_before, id LIMIT 1{skip}) AND {is_free} RETURNING id"
    )
    params: list[Any] = [
        State.QUEUED, State.SENDING, who.name, at + LEASE, at, *_DUE, at, at, *_DUE, at,
    ]  # fmt: skip
    with writing(), connection.cursor() as cursor:
        cursor.execute(statement, params)
        row = cursor.fetchone()
    return None if row is None else _whole(row[0])


def _whole(entry: int) -> Entry:
    return Entry.objects.select_related("channel", "answers", "teammate", "conversation").get(
        pk=entry
    )


def give_back(entry: Entry, then: State, **fields: Any) -> bool:
    """Put an entry into its next state; False where the lease was lost and somebody else has it."""
    if then != entry.state:
        check(State(entry.state), then)
    with writing():
        changed = Entry.objects.filter(
            pk=entry.pk, state=entry.state, claimed_by=entry.claimed_by, attempts=entry.attempts
        ).update(state=then, claimed_by="", lease_until=None, changed_at=now(), **fields)
    return bool(changed)


def holds(entry: Entry) -> bool:
    """Tell whether enough of the lease is left to send it."""
    return entry.lease_until is not None and entry.lease_until - now() > NEEDED


def take_over() -> int:
    """Put what a dead worker was sending to be looked up; returns how many.

    Dead is whose lease is over, and at once whose process on this machine is no more.
    """
    at, taken = now(), 0
    sending = Entry.objects.filter(state=State.SENDING).values_list(
        "pk", "claimed_by", "attempts", "lease_until", "changed_at", "details"
    )
    for pk, claimed_by, attempts, lease_until, claimed_at, details in sending:
        if (lease_until or 0) > at and not is_gone(claimed_by.partition("/")[0]):
            continue
        with writing():
            taken += Entry.objects.filter(
                pk=pk, state=State.SENDING, claimed_by=claimed_by, attempts=attempts
            ).update(
                state=State.UNKNOWN, maybe_sent=True, claimed_by="", lease_until=None,
                not_before=at, changed_at=at, details={**details, "lost_at": claimed_at},
            )  # fmt: skip
    _free_what_was_looked_up(at)
    return taken


def doubt_all() -> int:
    """Let all that is about to go out be looked for first; returns how many.

    For a desk that comes from a backup: what was queued then may stand at its network by now.
    """
    at, doubted = now(), 0
    going = Entry.objects.filter(state__in=(State.HELD, State.SENDING, *_DUE))
    with writing():
        for pk, details in going.values_list("pk", "details"):
            doubted += Entry.objects.filter(pk=pk).update(
                state=State.UNKNOWN, maybe_sent=True, claimed_by="", lease_until=None,
                not_before=at, changed_at=at, details={**details, "lost_at": at},
            )  # fmt: skip
    return doubted


def _free_what_was_looked_up(at: int) -> None:
    looked = Entry.objects.filter(state=State.UNKNOWN, lease_until__gt=at)
    for pk, claimed_by, attempts in looked.values_list("pk", "claimed_by", "attempts"):
        if is_gone(claimed_by.partition("/")[0]):
            with writing():
                Entry.objects.filter(
                    pk=pk, state=State.UNKNOWN, claimed_by=claimed_by, attempts=attempts
                ).update(claimed_by="", lease_until=None)

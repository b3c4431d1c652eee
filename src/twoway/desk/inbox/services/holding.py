"""A conversation held while somebody changes it, and judged anew afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from twoway.desk import clock
from twoway.desk.database import writing
from twoway.desk.inbox import hooks, threads
from twoway.desk.inbox.models import Conversation
from twoway.desk.inbox.turning.judging import judge
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.people.models import Account
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate


@contextmanager
def holding(teammate: Teammate, number: int, role: str) -> Iterator[Conversation]:
    """Hold a conversation of a teammate's organisation; colleagues wait until it is written.

    Its thread is locked before it, as whoever takes in posts does: nobody waits in a circle.
    """
    needs(teammate, role)
    with writing():
        mine = Conversation.objects.filter(pk=number, organisation_id=teammate.organisation_id)
        thread = mine.values_list("thread_id", flat=True).first()
        if thread is None:
            raise NotThere
        threads.lock([thread])
        row = mine.select_for_update(no_key=True).first()
        if row is None:
            raise NotThere
        yield row
        hooks.announce(row.organisation_id, [row.pk])


def judge_again(row: Conversation) -> None:
    """Judge one conversation after a decision about it was stored; `row` is read anew."""
    accounts = Account.objects.filter(person_id=row.person_id, network=row.network)
    asked = Asked({row.thread_id: set(accounts.values_list("pk", flat=True))})
    done = judge(row.organisation_id, row.network, asked, clock.now())
    row.refresh_from_db()
    hooks.announce(row.organisation_id, sorted(done.conversations | {row.pk}))

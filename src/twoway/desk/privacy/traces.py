"""Takes out what else holds a person: likes, raw answers, reports that show them, what was learned."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import msgspec
from django.db.models import QuerySet

from twoway.desk.channels import raw
from twoway.desk.database import again, writing
from twoway.desk.inbox.models import Box, Conversation, Gone, Post, Signal
from twoway.desk.inbox.turning.judging import judge
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.insight.models import Audit
from twoway.desk.learning import services as learning
from twoway.desk.people.models import Account, Erased, Person
from twoway.desk.privacy.sought import Sought

AT_ONCE: Final = 500


def take_out(sought: Sought, person: int) -> None:
    """Take out everything that is neither a post nor around a conversation."""
    here = {"organisation_id": sought.organisation, "network": sought.network}
    _delete(Signal.objects.filter(**here, account=sought.remote_id))
    for rows, name in (
        (Signal.objects.filter(**here, remote_id__contains=sought.remote_id), "remote_id"),
        (Signal.objects.filter(**here, post__contains=sought.remote_id), "post"),
        (Gone.objects.filter(**here, remote_id__contains=sought.remote_id), "remote_id"),
    ):
        _delete_theirs(rows, name, sought)
    raw.drop(sought.organisation, sought.network, sought.names)
    _forget_reports(sought)
    learning.forget(sought.organisation, [person])
    learning.keep_words_as_stored(sought.organisation)
    again(partial(_sweep, sought))


def _delete(rows: QuerySet[Any]) -> None:
    while some := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        with writing():
            rows.model.objects.filter(pk__among=some).delete()


def _delete_theirs(rows: QuerySet[Any], column: str, sought: Sought) -> None:
    """Delete rows whose id has the account's id for a part, as where an address is the id."""
    after = 0
    while some := list(
        rows.filter(pk__gt=after).order_by("pk").values_list("pk", column)[:AT_ONCE]
    ):
        after = some[-1][0]
        theirs = [pk for pk, name in some if sought.remote_id in name.split("/")]
        with writing():
            rows.model.objects.filter(pk__among=theirs).delete()


def _forget_reports(sought: Sought) -> None:
    """Delete audits that show a post of theirs or name them, and give up one that may be about to.

    The next night counts anew.
    """
    posts = Post.objects.filter(account_id=sought.account)
    audits = Audit.objects.filter(organisation_id=sought.organisation)
    with writing():
        audits.filter(state="running").delete()
    for pk, subject, report in audits.values_list("pk", "subject", "report").iterator(1):
        values = set(_values(msgspec.json.decode(report))) if report else set()
        moments = {one for one in values if isinstance(one, int)}
        told = " ".join([subject, *(one for one in values if isinstance(one, str))]).lower()
        names_them = any(name.lower() in told for name in sought.names)
        if names_them or posts.filter(said_at__among=moments).exists():
            with writing():
                Audit.objects.filter(pk=pk).delete()


def _values(value: Any) -> Iterator[str | int]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from _values(one)
    elif isinstance(value, list):
        for one in value:
            yield from _values(one)
    elif isinstance(value, (str, int)):
        yield value


def _sweep(sought: Sought) -> None:
    """Let go of the account where a delivery named it while it was still being taken out."""
    here = {"organisation_id": sought.organisation, "network": sought.network}
    if Erased.objects.filter(**here, account=sought.digest, returned_at__isnull=False).exists():
        return
    left = Account.objects.filter(**here, remote_id=sought.remote_id, post=None)
    persons = set(left.values_list("person_id", flat=True))
    talks = Conversation.objects.filter(person_id__among=persons)
    places = set(talks.values_list("thread_id", flat=True))
    if places:
        judge(sought.organisation, sought.network, Asked(dict.fromkeys(places)))
    talks.filter(box=Box.GONE).delete()
    left.filter(person__conversation=None).delete()
    Person.objects.filter(pk__among=persons, accounts=None, conversation=None).delete()

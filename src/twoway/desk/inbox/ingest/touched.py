"""Whose conversations a delivery may change: few, in a long thread, and never too few."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from twoway.desk.inbox import told
from twoway.desk.inbox.ingest.posts import Arrival
from twoway.desk.inbox.models import Conversation, Post, Reference, Thread
from twoway.desk.inbox.turning.scope import WHOLE, Asked
from twoway.desk.people.models import Account


def touched(
    organisation: int,
    network: str,
    arrivals: Sequence[Arrival],
    liked: Iterable[str],
    turned: Iterable[int],
) -> Asked:
    """Return the conversations to judge anew after these arrivals and reactions.

    `turned` are accounts (ids) that turned out to be a machine's, or not.
    """
    asked = Asked()
    telling = [arrival for arrival in arrivals if arrival.is_telling]
    for arrival in telling:
        for thread in arrival.met & set(_standing_threads(arrival.met)):
            asked.add(thread, None)
    _ask_in_threads(organisation, network, telling, asked)
    _ask_where_led(organisation, network, telling, asked)
    _ask_after_private(organisation, network, telling, asked)
    _ask_liked(organisation, network, liked, asked)
    _ask_turned(turned, asked)
    return asked


def _standing_threads(threads: Iterable[int]) -> list[int]:
    return list(Thread.objects.filter(pk__in=list(threads)).values_list("pk", flat=True))


def _ask_in_threads(
    organisation: int, network: str, telling: Sequence[Arrival], asked: Asked
) -> None:
    sizes = dict(
        Thread.objects.filter(pk__in={a.row.thread_id for a in telling}).values_list("pk", "size")
    )
    for arrival in telling:
        thread = arrival.row.thread_id
        if sizes[thread] <= WHOLE:
            asked.add(thread, None)
        elif asked.threads.get(thread, set()) is not None:
            asked.add(thread, _in_long_thread(organisation, network, arrival))


def _in_long_thread(organisation: int, network: str, arrival: Arrival) -> set[int] | None:
    """Return the accounts that an arrival in a long thread concerns; None where it may be all."""
    row = arrival.row
    rest = told.rest_of(row.record)
    if rest.nesting != "threaded" or row.is_private:
        return None
    if row.is_ours:
        return _spoken_to(organisation, network, arrival)
    accounts = {row.account_id}
    upper = _post(organisation, network, row.parent)
    if upper is None:
        return accounts
    if upper.is_ours:
        later = Post.objects.filter(
            thread_id=row.thread_id, is_ours=True, said_at__gte=row.said_at, parent=row.parent
        )
        return None if later.exists() else accounts
    return accounts | {upper.account_id}


def _spoken_to(organisation: int, network: str, arrival: Arrival) -> set[int] | None:
    """Return those whom a new post of ours speaks to, itself or through our own posts above."""
    row = arrival.row
    earlier = Post.objects.filter(
        thread_id=row.thread_id, is_ours=True, said_at__lt=row.said_at, deleted_at=None
    )
    if not arrival.is_new or row.deleted_at is not None or not earlier.exists():
        return None
    names: set[str] = set()
    step: Post | None = row
    while step is not None and step.is_ours:
        rest = told.rest_of(step.record)
        names.update(m.account for m in rest.mentions)
        names.update(n for n in (rest.parent_author, rest.quoted_author) if n is not None)
        names.update(
            _authors(organisation, network, [rest.quoted, *(k.leads_to for k in rest.links)])
        )
        step = _post(organisation, network, step.parent)
    accounts = set(_accounts(organisation, network, names))
    return accounts | ({step.account_id} if step is not None else set())


def _post(organisation: int, network: str, remote_id: str | None) -> Post | None:
    if remote_id is None:
        return None
    return Post.objects.filter(
        organisation_id=organisation, network=network, remote_id=remote_id
    ).first()


def _authors(organisation: int, network: str, remote_ids: Iterable[str | None]) -> list[str]:
    wanted = [remote for remote in remote_ids if remote is not None]
    rows = Post.objects.filter(organisation_id=organisation, network=network, remote_id__in=wanted)
    return list(rows.values_list("account__remote_id", flat=True)) if wanted else []


def _accounts(organisation: int, network: str, names: Iterable[str]) -> list[int]:
    rows = Account.objects.filter(
        organisation_id=organisation, network=network, remote_id__in=list(names)
    )
    return list(rows.values_list("pk", flat=True))


def _ask_where_led(
    organisation: int, network: str, telling: Sequence[Arrival], asked: Asked
) -> None:
    """Ask where posts of ours in these threads lead to, and where others lead to these posts."""
    ids = [arrival.row.remote_id for arrival in telling]
    authors = {arrival.row.remote_id: arrival.row.account_id for arrival in telling}
    leading = Reference.objects.filter(
        organisation_id=organisation, network=network, target__in=ids, leads=True
    ).values_list("target", "post__thread_id", "post__account_id")
    for target, thread, account in leading:
        asked.add(thread, {authors[target], account})
    ours = {arrival.row.thread_id for arrival in telling if arrival.row.is_ours}
    targets = set(
        Reference.objects.filter(
            Q(post__thread_id__in=ours, post__is_ours=True), leads=True
        ).values_list("target", flat=True)
    ) if ours else set()  # fmt: skip
    rows = Post.objects.filter(
        organisation_id=organisation, network=network, remote_id__in=targets
    ).values_list("thread_id", "account_id")
    for thread, account in rows if targets else ():
        asked.add(thread, {account})


def _ask_after_private(
    organisation: int, network: str, telling: Sequence[Arrival], asked: Asked
) -> None:
    """Ask in public where we asked a person to go on in private, and they or we did."""
    threads = {arrival.row.thread_id for arrival in telling if arrival.row.is_private}
    if not threads:
        return
    accounts = set(
        Post.objects.filter(thread_id__in=threads, is_ours=False).values_list(
            "account_id", flat=True
        )
    )
    moved = Conversation.objects.filter(
        organisation_id=organisation,
        network=network,
        has_moved=True,
        person__accounts__in=accounts,
    ).values_list("thread_id", "person__accounts__pk")
    for thread, account in moved:
        asked.add(thread, {account})


def _ask_liked(organisation: int, network: str, liked: Iterable[str], asked: Asked) -> None:
    """Ask where a reaction may settle something: a like of ours, one of a post that we deleted."""
    rows = Post.objects.filter(
        organisation_id=organisation, network=network, remote_id__in=list(liked)
    ).values_list("thread_id", "account_id", "is_ours")
    for thread, account, is_ours in rows:
        asked.add(thread, None if is_ours else {account})


def _ask_turned(turned: Iterable[int], asked: Asked) -> None:
    """Ask wherever an account spoke or was spoken to that is now taken for a machine's, or not."""
    accounts = list(turned)
    if not accounts:
        return
    spoke = Post.objects.filter(account_id__in=accounts)
    spoken_to = Conversation.objects.filter(person__accounts__in=accounts)
    for thread in {
        *spoke.values_list("thread_id", flat=True),
        *spoken_to.values_list("thread_id", flat=True),
    }:
        asked.add(thread, None)

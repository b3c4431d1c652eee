"""What a network lets nobody keep for longer goes when its time is over; counts and figures stay."""

from collections.abc import Sequence
from functools import partial

from twoway.desk import clock
from twoway.desk.channels.models import Channel
from twoway.desk.database import again
from twoway.desk.inbox import hooks, threads
from twoway.desk.inbox.models import Box, Conversation, Gone, Mark, Post, Reference, Signal, Thread
from twoway.desk.inbox.search import index
from twoway.desk.inbox.turning.judging import judge
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.people.models import Account, Person

AT_ONCE = 200


def purge(now: int | None = None) -> int:
    """Delete others' posts that have outlived their network's retention; return how many."""
    now = clock.now() if now is None else now
    gone = 0
    for channel in Channel.objects.exclude(keep_days=None):
        ends = now - (channel.keep_days or 0) * clock.DAY
        while some := _outlived(channel, ends):
            gone += again(partial(_forget, channel, some, now))
    return gone


def _outlived(channel: Channel, ends: int) -> list[int]:
    rows = Post.objects.filter(channel=channel, said_at__lt=ends, is_ours=False)
    return list(rows.order_by("said_at").values_list("pk", flat=True)[:AT_ONCE])


def _forget(channel: Channel, numbers: Sequence[int], now: int) -> int:
    organisation, network = channel.organisation_id, channel.network
    rows = list(Post.objects.filter(pk__among=numbers))
    places = {row.thread_id for row in rows}
    threads.lock(places)
    index.change([], [index.Entry(row.pk, row.text, row.facets) for row in rows if row.facets])
    accounts = {row.account_id for row in rows}
    names = [row.remote_id for row in rows]
    here = {"organisation_id": organisation, "network": network}
    Signal.objects.filter(**here, post__among=names).delete()
    Gone.objects.filter(**here, remote_id__among=names).delete()
    Mark.objects.filter(post_id__among=numbers).delete()
    Reference.objects.filter(post_id__among=numbers).delete()
    Post.objects.filter(pk__among=numbers).delete()
    _resize(places)
    done = judge(organisation, network, Asked(dict.fromkeys(places)), now)
    Conversation.objects.filter(thread_id__among=places, box=Box.GONE).delete()
    Thread.objects.filter(pk__among=places, size=0, conversation=None).delete()
    _forget_people(accounts)
    hooks.announce(organisation, sorted(done.conversations))
    return len(rows)


def _resize(places: set[int]) -> None:
    for thread in places:
        size = Post.objects.filter(thread_id=thread).count()
        Thread.objects.filter(pk=thread).update(size=size)


def _forget_people(accounts: set[int]) -> None:
    """Whoever said nothing that we still hold is no longer known."""
    silent = Account.objects.filter(pk__among=accounts, is_ours=False, post=None)
    persons = set(silent.values_list("person_id", flat=True))
    silent.delete()
    Person.objects.filter(pk__among=persons, accounts=None, conversation=None).delete()

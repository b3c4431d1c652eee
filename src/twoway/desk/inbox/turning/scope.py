"""Which posts the rule must see to judge some conversations: no more of a long thread than that."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from twoway.core.threads import PIECES_APART
from twoway.desk.database import ask
from twoway.desk.inbox.models import Post, Reference
from twoway.desk.inbox.told import rest_of
from twoway.desk.people.models import Account

WHOLE = 40
"""Threads of up to so many posts are loaded whole: that costs less than choosing."""


@dataclass(slots=True)
class Asked:
    """Whose conversations are to be judged: by thread, accounts (ids), or None for everybody's."""

    threads: dict[int, set[int] | None] = field(default_factory=dict)

    def add(self, thread: int, accounts: Iterable[int] | None) -> None:
        """Ask for some accounts' conversations in a thread; None asks for all."""
        before = self.threads.get(thread, set())
        self.threads[thread] = (
            None if before is None or accounts is None else before | set(accounts)
        )

    def __bool__(self) -> bool:
        return bool(self.threads)


def posts_needed(organisation: int, network: str, asked: Mapping[int, set[int] | None]) -> Q:
    """Return what to load: short threads whole, of long ones what some conversations need."""
    rows = ask(
        "select id from inbox_thread where id in (%s) and size > %s and not is_flat",
        [thread for thread, who in asked.items() if who is not None],
        WHOLE,
    )
    long = {thread for (thread,) in rows}
    whole = Q(thread_id__among={thread for thread in asked if thread not in long})
    if not long:
        return whole
    chosen = _Choosing(organisation, network, {t: asked[t] or set() for t in long})
    return whole | Q(pk__among=chosen.posts())


@dataclass(frozen=True, slots=True)
class _Brief:
    """What choosing needs to know of a post."""

    pk: int
    account: int
    at: int
    parent: str | None
    thread: int


class _Choosing:
    """Chooses posts of long threads: the persons', ours to them, what stands above, who cut in."""

    def __init__(self, organisation: int, network: str, asked: Mapping[int, set[int]]) -> None:
        self.organisation = organisation
        self.network = network
        self.threads = list(asked)
        self.accounts = {account for who in asked.values() for account in who}
        self.chosen: dict[str, _Brief] = {}

    def posts(self) -> set[int]:
        """Return the ids of all that is needed."""
        theirs = self._briefs(Q(account_id__among=self.accounts))
        self.chosen |= theirs
        self._choose_ours(theirs)
        found = above(self.organisation, self.network, [one.pk for one in self.chosen.values()])
        replies = Post.objects.filter(thread_id__among=self.threads, parent__among=set(theirs))
        found.update(replies.values_list("pk", flat=True))
        found.update(self._cutting_in())
        return found

    def _briefs(self, wanted: Q) -> dict[str, _Brief]:
        rows = Post.objects.filter(wanted, thread_id__among=self.threads)
        return {
            remote: _Brief(pk, account, at, parent, thread)
            for remote, pk, account, at, parent, thread in rows.values_list(
                "remote_id", "pk", "account_id", "said_at", "parent", "thread_id"
            )
        }

    def _choose_ours(self, theirs: Mapping[str, _Brief]) -> None:
        """Choose those of our posts that speak to the persons, and our first ones in each thread."""
        names = set(
            Account.objects.filter(pk__among=self.accounts).values_list("remote_id", flat=True)
        )
        leading = set(
            Reference.objects.filter(
                organisation_id=self.organisation,
                network=self.network,
                target__among=set(theirs),
                leads=True,
            ).values_list("post_id", flat=True)
        )
        rest: dict[str, _Brief] = {}
        below: dict[str, list[str]] = defaultdict(list)
        begun: set[int] = set()
        speaking = []
        for one, remote, deleted_at, record in self._ours():
            rest[remote] = one
            below[one.parent or ""].append(remote)
            is_first = one.thread not in begun
            if deleted_at is None:
                begun.add(one.thread)
            if (
                is_first
                or deleted_at is not None
                or one.parent in theirs
                or one.pk in leading
                or _names(record, names)
            ):
                speaking.append(remote)
        # What one of our posts says to somebody, our posts in its own chain say as well.
        while speaking:
            remote = speaking.pop()
            if remote in self.chosen or remote not in rest:
                continue
            self.chosen[remote] = rest[remote]
            speaking += [*below[remote], rest[remote].parent or ""]

    def _ours(self) -> Iterable[tuple[_Brief, str, int | None, str]]:
        rows = Post.objects.filter(thread_id__among=self.threads, is_ours=True).order_by("said_at")
        for pk, account, at, parent, thread, remote, deleted_at, record in rows.values_list(
            "pk",
            "account_id",
            "said_at",
            "parent",
            "thread_id",
            "remote_id",
            "deleted_at",
            "record",
        ):
            yield _Brief(pk, account, at, parent, thread), remote, deleted_at, record

    def _cutting_in(self) -> set[int]:
        """Return who replied to a post before its author went on below it: those are no pieces."""
        between = Q(pk=None)
        for one in self.chosen.values():
            upper = self.chosen.get(one.parent or "")
            if (
                upper is not None
                and upper.account == one.account
                and one.account not in self.accounts
                and one.at - upper.at <= PIECES_APART
            ):
                between |= Q(said_at__gte=upper.at, said_at__lt=one.at, parent=one.parent)
        rows = Post.objects.filter(between, thread_id__among=self.threads)
        return set(rows.values_list("pk", flat=True))


def _names(record: str, names: set[str]) -> bool:
    """Tell whether a post names, answers or quotes one of some accounts."""
    rest = rest_of(record)
    return (
        rest.parent_author in names
        or rest.quoted_author in names
        or any(mention.account in names for mention in rest.mentions)
    )


def above(organisation: int, network: str, posts: Iterable[int]) -> set[int]:
    """Return posts and everything that stands above them.

    Each step looks one name up. As a join SQLite may read all posts first, to make a filter of them.
    """
    wanted = list(posts)
    found: set[int] = set()
    for begin in range(0, len(wanted), 500):
        some = wanted[begin : begin + 500]
        places = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"with recursive up(id) as (select id from inbox_post where id in ({places}) union "
                "select (select p.id from inbox_post p where p.organisation_id = %s and p.network = %s "
                "and p.remote_id = (select q.parent from inbox_post q where q.id = up.id)) "
                "from up where up.id is not null) select id from up where id is not null",
                [*some, organisation, network],
            )
            found.update(row[0] for row in cursor.fetchall())
    return found

"""Which posts the rule must see to judge some conversations: no more of a long thread than that."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from twoway.core.threads import PIECES_APART
from twoway.desk.database import among_pairs, ask
from twoway.desk.inbox.models import Post
from twoway.desk.inbox.told import rest_of

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


def long_threads(asked: Mapping[int, set[int] | None]) -> set[int]:
    """Return the threads of which not everything is needed."""
    rows = ask(
        "select id from inbox_thread where id in (%s) and size > %s and not is_flat",
        [thread for thread, who in asked.items() if who is not None],
        WHOLE,
    )
    return {thread for (thread,) in rows}


def posts_needed(
    organisation: int, network: str, asked: Mapping[int, set[int] | None], long: set[int]
) -> set[int]:
    """Return what some conversations need of long threads."""
    return _Choosing(organisation, network, {t: asked[t] or set() for t in long}).posts()


class _Brief(NamedTuple):
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
        self.pairs = {(account, thread) for thread, who in asked.items() for account in who}
        self.accounts = {account for who in asked.values() for account in who}
        self.chosen: dict[str, _Brief] = {}

    def posts(self) -> set[int]:
        """Return the ids of all that is needed."""
        theirs = self._theirs()
        self.chosen |= theirs
        self._choose_ours(theirs)
        found = above(self.organisation, self.network, [one.pk for one in self.chosen.values()])
        replies = ask(
            "select id from inbox_post where thread_id in (%s) and parent in (%s)",
            self.threads,
            [*theirs],
        )
        found.update(pk for (pk,) in replies)
        found.update(self._cutting_in())
        return found

    def _theirs(self) -> dict[str, _Brief]:
        # Not every account in every thread: 50 in 20 are a thousand looks into the index for 30 posts.
        where, pairs = among_pairs("account_id, thread_id", self.pairs)
        columns = "remote_id, id, account_id, said_at, parent, thread_id"
        rows = ask(f"select {columns} from inbox_post where {where}", pairs)
        return {remote: _Brief(*brief) for remote, *brief in rows}

    def _choose_ours(self, theirs: Mapping[str, _Brief]) -> None:
        """Choose those of our posts that speak to the persons, and our first ones in each thread."""
        accounts = ask("select remote_id from people_account where id in (%s)", self.accounts)
        names = {name for (name,) in accounts}
        references = ask(
            "select post_id from inbox_reference "
            "where organisation_id = %s and network = %s and target in (%s) and leads",
            self.organisation,
            self.network,
            [*theirs],
        )
        leading = {post for (post,) in references}
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
        rows = ask(
            "select remote_id, deleted_at, record, id, account_id, said_at, parent, thread_id "
            "from inbox_post where thread_id in (%s) and is_ours order by said_at",
            self.threads,
        )
        for remote, deleted_at, record, *brief in rows:
            yield _Brief(*brief), remote, deleted_at, record

    def _cutting_in(self) -> set[int]:
        """Return who replied to a post before its author went on below it: those are no pieces."""
        between = Q()
        for one in self.chosen.values():
            upper = self.chosen.get(one.parent or "")
            if (
                upper is not None
                and upper.account == one.account
                and one.account not in self.accounts
                and one.at - upper.at <= PIECES_APART
            ):
                between |= Q(said_at__gte=upper.at, said_at__lt=one.at, parent=one.parent)
        if not between:
            return set()
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

"""Which posts the rule must see to judge some conversations: no more of a long thread than that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from twoway.core.threads import PIECES_APART
from twoway.desk.inbox.models import Post, Thread

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


def posts_needed(
    organisation: int, network: str, asked: Mapping[int, set[int] | None]
) -> set[int] | Q:
    """Return what to load: a filter for threads taken whole, joined with ids of chosen posts."""
    sizes = dict(Thread.objects.filter(pk__in=list(asked)).values_list("pk", "size"))
    long = [t for t, who in asked.items() if who is not None and sizes.get(t, 0) > WHOLE]
    whole = [t for t in asked if t not in set(long)]
    chosen: set[int] = set()
    for thread in long:
        if _nests(thread):
            chosen |= _choose(organisation, network, thread, asked[thread] or set())
        else:
            whole.append(thread)
    return Q(thread_id__in=whole) | Q(pk__in=chosen) if chosen else Q(thread_id__in=whole)


def _nests(thread: int) -> bool:
    """Where replies do not nest, whom a post speaks to depends on all posts before it."""
    one = Post.objects.filter(thread_id=thread).values_list("record", "is_private").first()
    return one is not None and not one[1] and '"nesting"' not in one[0]


def _choose(organisation: int, network: str, thread: int, accounts: set[int]) -> set[int]:
    """Return the persons' posts, ours, what stands above them, and who spoke between their pieces."""
    rows = Post.objects.filter(
        Q(account_id__in=accounts) | Q(is_ours=True), thread_id=thread
    ).values_list("pk", "remote_id", "account_id", "said_at", "parent")
    posts = {remote: (pk, account, at, parent) for pk, remote, account, at, parent in rows}
    chosen = above(organisation, network, [pk for pk, *_ in posts.values()])
    asked = [remote for remote, one in posts.items() if one[1] in accounts]
    below = Post.objects.filter(thread_id=thread, parent__in=asked)
    chosen.update(below.values_list("pk", flat=True))
    for _, account, at, parent in posts.values():
        upper = posts.get(parent or "")
        if upper is not None and upper[1] == account and at - upper[2] <= PIECES_APART:
            between = Post.objects.filter(
                thread_id=thread, said_at__gte=upper[2], said_at__lt=at, parent=parent
            )
            chosen.update(between.values_list("pk", flat=True))
    return chosen


def above(organisation: int, network: str, posts: Iterable[int]) -> set[int]:
    """Return posts and everything that stands above them."""
    wanted = list(posts)
    found: set[int] = set()
    for begin in range(0, len(wanted), 500):
        some = wanted[begin : begin + 500]
        places = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                "with recursive up(id, parent) as ("
                f"select id, parent from inbox_post where id in ({places}) union "
                "select p.id, p.parent from up join inbox_post p on p.organisation_id = %s "
                "and p.network = %s and p.remote_id = up.parent) select id from up",
                [*some, organisation, network],
            )
            found.update(row[0] for row in cursor.fetchall())
    return found

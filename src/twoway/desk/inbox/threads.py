"""Which thread a post stands in, kept as core.threads.place would say it of all posts at once.

A post that nobody waited for stands where its parent stands; only one that others had named before
it came can join threads, and then the threads it touches are placed anew.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from twoway.core.threads import place
from twoway.desk.database import Moved, add
from twoway.desk.inbox import told
from twoway.desk.inbox.models import Post, Reference, Thread


@dataclass(frozen=True, slots=True)
class Standing:
    """What placing a post needs to know of it; ids are remote ids."""

    id: str
    author: Any
    said_at: int
    parent: str | None
    root: str | None
    visibility: str
    nesting: str
    deleted_at: int | None
    thread: int | None = None
    row: int | None = None

    @property
    def is_chat(self) -> bool:
        return self.visibility == "private" or self.nesting == "chat"


_COLUMNS = (
    "remote_id",
    "account_id",
    "said_at",
    "parent",
    "deleted_at",
    "record",
    "thread_id",
    "id",
)


def standing(values: tuple[Any, ...]) -> Standing:
    """Return a post's standing from its columns."""
    remote_id, account, said_at, parent, deleted_at, record, thread, row = values
    rest = told.rest_of(record)
    return Standing(
        remote_id, account, said_at, parent, rest.root, rest.visibility, rest.nesting, deleted_at,
        thread, row,
    )  # fmt: skip


class Placing:
    """Finds the threads of the posts of one delivery."""

    def __init__(self, organisation: int, network: str, rows: Mapping[str, Post]) -> None:
        self.organisation = organisation
        self.network = network
        self.rows = rows
        self.known = {
            remote: standing(tuple(getattr(row, name) for name in _COLUMNS))
            for remote, row in rows.items()
        }
        named = {n for s in self.known.values() for n in (s.parent, s.root) if n is not None}
        self.here = self._load(named - set(self.known))
        self.circles: set[str] = set()
        """Posts that name each other in a circle, which only all posts together can cut."""

    def _load(self, remote_ids: Iterable[str]) -> dict[str, Standing]:
        found = Post.objects.filter(
            organisation_id=self.organisation,
            network=self.network,
            remote_id__among=set(remote_ids),
        ).values_list(*_COLUMNS)
        return {values[0]: standing(values) for values in found}

    def missing(self, remote: str) -> set[str]:
        """Return what a post stands below that we do not have."""
        post = self.known[remote]
        return {
            name
            for name in (post.parent, post.root)
            if name is not None and name != remote and self._get(name) is None
        }

    def thread_of(self, remote: str) -> int | str:
        """Return the thread of a post: the id of a stored one, or the root of a new one."""
        seen: set[str] = set()
        while remote not in seen:
            seen.add(remote)
            post = self.known.get(remote)
            if post is None:
                found = self.here[remote].thread
                assert found is not None  # noqa: S101  stored posts stand in a thread
                return found
            upper = self._above(post)
            if upper is not None:
                remote = upper.id
                continue
            root = post.root or (post.parent if post.nesting == "flat" else None)
            if root is None or root in seen:
                return remote
            if (top := self._get(root)) is None:
                return root
            if top.is_chat != post.is_chat:
                return remote
            remote = root
        self.circles |= seen
        return remote

    def _get(self, remote: str) -> Standing | None:
        return self.known.get(remote) or self.here.get(remote)

    def _above(self, post: Standing) -> Standing | None:
        for name in (post.parent, post.root if post.nesting != "threaded" else None):
            if name is not None and name != post.id and (upper := self._get(name)) is not None:
                return upper if upper.is_chat == post.is_chat else None
        return None


def make(organisation: int, network: str, roots: Iterable[str]) -> dict[str, int]:
    """Return the threads of `roots`, made where there are none."""
    wanted = sorted(set(roots))
    if not wanted:
        return {}
    Thread.objects.bulk_create(
        (Thread(organisation_id=organisation, network=network, root=root) for root in wanted),
        ignore_conflicts=True,
    )
    rows = Thread.objects.filter(organisation_id=organisation, network=network, root__among=wanted)
    return dict(rows.values_list("root", "pk"))


def lock(threads: Iterable[int]) -> None:
    """Let nobody else write in these threads until the transaction ends. Raises Moved."""
    if connection.vendor == "sqlite":
        return  # whoever writes is the only one who does
    wanted = sorted(set(threads))
    rows = Thread.objects.filter(pk__among=wanted).order_by("pk")
    found = list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
    if found != wanted:
        raise Moved


def grow(arrived: Mapping[tuple[int, int], bool]) -> None:
    """Count new posts (post, thread) into their threads, and note where replies do not nest."""
    sizes = Counter(thread for _, thread in arrived)
    flat = {thread for (_, thread), is_flat in arrived.items() if is_flat}
    if flat:
        Thread.objects.filter(pk__among=flat).update(is_flat=True)
    if sizes:
        add(Thread, "size", sizes.items())


def awaiting(organisation: int, network: str, remote_ids: Iterable[str]) -> list[Reference]:
    """Return who named these posts before they came, or leads to them."""
    return list(
        Reference.objects.filter(
            organisation_id=organisation, network=network, target__among=set(remote_ids)
        ).select_related("post")
    )


def regroup(organisation: int, network: str, threads: Sequence[int]) -> dict[int, int]:
    """Place all posts of some threads anew; return which thread went up in which.

    The threads must hold everything that the posts in them stand below or above.
    """
    values = Post.objects.filter(thread_id__among=threads).values_list(*_COLUMNS)
    posts = {v[0]: standing(v) for v in values}
    members: dict[str, list[Standing]] = defaultdict(list)
    for spot in place([*posts.values(), *_named(organisation, network, posts)]):
        if spot.post in posts:
            members[spot.thread].append(posts[spot.post])
    homes = _homes(organisation, network, threads, members)
    went: dict[int, int] = {}
    for root, inside in members.items():
        strangers = [post for post in inside if post.thread != homes[root]]
        Post.objects.filter(pk__among={post.row for post in strangers}).update(
            thread_id=homes[root]
        )
        went |= {post.thread: homes[root] for post in strangers if post.thread is not None}
        is_flat = any(post.nesting != "threaded" for post in inside)
        Thread.objects.filter(pk=homes[root]).update(root=root, size=len(inside), is_flat=is_flat)
    kept = set(homes.values())
    return {thread: home for thread, home in went.items() if thread not in kept}


def _named(organisation: int, network: str, posts: Mapping[str, Standing]) -> list[Standing]:
    """Return what these posts name in other threads: a public root of something private."""
    names = {n for p in posts.values() for n in (p.parent, p.root) if n is not None}
    rows = Post.objects.filter(
        organisation_id=organisation, network=network, remote_id__among=names - set(posts)
    )
    return [standing(values) for values in rows.values_list(*_COLUMNS)]


def _homes(
    organisation: int,
    network: str,
    threads: Sequence[int],
    members: Mapping[str, Sequence[Standing]],
) -> dict[str, int]:
    """Return the row of every thread: its own by its root, else one whose posts it got, else new."""
    rows = dict(Thread.objects.filter(pk__among=threads).values_list("root", "pk"))
    homes = {root: rows[root] for root in members if root in rows}
    taken = set(homes.values())
    for root in sorted(set(members) - set(homes)):
        free = [p.thread for p in members[root] if p.thread is not None and p.thread not in taken]
        if free and not _exists(organisation, network, root):
            homes[root] = min(free)
            taken.add(min(free))
    return homes | make(organisation, network, [root for root in members if root not in homes])


def _exists(organisation: int, network: str, root: str) -> bool:
    rows = Thread.objects.filter(organisation_id=organisation, network=network, root=root)
    return rows.exists()

"""Which thread a post stands in, kept as core.threads.place would say it of all posts at once.

A post that nobody waited for stands where its parent stands; only one that others had named before
it came can join threads, and then the threads it touches are placed anew.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from twoway.core.threads import place
from twoway.desk.database import Moved, add, ask, insert
from twoway.desk.inbox import told
from twoway.desk.inbox.models import Post, Thread


class Standing(NamedTuple):
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


_COLUMNS = "remote_id, account_id, said_at, parent, deleted_at, record, thread_id, id"
_get = itemgetter(*_COLUMNS.split(", "))


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
        self.known = {remote: standing(_get(vars(row))) for remote, row in rows.items()}
        named = {n for s in self.known.values() for n in (s.parent, s.root) if n is not None}
        self.here = self._load(named - set(self.known))
        self.circles: set[str] = set()
        """Posts that name each other in a circle, which only all posts together can cut."""

    def _load(self, remote_ids: Iterable[str]) -> dict[str, Standing]:
        found = _stored(self.organisation, self.network, remote_ids)
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


def _stored(organisation: int, network: str, remote_ids: Iterable[str]) -> list[tuple[Any, ...]]:
    return ask(
        f"select {_COLUMNS} from inbox_post "
        "where organisation_id = %s and network = %s and remote_id in (%s)",
        organisation,
        network,
        {*remote_ids},
    )


def make(organisation: int, network: str, roots: Iterable[str]) -> dict[str, int]:
    """Return the threads of `roots`, made where there are none."""
    wanted = sorted(set(roots))
    found = _rows(organisation, network, wanted)
    missing = [root for root in wanted if root not in found]
    if missing:
        columns = ("organisation_id", "network", "root", "size", "is_flat")
        rows = [(organisation, network, root, 0, False) for root in missing]
        insert(Thread, columns, rows, replacing=None)
        found |= _rows(organisation, network, missing)
    return found


def _rows(organisation: int, network: str, roots: Sequence[str]) -> dict[str, int]:
    rows = ask(
        "select root, id from inbox_thread "
        "where organisation_id = %s and network = %s and root in (%s)",
        organisation,
        network,
        roots,
    )
    return dict(rows)


def lock(threads: Iterable[int]) -> None:
    """Let nobody else write in these threads until the transaction ends. Raises Moved."""
    if connection.vendor == "sqlite":
        return  # whoever writes is the only one who does
    wanted = {*threads}
    found = ask(
        "select id from inbox_thread where id in (%s) order by id for no key update", wanted
    )
    if len(found) != len(wanted):
        raise Moved


def grow(arrived: Mapping[tuple[int, int], bool]) -> None:
    """Count new posts (post, thread) into their threads, and note where replies do not nest."""
    sizes = Counter(thread for _, thread in arrived)
    flat = {thread for (_, thread), is_flat in arrived.items() if is_flat}
    if flat:
        Thread.objects.filter(pk__among=flat).update(is_flat=True)
    if sizes:
        add(Thread, "size", sizes.items())


def awaiting(organisation: int, network: str, remote_ids: Iterable[str]) -> set[int]:
    """Return the threads of posts that stand below these, and came before them."""
    rows = ask(
        "select p.thread_id from inbox_reference r join inbox_post p on p.id = r.post_id "
        "where r.organisation_id = %s and r.network = %s and r.target in (%s) and not r.leads",
        organisation,
        network,
        {*remote_ids},
    )
    return {thread for (thread,) in rows}


def regroup(organisation: int, network: str, threads: Sequence[int]) -> dict[int, int]:
    """Place all posts of some threads anew; return which thread went up in which.

    The threads must hold everything that the posts in them stand below or above.
    """
    values = ask(f"select {_COLUMNS} from inbox_post where thread_id in (%s)", threads)
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
    return [standing(values) for values in _stored(organisation, network, names - set(posts))]


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

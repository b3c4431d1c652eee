"""The tree of posts below one root: whose place is where, which posts are pieces of one.

Posts come in any order; parents may be missing, and some name each other in a circle. A private
exchange beside a public thread is a thread of its own, even where it hangs below a public post.
"""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

PIECES_APART = 15 * 60 * 1_000_000
"""Pieces of one post are at most 15 minutes apart (µs, included)."""


class Placeable(Protocol):
    """What `place` reads of a post: core.posts.Post has it, a row with numbers for ids has it too."""

    @property
    def id(self) -> Any: ...
    @property
    def author(self) -> Any: ...
    @property
    def said_at(self) -> int: ...
    @property
    def parent(self) -> Any: ...
    @property
    def root(self) -> Any: ...
    @property
    def visibility(self) -> str: ...
    @property
    def nesting(self) -> str: ...
    @property
    def deleted_at(self) -> int | None: ...


class Place(NamedTuple):
    """Where one post stands: the columns of core.tables.THREADS, with the ids that came in.

    A tuple, because it is made for every post there is and becomes a row at once.

    Below p stand those with `p.enter < enter <= p.leave` in the same thread.
    """

    post: Any
    thread: Any
    first_piece: Any
    above: Any | None
    enter: int
    leave: int
    chain_top: Any


def place(
    posts: Iterable[Placeable], withdrawals: Container[Hashable] = frozenset()
) -> list[Place]:
    """Return the place of every post, thread by thread, each in the order of its tree.

    `withdrawals` are ids of posts that take something back: they are never pieces. Of posts with
    the same id the first counts. Work and memory grow with the number of posts, not with depth.
    """
    known: dict[Any, Placeable] = {}
    for post in posts:
        known.setdefault(post.id, post)
    above = _without_circles(known)
    below: dict[Any, list[Any]] = defaultdict(list)
    tops: dict[Any, list[Any]] = defaultdict(list)
    for identity in _by_time(known):
        upper = above[identity]
        if upper is None:
            tops[_thread_of_top(identity, known, above)].append(identity)
        else:
            below[upper].append(identity)
    return [
        spot
        for thread, roots in tops.items()
        for spot in _walk(thread, roots, known, above, below, withdrawals)
    ]


def _by_time(known: Mapping[Any, Placeable]) -> list[Any]:
    """Return ids by time, those of the same moment by their text."""
    said_at = {identity: post.said_at for identity, post in known.items()}
    if len(set(said_at.values())) == len(said_at):
        return sorted(said_at, key=said_at.__getitem__)
    return sorted(said_at, key=lambda i: (said_at[i], str(i)))


def _is_chat(post: Placeable) -> bool:
    return post.visibility == "private" or post.nesting == "chat"


def _parent_here(post: Placeable, known: Mapping[Any, Placeable]) -> Any | None:
    """Return the parent, or in its absence the root of a flat thread, where it can stand above."""
    for upper in (post.parent, post.root if post.nesting != "threaded" else None):
        if upper is not None and upper != post.id and upper in known:
            return upper if _is_chat(known[upper]) == _is_chat(post) else None
    return None


def _without_circles(known: Mapping[Any, Placeable]) -> dict[Any, Any | None]:
    """Return the post above each, with every circle cut above its earliest post."""
    above = {identity: _parent_here(post, known) for identity, post in known.items()}
    if all(
        upper is None or known[upper].said_at < known[identity].said_at
        for identity, upper in above.items()
    ):
        return above  # a circle would have to go back in time somewhere
    finished: set[Any] = set()
    for start in above:
        path: dict[Any, None] = {}
        step: Any | None = start
        while step is not None and step not in finished and step not in path:
            path[step] = None
            step = above[step]
        if step is not None and step in path:
            walked = list(path)
            circle = walked[walked.index(step) :]
            above[min(circle, key=lambda i: (known[i].said_at, str(i)))] = None
        finished.update(path)
    return above


def _thread_of_top(
    identity: Any, known: Mapping[Any, Placeable], above: Mapping[Any, Any | None]
) -> Any:
    """Return the thread of a post with nothing above it: itself, or the root that it names.

    In a flat thread the parent is the root, so naming a missing parent is naming the root.
    """
    seen: set[Any] = set()
    while identity not in seen:
        seen.add(identity)
        post = known[identity]
        root = post.root
        if root is None and post.nesting == "flat":
            root = post.parent
        if root is None or root in seen:
            return identity
        if root not in known:
            return root
        if _is_chat(known[root]) != _is_chat(post):
            return identity
        while (upper := above[root]) is not None:
            root = upper
        identity = root
    return identity


def _walk(
    thread: Any,
    roots: list[Any],
    known: Mapping[Any, Placeable],
    above: Mapping[Any, Any | None],
    below: Mapping[Any, list[Any]],
    withdrawals: Container[Hashable],
) -> Iterator[Place]:
    """Number one thread in preorder, from 1."""
    order: list[Any] = []
    waiting = roots[::-1]
    while waiting:
        identity = waiting.pop()
        order.append(identity)
        if identity in below:
            waiting += reversed(below[identity])
    if len(order) == 1:
        (alone,) = order
        yield Place(alone, thread, alone, above[alone], 1, 1, alone)
        return
    chain_top: dict[Any, Any] = {}
    for identity in order:
        upper = above[identity]
        goes_on = upper is not None and known[upper].author == known[identity].author
        chain_top[identity] = chain_top[upper] if goes_on else identity
    entered = {identity: enter for enter, identity in enumerate(order, start=1)}
    left = dict(entered)
    for identity in reversed(order):
        upper = above[identity]
        if upper is not None and left[identity] > left[upper]:
            left[upper] = left[identity]
    by_time = sorted(order, key=lambda i: known[i].said_at)
    first_piece = _pieces(by_time, known, above, below, withdrawals)
    for identity in order:
        yield Place(
            identity,
            thread,
            first_piece[identity],
            above[identity],
            entered[identity],
            left[identity],
            chain_top[identity],
        )


def _pieces(
    by_time: list[Any],
    known: Mapping[Any, Placeable],
    above: Mapping[Any, Any | None],
    below: Mapping[Any, list[Any]],
    withdrawals: Container[Hashable],
) -> dict[Any, Any]:
    """Return the first piece of every post of a thread: itself where it stands alone."""
    first: dict[Any, Any] = {}
    own_last: dict[Any, Any] = {}
    for identity in by_time:
        earlier, author = above[identity], known[identity].author
        goes_on = (
            earlier is not None
            and own_last.get(author) == earlier
            and _may_be_one(known[earlier], known[identity])
            and identity not in withdrawals
            and earlier not in withdrawals
            and not _interrupted(identity, earlier, known, below)
        )
        first[identity] = first[earlier] if goes_on else identity
        own_last[author] = identity
    return first


def _may_be_one(before: Placeable, after: Placeable) -> bool:
    """Tell whether two posts of one author stand close enough; flat comments and chats never do.

    A deleted post is no piece: what stands then stands alone, with its own time.
    """
    return (
        before.nesting == after.nesting == "threaded"
        and not _is_chat(after)
        and after.said_at - before.said_at <= PIECES_APART
        and before.deleted_at is None
        and after.deleted_at is None
    )


def _interrupted(
    identity: Any,
    earlier: Any,
    known: Mapping[Any, Placeable],
    below: Mapping[Any, list[Any]],
) -> bool:
    """Tell whether anybody else replied to the earlier post before the later one was written."""
    return any(
        known[other].author != known[identity].author
        and known[other].said_at < known[identity].said_at
        for other in below[earlier]
    )

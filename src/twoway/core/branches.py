"""Where replies nest to one level only: whom a reply inside a top comment goes to is told by names.

Facebook, Instagram, LinkedIn and YouTube hang every reply below the top comment, whomever it
answers. What these find is a parent as networks with nesting have it, so that one rule serves both.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

ONE_LEVEL = frozenset({"facebook", "instagram", "linkedin", "youtube"})
"""Networks, by the names of their folders."""


class Nested(Protocol):
    """What is read of a post; `parent` is the one that the network names."""

    @property
    def id(self) -> Any: ...
    @property
    def author(self) -> Any: ...
    @property
    def said_at(self) -> int: ...
    @property
    def parent(self) -> Any: ...


def inside(posts: Iterable[Nested], names: Mapping[Any, Collection[Any] | None]) -> dict[Any, Any]:
    """Return the post that each reply inside a top comment goes to, where that is another than it.

    `names` holds, for every post of such a network, the accounts that it names. It goes to what one of them last said in the branch;
    else on from the author's own post, where nobody wrote between; else to the top comment.
    """
    known = {post.id: post for post in posts}
    branches: dict[Any, list[Nested]] = {}
    for post in known.values():
        top = known.get(post.parent) if names.get(post.id) is not None else None
        if top is not None and top.parent is not None and top.parent != top.id:
            branches.setdefault(top.id, []).append(post)
    found: dict[Any, Any] = {}
    for top, replies in branches.items():
        before = [known[top]]
        for post in sorted(replies, key=lambda one: (one.said_at, str(one.id))):
            goes_to = _goes_to(post, before, names[post.id] or ())
            if goes_to != top:
                found[post.id] = goes_to
            before.append(post)
    return found


def _goes_to(post: Nested, before: list[Nested], named: Collection[Any]) -> Any:
    for earlier in reversed(before):
        if earlier.author in named and earlier.author != post.author:
            return earlier.id
    last = before[-1]
    return last.id if last.author == post.author else before[0].id

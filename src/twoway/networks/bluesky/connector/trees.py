"""A thread as the app view tells it: a tree of posts, some of which are missing or hidden."""

from collections.abc import Iterator
from typing import Any, Final

from twoway.collection.records import Deletion, Record, Rejected
from twoway.collection.values import Lacking, count, identifier, mapping, mappings, text
from twoway.core.posts import Post
from twoway.networks.bluesky.connector.views import is_gone, read_view
from twoway.networks.bluesky.posts import NETWORK

Node = dict[str, Any]

# The app view cuts trees off, in 2026-11 at ten levels; a branch this long may have been cut.
_MAY_BE_CUT: Final = 6


def walk(tree: Node) -> Iterator[tuple[int, Node]]:
    """Hand out every node above and below, with its depth; what hangs above counts as 0.

    Walks without calling itself: a forged tree may be nested a thousand levels deep.
    """
    above = mapping(tree.get("parent"))
    while above:
        yield 0, above
        above = mapping(above.get("parent"))
    waiting = [(0, tree)]
    while waiting:
        depth, node = waiting.pop()
        yield depth, node
        waiting += [(depth + 1, reply) for reply in mappings(node.get("replies"))]


def read_tree(tree: Node, seen_at: int, *, is_public: bool) -> Iterator[Record]:
    """Read all posts of a tree that can be seen, oldest first, and which ones are gone.

    One that cannot be read becomes a Rejected and does not cost the others.
    """
    found = [_read_node(node, seen_at, is_public) for _, node in walk(tree)]
    for _, records in sorted(found, key=lambda one: one[0]):
        yield from records


def _read_node(node: Node, seen_at: int, is_public: bool) -> tuple[int, list[Record]]:
    """Read a post with the people around it; also return when it was said."""
    if "post" not in node:
        address = identifier(node.get("uri")) if is_gone(node) else None
        return 0, [Deletion(NETWORK, address, seen_at)] if address else []
    view = mapping(node["post"])
    try:
        records = list(read_view(view, seen_at, is_public=is_public))
    except Lacking as lacking:
        shown = text(str(view.get("uri")))[:300]
        return 0, [Rejected("Bluesky, thread", 0, str(lacking), shown)]
    return max((one.said_at for one in records if isinstance(one, Post)), default=0), records


def cut_off(tree: Node) -> list[str]:
    """Return the posts at which a tree was cut: answered, as deep as it goes, answers not shown."""
    nodes = [(depth, node) for depth, node in walk(tree) if "post" in node]
    deepest = max((depth for depth, _ in nodes), default=0)
    return [
        address
        for depth, node in nodes
        if depth == deepest >= _MAY_BE_CUT
        and not mappings(node.get("replies"))
        and (count(mapping(node["post"]).get("replyCount")) or 0) > 0
        and (address := identifier(mapping(node["post"]).get("uri")))
    ]

"""A thread as the app view tells it: a tree of posts, some of which are missing or hidden."""

from collections.abc import Iterator
from typing import Any, Final

from twoway.collection.records import Deletion, Record, Rejected
from twoway.collection.values import Lacking, count, identifier, mapping, mappings, text
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
    """Read all posts of a tree that can be seen, and which ones are gone.

    One that cannot be read becomes a Rejected and does not cost the others.
    """
    for _, node in walk(tree):
        try:
            if "post" in node:
                yield from read_view(mapping(node["post"]), seen_at, is_public=is_public)
            elif is_gone(node) and (address := identifier(node.get("uri"))):
                yield Deletion(NETWORK, address, seen_at)
        except Lacking as lacking:
            shown = text(str(mapping(node["post"]).get("uri")))[:300]
            yield Rejected("Bluesky, thread", 0, str(lacking), shown)


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

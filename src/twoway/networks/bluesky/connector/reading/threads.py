"""What people answered: the trees below an account's posts, walked again while they are open.

Notifications miss answers (more than four levels down, out of order, dated back), and nothing tells
of those deleted. The trees do.
"""

from collections.abc import AsyncIterator
from typing import Final

from twoway.collection.values import count, identifier, mapping
from twoway.connectors.backwards import Batch, Fetch, Item
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Page
from twoway.networks.bluesky.connector.reading import posts
from twoway.networks.bluesky.connector.reading.subject import Fields, Subject
from twoway.networks.bluesky.connector.trees import cut_off
from twoway.networks.bluesky.connector.xrpc import LARGEST, Refused
from twoway.networks.bluesky.posts import author_of, reference
from twoway.networks.bluesky.times import key_time

# Each page of the feed may need as many trees; what was read is kept page by page.
_POSTS: Final = 25
# The app view hands out ten levels at most (2026-11), whatever is asked for.
_LEVELS: Final = 100
_PARENTS: Final = 80
# Branches that are followed below where trees were cut off, for each tree.
_MOST_CUTS: Final = 50
_GONE: Final = frozenset({"NotFound", "RecordNotFound"})


def feed(subject: Subject, floor: int | None) -> Fetch:
    """Read the trees backwards, by the time of the account's posts down to `floor` (µs UTC)."""

    async def fetch(cursor: str | None) -> Batch:
        answer = await posts.ask(subject, cursor, _POSTS)
        items: list[Item] = []
        for view, at in posts.own_posts(answer, subject.account):
            if _needs_a_walk(view, subject.account, floor):
                items += await _trees(subject, identifier(view.get("uri")) or "", at)
        return Batch(items=items, older=posts.older_than(answer, floor))

    return fetch


async def one(subject: Subject) -> AsyncIterator[Page]:
    """Read all that stands above and below one post, whose id the subject holds."""
    items = await _trees(subject, subject.account, None)
    yield Page(items=tuple(item.raw for item in items), cursor="", is_last=True)


def _needs_a_walk(view: Fields, account: str, floor: int | None) -> bool:
    """Tell whether a post has answers that no other tree of this walk shows."""
    if not count(view.get("replyCount")):
        return False
    root = reference(mapping(mapping(view.get("record")).get("reply")).get("root"))
    if root is None or author_of(root) != account:
        return True
    begun = key_time(root.rpartition("/")[2])
    return begun is None or (floor is not None and begun < floor)


async def _trees(subject: Subject, address: str, at: int | None) -> list[Item]:
    """Fetch a tree, and what hangs below the places at which it was cut off."""
    waiting, seen, items = [address], {address}, list[Item]()
    while waiting and len(seen) <= _MOST_CUTS:
        top = waiting.pop()
        kind, answer = await _tree(subject, top)
        items.append(subject.item(kind, answer, f"{kind} {top}", at))
        below = [one for one in cut_off(mapping(answer.get("thread"))) if one not in seen]
        seen.update(below)
        waiting += below
    return items


async def _tree(subject: Subject, address: str) -> tuple[str, Fields]:
    try:
        answer = await subject.ask(
            "app.bsky.feed.getPostThread",
            size=LARGEST,
            uri=address,
            depth=_LEVELS,
            parentHeight=_PARENTS,
        )
    except Refused as error:
        if error.name in _GONE:
            return "gone", {"posts": [address]}
        return "unread", {"post": address, "why": str(error)}
    except GiveUp as error:  # too large: one tree must not cost all others
        return "unread", {"post": address, "why": str(error)}
    if not mapping(answer.get("thread")):
        return "unread", {"post": address, "why": "an answer without a thread"}
    return "thread", answer

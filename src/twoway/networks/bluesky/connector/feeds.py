"""The feeds of an account: which there are, what each covers, and how each is read."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Final

from twoway.connectors.backwards import LEG, Fetch
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Feed, Page
from twoway.core.coverage import Coverage, Stream
from twoway.networks.bluesky.connector.reading import (
    again,
    gone,
    likes,
    lists,
    notifications,
    posts,
    quotes,
    threads,
)
from twoway.networks.bluesky.connector.reading.again import Again
from twoway.networks.bluesky.connector.reading.messages import Messages
from twoway.networks.bluesky.connector.reading.subject import Subject
from twoway.networks.bluesky.posts import NETWORK

_HOUR: Final = 3_600
_DAY: Final = 24 * _HOUR
_SECOND: Final = 1_000_000

FEEDS: Final = (
    Feed(name="profile", covers=frozenset({"profile"}), is_public=True, every=_DAY),
    Feed(
        name="posts",
        covers=frozenset({"originals", "replies", "shares"}),
        is_public=True,
        every=60,
    ),
    Feed(name="threads", covers=frozenset({"comments"}), is_public=True, every=600),
    Feed(name="quotes", covers=frozenset({"quotes"}), is_public=True, every=1_800),
    Feed(name="likes", covers=frozenset({"likes"}), is_public=True, every=1_800),
    Feed(name="follows", covers=frozenset(), is_public=True, every=_DAY),
    Feed(name="thread", covers=frozenset(), is_public=True, about="post"),
    Feed(name="notifications", covers=frozenset({"mentions"}), is_public=False, every=60),
    Feed(name="gone", covers=frozenset(), is_public=False, every=1_800),
    Feed(name="messages", covers=frozenset({"private"}), is_public=False, every=60),
)

FOUNDED: Final = 1_667_260_800_000_000
"""The first repositories were made in November 2022; nothing is older."""

_OPEN: Final = 14 * _DAY * _SECOND
"""Threads and quotes are read anew as long as a conversation counts as open."""

_HOW: Final = {
    "posts": "its feed at Bluesky's app view, read to the end",
    "threads": "the trees below all it wrote, back to two weeks before",
    "quotes": "the quotes of all it wrote, back to two weeks before",
    "likes": "the list of likes in its own repository",
    "profile": "its profile as it was then",
    "notifications": "its notifications",
    "messages": "its conversations",
}
_AGAIN: Final = {
    # Each page of the feed may lead to 25 trees: kept page by page.
    "threads": Again(window=_OPEN, every=0, leg=1),
    "quotes": Again(window=_OPEN, every=0, leg=4),
    "posts": Again(window=2 * _DAY * _SECOND, every=_DAY * _SECOND),
    "likes": Again(window=2 * _DAY * _SECOND, every=_DAY * _SECOND),
    "notifications": Again(window=30 * _DAY * _SECOND, every=_DAY * _SECOND, leg=LEG),
}


async def pages(
    feed: str, subject: Subject, cursor: str | None, since: int | None, chat: str
) -> AsyncIterator[Page]:
    """Hand out what is new in a feed, oldest first in each leg, and what that covers."""
    begun = subject.now
    before = cursor
    async for page in _uncovered(feed, subject, cursor, since, chat):
        is_kept = page.cursor != before
        before = page.cursor
        yield (
            replace(page, coverage=_covered(feed, subject, page, since, begun)) if is_kept else page
        )


def _uncovered(
    feed: str, subject: Subject, cursor: str | None, since: int | None, chat: str
) -> AsyncIterator[Page]:
    if feed == "profile":
        return lists.profile(subject)
    if feed == "follows":
        return lists.follows(subject, cursor)
    if feed == "thread":
        return threads.one(subject)
    if feed == "gone":
        return gone.pages(subject, cursor)
    if feed == "messages":
        return Messages(subject, chat).pages(cursor)
    if feed not in _WALKS:
        known = ", ".join(one.name for one in FEEDS)
        raise GiveUp(
            "Bluesky has no feed called {feed}. There are: {known}.", feed=feed, known=known
        )
    widened = since - _OPEN if since and feed in ("threads", "quotes") else since
    return again.pages(
        lambda floor: _WALKS[feed](subject, floor),
        cursor,
        server=subject.xrpc.server,
        since=widened,
        now=subject.now,
        how=_AGAIN[feed],
    )


_WALKS: Final[dict[str, Callable[[Subject, int | None], Fetch]]] = {
    "posts": lambda subject, _: posts.feed(subject),
    "threads": threads.feed,
    "quotes": quotes.feed,
    "likes": lambda subject, _: likes.feed(subject),
    "notifications": lambda subject, _: notifications.feed(subject),
}


def _covered(
    feed: str, subject: Subject, page: Page, since: int | None, begun: int
) -> tuple[Coverage, ...]:
    """Say what is covered once this page is stored: down to where its walk has come."""
    reached = page.reached
    if page.is_last and feed != "profile":  # which says nothing about before
        reached = FOUNDED if since is None else since
    if feed in ("threads", "quotes") and reached is not None:
        reached = max(reached, since or 0)
    streams: frozenset[Stream] = next(one.covers for one in FEEDS if one.name == feed)
    return tuple(
        Coverage(
            network=NETWORK,
            account=subject.account,
            stream=stream,
            begins=begun if reached is None else min(reached, begun),
            ends=begun,
            is_complete=True,
            how=_HOW[feed],
        )
        for stream in sorted(streams)
    )

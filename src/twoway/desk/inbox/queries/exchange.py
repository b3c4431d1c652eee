"""The posts that a conversation's page shows: the exchange, what stands above it, a window around."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from twoway.desk.channels.models import Channel
from twoway.desk.database import fetch
from twoway.desk.inbox.models import Conversation, Post
from twoway.desk.inbox.queries.lists import carried
from twoway.desk.inbox.turning.scope import above
from twoway.desk.people.models import Account

WINDOW = 100
"""Posts of a thread on one page: five thousand took 335 ms to draw, a hundred take 10."""

FIRST_WINDOW = 30
"""Beside the exchange a few branches are enough; more come when somebody asks for them."""

_NEAREST = 11


@dataclass(slots=True)
class Window:
    """Some other posts of a thread in the order of time, and where the next ones begin."""

    posts: list[Post]
    next: str | None


@dataclass(slots=True)
class Shown:
    """Posts with their accounts and channels, oldest first."""

    exchange: list[Post] = field(default_factory=list)
    above: list[Post] = field(default_factory=list)
    """What stands above the first post of the exchange, from the root down."""
    around: Window = field(default_factory=lambda: Window([], None))


def shown(conversation: Conversation) -> Shown:
    """Return the posts of a page: of a short thread with one question, of a long one with three."""
    found = _from_whole(conversation) if conversation.thread.size <= WINDOW else None
    if found is None:
        exchange = _stored(conversation.exchange)
        higher = _above(conversation, exchange)
        seen = {post.pk for post in [*exchange, *higher]}
        found = Shown(exchange, higher, _window(conversation, seen, None, FIRST_WINDOW))
    _dress(conversation, [*found.exchange, *found.above, *found.around.posts])
    return found


def window(conversation: Conversation, after: str | None) -> Window:
    """Return the next window of a conversation's thread."""
    found = _window(conversation, set(conversation.exchange), after, WINDOW)
    _dress(conversation, found.posts)
    return found


def _from_whole(conversation: Conversation) -> Shown | None:
    """Sort a whole thread; None where some of what is shown stands in another one."""
    rows = fetch(
        Post,
        f"where thread_id = %s order by said_at, id limit {2 * WINDOW}",
        conversation.thread_id,
    )
    posts = {post.pk: post for post in rows}
    exchange = [posts[number] for number in conversation.exchange if number in posts]
    higher = _climb(exchange, {post.remote_id: post for post in posts.values()})
    if higher is None or len(exchange) < len(conversation.exchange):
        return None
    nearest = [posts[number] for number in _nearest(exchange, (post.pk for post in higher))]
    seen = {post.pk for post in [*exchange, *nearest]}
    others = [post for post in posts.values() if post.pk not in seen]
    return Shown(exchange, nearest, _cut(others, FIRST_WINDOW))


def _climb(exchange: Sequence[Post], posts: dict[str, Post]) -> list[Post] | None:
    """Return what stands above the first post; None where that leads out of the thread."""
    found: dict[int, Post] = {}
    step = exchange[0] if exchange else None
    while step is not None and step.parent is not None and step.pk not in found:
        found[step.pk] = step
        upper = posts.get(step.parent)
        # Only what is private can stand below something of another thread that we have.
        if upper is None and step.is_private:
            return None
        step = upper
    if step is not None:
        found[step.pk] = step
    return list(found.values())


def _above(conversation: Conversation, exchange: Sequence[Post]) -> list[Post]:
    if not exchange or exchange[0].parent is None:
        return []
    numbers = above(conversation.organisation_id, conversation.network, [exchange[0].pk])
    return _stored(_nearest(exchange, numbers))


def _nearest(exchange: Sequence[Post], higher: Iterable[int]) -> list[int]:
    """Return the root and those nearest: in between a deep thread only repeats itself."""
    found = sorted(set(higher) - {post.pk for post in exchange})
    return found if len(found) <= _NEAREST + 1 else [found[0], *found[-_NEAREST:]]


def _stored(numbers: Sequence[int]) -> list[Post]:
    found = {post.pk: post for post in fetch(Post, "where id in (%s)", numbers)}
    return [found[number] for number in numbers if number in found]


def _window(conversation: Conversation, seen: set[int], after: str | None, size: int) -> Window:
    last = carried(after)
    found = fetch(
        Post,
        f"where thread_id = %s and not (id in (%s)) {'' if last is None else 'and id > %s'} "
        f"order by said_at, id limit {size + 1}",
        conversation.thread_id,
        [0, *seen],  # no post has the number 0, and to be in an empty list is unknown
        *([] if last is None else [last]),
    )
    return _cut(found, size)


def _cut(found: list[Post], size: int) -> Window:
    posts = found[:size]
    return Window(posts, str(posts[-1].pk) if len(found) > size else None)


def _dress(conversation: Conversation, posts: Sequence[Post]) -> None:
    """Give posts their accounts and channels, of which a thread has few: a join would repeat them."""
    wrote = {post.account_id for post in posts}
    accounts = {one.pk: one for one in fetch(Account, "where id in (%s)", wrote)}
    channels = {conversation.channel_id: conversation.channel}
    others = {post.channel_id for post in posts} - set(channels)
    if others:
        channels |= {one.pk: one for one in fetch(Channel, "where id in (%s)", others)}
    for post in posts:
        post.account = accounts[post.account_id]
        post.channel = channels[post.channel_id]

"""Worth joining today: what nobody asked us, said by people who would be glad of a word."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.desk import clock
from twoway.desk.channels.models import Channel
from twoway.desk.inbox.models import Conversation, Post
from twoway.desk.inbox.readings import kept
from twoway.desk.inbox.told import rest_of
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate

LOOKED_AT = 100
"""The latest posts of each channel: what is older is no longer today's."""

REGULAR = 3
"""Whoever talked with us in so many conversations is a regular."""


@dataclass(frozen=True, slots=True)
class Joining:
    """A post, and why a word of ours would be welcome there."""

    post: Post
    why: str


def worth_joining_for_observer(teammate: Teammate, most: int = 10) -> list[Joining]:
    """Return posts of the last two days that name us, ask, or come from regulars."""
    needs(teammate, "observer")
    posts = [post for channel in _channels(teammate) for post in _latest(channel)]
    asked = _in_conversations(posts)
    regulars = _regulars(teammate, posts)
    handles = [channel.handle.casefold() for channel in _channels(teammate)]
    found = []
    for post in sorted(posts, key=lambda post: -post.pk):
        if (post.thread_id, post.account.person_id) in asked:
            continue
        why = _why(post, regulars, handles)
        if why:
            found.append(Joining(post, why))
    return found[:most]


def _channels(teammate: Teammate) -> list[Channel]:
    rows = Channel.objects.filter(organisation_id=teammate.organisation_id)
    return list(rows.exclude(state="disconnected"))


def _latest(channel: Channel) -> list[Post]:
    since = clock.now() - 2 * clock.DAY
    rows = Post.objects.filter(channel=channel, said_at__gte=since).select_related("account")
    latest = rows.order_by("-said_at", "-id")[:LOOKED_AT]
    return [
        post
        for post in latest
        if not (post.is_ours or post.is_private or post.deleted_at or post.account.is_automatic)
    ]


def _in_conversations(posts: list[Post]) -> set[tuple[int, int]]:
    rows = Conversation.objects.filter(thread_id__in={post.thread_id for post in posts})
    return set(rows.values_list("thread_id", "person_id"))


def _regulars(teammate: Teammate, posts: list[Post]) -> set[int]:
    persons = [post.account.person_id for post in posts]
    seen: dict[int, int] = {}
    rows = Conversation.objects.filter(
        organisation_id=teammate.organisation_id, person_id__in=persons
    )
    for person in rows.values_list("person_id", flat=True)[:5_000]:
        seen[person] = seen.get(person, 0) + 1
    return {person for person, n in seen.items() if n >= REGULAR}


def _why(post: Post, regulars: set[int], handles: list[str]) -> str:
    text = post.text.casefold()
    if any(handle and handle in text for handle in handles):
        return _("names us without asking us")
    kinds = {name for name, _certainty, holds in kept(post.reading).theirs if holds}
    if post.account.we_follow and kinds & CALLS_FOR_ANSWER and not rest_of(post.record).quoted:
        return _("asks something, and we follow them")
    if post.account.person_id in regulars:
        return _("writes to us often")
    return ""

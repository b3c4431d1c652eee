"""Finds a post of ours whose answer was lost, among what the server shows of us.

Only Mastodon remembers keys; elsewhere a post is recognised by what it answers, its text, and that
it was made after its key. Two keys with the same text for the same post at the same time are taken
for one.
"""

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final

from twoway.collection.values import (
    identifier,
    mapping,
    mappings,
    microseconds,
    moment,
    need,
    text,
)
from twoway.connectors.answer import Answer
from twoway.connectors.clock import SECOND
from twoway.connectors.errors import GiveUp, Unknown
from twoway.networks.mastodon.connector.entities.statuses import uri_of
from twoway.networks.mastodon.connector.place import Place
from twoway.networks.mastodon.connector.refusals import Gone
from twoway.networks.mastodon.markup import read_markup

Entity = Mapping[str, Any]

# Times of posts may be whole seconds, and so is the server's clock in its headers.
_SLACK: Final = 3 * SECOND
_PAGE: Final = 40
_MOST_PAGES: Final = 25
_HOSTS: Final = re.compile(r"(@[\w.-]+)@[\w.-]+(?::\d+)?")


async def look_back(
    place: Place, payload: Entity, made_at: int, taken: Iterable[str] = ()
) -> Entity | None:
    """Return the post that says `payload` and was made after `made_at` (µs UTC), if there is one.

    `taken` are addresses of posts that other keys made.
    """
    others = set(taken)
    async for post, earliest in _candidates(place, payload, made_at):
        at = moment(post.get("created_at"))
        uri = uri_of(post)
        if uri is None or uri in others or (at is not None and at < earliest):
            continue
        is_answer = identifier(post.get("in_reply_to_id"))
        if not _same_post(place, is_answer, identifier(payload.get("in_reply_to_id"))):
            continue
        if await _says(place, post, text(payload.get("status"))):
            return post
    return None


async def _candidates(
    place: Place, payload: Entity, made_at: int
) -> AsyncIterator[tuple[Entity, int]]:
    """Hand out our own posts with the time since when they count, by the server's clock.

    Our own list leaves out private posts on some servers; the thread and the home timeline have them.
    """
    own_id = need(identifier(place.us.get("id")), "account")
    if above := identifier(payload.get("in_reply_to_id")):
        answer = await _seen(place, f"/api/v1/statuses/{above}/context", {})
        if answer is not None:
            for post in _own(mappings(mapping(answer.json()).get("descendants")), own_id):
                yield post, _earliest(place, answer, made_at)
    for path in (f"/api/v1/accounts/{own_id}/statuses", "/api/v1/timelines/home"):
        async for post, earliest in _walked(place, path, made_at):
            if identifier(mapping(post.get("account")).get("id")) == own_id:
                yield post, earliest


async def _walked(place: Place, path: str, made_at: int) -> AsyncIterator[tuple[Entity, int]]:
    """Walk a list of posts back to the time of the key."""
    older: str | None = None
    for _ in range(_MOST_PAGES):
        params = {"limit": _PAGE} | ({"max_id": older} if older else {})
        answer = await _seen(place, path, params)
        posts = mappings(answer.json()) if answer else []
        if answer is None or not posts:
            return
        earliest = _earliest(place, answer, made_at)
        for post in posts:
            place.known.learn(post)
            yield post, earliest
        times = [moment(post.get("created_at")) for post in posts]
        if all(at is not None and at < earliest for at in times):
            return
        last = identifier(posts[-1].get("id"))
        if last is None or last == older:
            return
        older = last
    raise Unknown(
        "{host} has too many posts since then to be sure about this one.", host=place.server.host
    )


async def _seen(place: Place, path: str, params: Mapping[str, Any]) -> Answer | None:
    try:
        return await place.server.look(path, params)
    except Gone:
        return None


def _own(posts: Iterable[Entity], own_id: str) -> list[Entity]:
    return [post for post in posts if mapping(post.get("account")).get("id") == own_id]


def _earliest(place: Place, answer: Answer, made_at: int) -> int:
    """Return when the key was made by the server's clock, which may be wrong by hours."""
    try:
        theirs = microseconds(parsedate_to_datetime(answer.headers.get("date", "")))
    except ValueError:
        theirs = place.now
    return made_at + (theirs - place.now) - _SLACK


def _same_post(place: Place, one: str | None, other: str | None) -> bool:
    """Tell whether two ids mean the same post, or both none: one post may have two (snac 2.94)."""
    if one == other:
        return True
    posts = [place.known.post(local) for local in (one, other)]
    uris = {uri_of(post) for post in posts if post is not None}
    return None not in posts and len(uris) == 1


async def _says(place: Place, post: Entity, said: str) -> bool:
    """Compare with the text as it was written, or as it looks where the server keeps no source."""
    shown = read_markup(text(post.get("content"))).text
    try:
        source = mapping(await place.server.get(f"/api/v1/statuses/{post.get('id')}/source"))
    except GiveUp:
        source = {}
    if written := text(source.get("text")):
        return written.split() == said.split()
    return _bare(shown) == _bare(said)


def _bare(said: str) -> list[str]:
    """Return the words; pages show names without their hosts."""
    return _HOSTS.sub(r"\1", said).split()

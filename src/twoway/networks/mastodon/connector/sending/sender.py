"""Everything we send, exactly once: by the server's memory of keys where it has one, else by ours.

On a server that remembers keys a fresh one is enough. Everywhere else, and with a key older than
the server's memory, we look among our own posts before anything is sent again.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from twoway.collection.values import Lacking, identifier, mapping, moment, text
from twoway.connectors.clock import SECOND
from twoway.connectors.errors import ConnectorError, GiveUp, Unknown
from twoway.connectors.interface import Action, Key, Limits, Message, Say, Sent
from twoway.connectors.lengths import left
from twoway.networks.mastodon.connector.entities.accounts import completed, handle_of
from twoway.networks.mastodon.connector.entities.instance import KEY_LASTS
from twoway.networks.mastodon.connector.entities.reading import pack
from twoway.networks.mastodon.connector.entities.statuses import uri_of
from twoway.networks.mastodon.connector.hearing.beside import known_beside
from twoway.networks.mastodon.connector.place import Place
from twoway.networks.mastodon.connector.sending import deeds
from twoway.networks.mastodon.connector.sending.composing import compose, is_wider
from twoway.networks.mastodon.connector.sending.lookback import look_back
from twoway.networks.mastodon.connector.sending.media import upload

Entity = Mapping[str, Any]

# Ten minutes less than the server's memory: clocks differ, and requests wait.
_FRESH: Final = (KEY_LASTS - 600) * SECOND
# A request whose answer was lost may still be at work; what it makes is not to be seen before.
_SETTLES: Final = 2 * SECOND


class Sender:
    """Sends for one account; remembers which key made which post while it lives."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._tried: dict[str, int] = {}
        self._made: dict[str, str] = {}

    async def send(self, action: Action, key: Key) -> Sent:
        """Do it, at most once for a key."""
        try:
            if isinstance(action, Say | Message):
                return await self._say(await self._as_say(action), key)
            return await deeds.do(self._place, action)
        except Lacking as error:
            host = self._place.server.host
            raise GiveUp(
                "{host} answered without what is needed ({why}).", host=host, why=str(error)
            ) from error

    async def find(self, action: Action, key: Key) -> Sent | None:
        """Look up what became of a send whose answer was lost."""
        if not isinstance(action, Say | Message):
            return await deeds.is_done(self._place, action)
        await self._settled(key)
        say = await self._as_say(action)
        return await self._found(await self._payload(say), key)

    async def _say(self, say: Say, key: Key) -> Sent:
        place = self._place
        payload = await self._payload(say)
        _fits(payload, (await place.server.instance()).limits)
        await self._settled(key)
        is_fresh = place.now - key.made_at < _FRESH
        is_kept = is_fresh and (await place.server.instance()).keeps_keys
        if not key.is_first and not is_kept:
            found = await self._found(payload, key)
            if found is not None:
                return found
        media = await upload(place.server, say.media)
        sent = {**payload, "media_ids": media} if media else payload
        self._tried[key.text] = place.now
        told = await place.server.change("POST", "/api/v1/statuses", sent, key=key.text)
        uri = uri_of(told)
        if uri is None:
            raise Unknown("{host} did something, and does not say what.", host=place.server.host)
        del self._tried[key.text]
        is_repeat = uri in self._made
        place.known.learn(told)
        await self._check(told, text(payload["visibility"]))
        return replace(self._sent(told, uri, key), is_repeat=is_repeat)

    async def _as_say(self, action: Say | Message) -> Say:
        """Turn a private message into what it is here: a post that only those named can see."""
        if isinstance(action, Say):
            return action
        local = await self._place.account(action.to)
        if local is None:
            raise GiveUp(
                "{host} does not know the account {account}.",
                host=self._place.server.host,
                account=action.to,
            )
        account = mapping(await self._place.server.get(f"/api/v1/accounts/{local}"))
        begun = action.conversation and await self._place.status(action.conversation)
        return Say(
            text=action.text,
            answers=action.conversation if begun else None,
            to=(handle_of(account),),
            visibility="private",
        )

    async def _payload(self, say: Say) -> Entity:
        above = await self._post(say.answers)
        quoted = await self._post(say.quotes)
        instance = await self._place.server.instance()
        return compose(say, above, self._place.us, instance, quoted)

    async def _post(self, uri: str | None) -> Entity:
        if uri is None:
            return {}
        found = await self._place.answerable(uri)
        if found is None:
            raise GiveUp(
                "The post is not, or no longer, to be seen at {host}.", host=self._place.server.host
            )
        return mapping(completed(found, self._place.server.domain))

    async def _settled(self, key: Key) -> None:
        """Wait until what was tried just now must be visible."""
        wait = self._tried.get(key.text, 0) + _SETTLES - self._place.now
        if wait > 0:
            await self._place.server.door.clock.sleep(wait / SECOND)

    async def _found(self, payload: Entity, key: Key) -> Sent | None:
        others = [uri for uri, made_by in self._made.items() if made_by != key.text]
        post = await look_back(self._place, payload, key.made_at, others)
        uri = uri_of(post or {})
        if post is None or uri is None:
            return None
        return replace(self._sent(post, uri, key), is_repeat=True)

    def _sent(self, told: Entity, uri: str, key: Key) -> Sent:
        """Say what was made; asks the server nothing, for whatever fails now is no failed send."""
        self._made[uri] = key.text
        place = self._place
        return Sent(
            id=uri,
            address=identifier(told.get("url")),
            sent_at=moment(told.get("created_at")),
            raw=pack(
                "status",
                told,
                place.now,
                about=place.server.whose,
                beside=known_beside(place, told),
            ),
        )

    async def _check(self, told: Entity, asked: str) -> None:
        """Take a post down at once that the server shows to more people than it was for."""
        if not is_wider(text(told.get("visibility")), asked):
            return
        host = self._place.server.host
        try:
            await self._place.server.change("DELETE", f"/api/v1/statuses/{told.get('id')}")
        except ConnectorError as error:
            raise GiveUp(
                "{host} made public what was private, and does not take it down. Delete {address} by hand, now.",
                host=host,
                address=str(told.get("url")),
            ) from error
        raise GiveUp(
            "{host} cannot keep this private; it showed it to all, and it was deleted.", host=host
        )


def _fits(payload: Entity, limits: Limits) -> None:
    """Refuse what the server would refuse: it may have taken the pictures by then."""
    room = left(text(payload.get("status")), limits, text(payload.get("spoiler_text")))
    if room is not None and room < 0:
        raise GiveUp(
            "The text is {many} characters longer than the {most} allowed.",
            many=-room,
            most=limits.characters,
        )

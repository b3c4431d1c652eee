"""What each action is on Bluesky: which record is made, replaced or deleted."""

from typing import Any, Final

from twoway.collection.values import mapping, text
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import (
    Action,
    Change,
    Delete,
    FollowAccount,
    Key,
    Message,
    React,
    Say,
    Sent,
)
from twoway.networks.bluesky.connector.sending import cards, pictures, targets
from twoway.networks.bluesky.connector.sending.chat import Chat
from twoway.networks.bluesky.connector.sending.facets import facets_in, links_in
from twoway.networks.bluesky.connector.sending.records import Records
from twoway.networks.bluesky.connector.sending.targets import Target
from twoway.networks.bluesky.connector.sending.wording import check_length, languages, worded
from twoway.networks.bluesky.connector.xrpc import Refused
from twoway.networks.bluesky.posts import page_of

POST: Final = "app.bsky.feed.post"
FOLLOW: Final = "app.bsky.graph.follow"
REACTIONS: Final = {"like": "app.bsky.feed.like", "share": "app.bsky.feed.repost"}
CLOSED: Final = "Its author lets only some people answer here, and this account is not among them."


class Actions:
    """Does things as one account."""

    def __init__(self, records: Records, chat_service: str) -> None:
        self._records = records
        self._xrpc = records.xrpc
        self._chat = Chat(self._xrpc, chat_service, self._look)

    async def send(self, action: Action, key: Key) -> Sent:
        """Do it, at most once for a key."""
        match action:
            case Say():
                return await self._say(action, key)
            case Message():
                return await self._chat.send(action, key)
            case React():
                return await self._react(action, key)
            case FollowAccount():
                return await self._follow(action, key)
            case Change():
                return await self._change(action)
            case Delete():
                await self._records.delete(action.post)
                return Sent(id=action.post)
            case _:
                raise GiveUp("Bluesky has no polls.")

    async def find(self, action: Action, key: Key) -> Sent | None:
        """Look up what stands of an action; None where nothing does."""
        match action:
            case Say():
                return await self._records.found(POST, key)
            case Message():
                return await self._chat.find(action, key)
            case React(undo=False):
                return await self._records.found(REACTIONS[action.kind], key)
            case FollowAccount(undo=False):
                return await self._records.found(FOLLOW, key)
            case Change() | Delete():
                return await self._is_done(action)
        return None

    async def _is_done(self, action: Change | Delete) -> Sent | None:
        record = await self._records.get(action.post)
        if isinstance(action, Delete):
            is_done = record is None
        else:
            is_done = text(mapping((record or {}).get("value")).get("text")) == action.text
        return Sent(id=action.post, is_repeat=True) if is_done else None

    async def _say(self, say: Say, key: Key) -> Sent:
        _refuse_what_is_not_there(say)
        pictures.check(say.media)
        if (sent := await self._records.sent_before(POST, key)) is not None:
            return sent
        answered = await self._target(say.answers)
        if answered is not None and not answered.may_answer:
            raise GiveUp(CLOSED)
        heard = frozenset({answered.handle} if answered else ())
        words = worded(say.text, say.to, heard)
        check_length(words)
        record: dict[str, Any] = {"text": words, "langs": languages(say.language)}
        if answered is not None:
            record["reply"] = {"root": answered.root, "parent": answered.reference}
        if facets := await facets_in(words, self._look):
            record["facets"] = facets
        if embed := await self._embed(say, words):
            record["embed"] = embed
        if not record["langs"]:
            del record["langs"]
        return await self._records.make(POST, record, key)

    async def _target(self, address: str | None) -> Target | None:
        return await targets.find(self._xrpc, address) if address else None

    async def _embed(self, say: Say, words: str) -> dict[str, Any] | None:
        """Show pictures, a quoted post, both, or else the card of the first link."""
        media = await pictures.embed(self._xrpc, say.media) if say.media else None
        quoted = await self._target(say.quotes)
        if quoted is None:
            first = next(links_in(words), None)
            if media is None and first is not None:
                return await cards.embed(self._xrpc, first[2])
            return media
        if not quoted.may_quote:
            raise GiveUp("Its author does not want this post to be quoted.")
        record = {"$type": "app.bsky.embed.record", "record": quoted.reference}
        if media is None:
            return record
        return {"$type": "app.bsky.embed.recordWithMedia", "record": record, "media": media}

    async def _react(self, react: React, key: Key) -> Sent:
        collection = REACTIONS[react.kind]
        if react.undo:
            return await self._undo(collection, react.post)
        if (sent := await self._records.sent_before(collection, key)) is not None:
            return sent
        target = await targets.find(self._xrpc, react.post)
        if standing := (target.liked if react.kind == "like" else target.shared):
            return Sent(id=standing, is_repeat=True)
        return await self._records.make(collection, {"subject": target.reference}, key)

    async def _follow(self, follow: FollowAccount, key: Key) -> Sent:
        if follow.undo:
            return await self._undo(FOLLOW, follow.account)
        if (sent := await self._records.sent_before(FOLLOW, key)) is not None:
            return sent
        answer = await self._xrpc.ask("app.bsky.actor.getProfile", {"actor": follow.account})
        viewer = mapping(answer.get("viewer"))
        if standing := text(viewer.get("following")):
            return Sent(id=standing, is_repeat=True)
        if viewer.get("blockedBy"):
            raise GiveUp("This account has blocked ours.")
        return await self._records.make(FOLLOW, {"subject": follow.account}, key)

    async def _undo(self, collection: str, subject: str) -> Sent:
        """Delete our records about a post or account; two clients may have made one each."""
        for standing in await self._records.about(collection, subject):
            await self._records.delete(standing)
        return Sent(id=subject)

    async def _change(self, change: Change) -> Sent:
        check_length(change.text)
        found = await self._records.get(change.post)
        if found is None:
            raise GiveUp("The post is gone, so it cannot be changed.")
        record = mapping(found.get("value"))
        is_done = text(record.get("text")) == change.text
        if not is_done:
            facets = await facets_in(change.text, self._look)
            changed = {**record, "text": change.text, "facets": facets}
            await self._records.replace(change.post, changed, text(found.get("cid")))
        return Sent(id=change.post, address=page_of(change.post), is_repeat=is_done)

    async def _look(self, handle: str) -> str | None:
        """Find whom a handle names; one that nobody has names nobody."""
        try:
            found = await self._xrpc.ask("com.atproto.identity.resolveHandle", {"handle": handle})
        except Refused:
            return None
        return text(found.get("did")) or None


def _refuse_what_is_not_there(say: Say) -> None:
    """Refuse what Bluesky has not, rather than leave it out without a word."""
    if say.visibility not in (None, "public"):
        raise GiveUp("Posts on Bluesky are public. Write a private message instead.")
    if say.poll:
        raise GiveUp("Bluesky has no polls.")
    if say.content_warning:
        raise GiveUp("Bluesky has no content warnings in words of one's own.")
    if not say.text.strip() and not say.media and not say.quotes:
        raise GiveUp("There is nothing in this post.")

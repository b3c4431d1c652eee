"""What is done to posts and people without saying anything: done twice, it is done once."""

from collections.abc import Mapping
from typing import Any, Final

from twoway.collection.values import identifier, mapping, mappings, moment, need, text
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Change, Delete, FollowAccount, React, Sent, Vote
from twoway.networks.mastodon.connector.entities.statuses import uri_of
from twoway.networks.mastodon.connector.place import Place
from twoway.networks.mastodon.connector.refusals import Gone

Entity = Mapping[str, Any]
Deed = React | FollowAccount | Vote | Change | Delete

_REACTIONS: Final = {"like": ("favourite", "favourited"), "share": ("reblog", "reblogged")}


async def do(place: Place, deed: Deed) -> Sent:
    """Do it unless it is done; raises GiveUp where what it is done to is not there."""
    if (done := await is_done(place, deed)) is not None:
        return done
    match deed:
        case React():
            return await _react(place, deed)
        case FollowAccount():
            return await _follow(place, deed)
        case Vote():
            return await _vote(place, deed)
        case Change():
            return await _change(place, deed)
        case Delete():
            return await _delete(place, deed)


async def is_done(place: Place, deed: Deed) -> Sent | None:
    """Tell whether it is done already, by us or by a send whose answer was lost."""
    if isinstance(deed, FollowAccount):
        return await _is_followed(place, deed)
    status = await place.status(deed.post)
    if isinstance(deed, Delete):
        return Sent(id=deed.post, is_repeat=True) if status is None else None
    if status is None:
        raise GiveUp("The post is not, or no longer, to be seen at {host}.", host=place.server.host)
    done = False
    if isinstance(deed, React):
        done = (status.get(_REACTIONS[deed.kind][1]) is True) is not deed.undo
    elif isinstance(deed, Vote):
        poll = mapping(status.get("poll"))
        done = poll.get("voted") is True and set(poll.get("own_votes") or ()) == set(deed.choices)
    else:
        done = text((await _source(place, status)).get("text")) == deed.text
    return Sent(id=deed.post, address=_address(status), is_repeat=True) if done else None


async def _react(place: Place, deed: React) -> Sent:
    local = await _local(place, deed.post)
    verb = ("un" if deed.undo else "") + _REACTIONS[deed.kind][0]
    told = await place.server.change("POST", f"/api/v1/statuses/{local}/{verb}")
    is_share = deed.kind == "share" and not deed.undo and told.get("reblog")
    own = told if is_share else {}
    return Sent(
        id=uri_of(own) or deed.post,
        address=_address(own) or _address(told),
        sent_at=moment(own.get("created_at")) or place.now,
    )


async def _follow(place: Place, deed: FollowAccount) -> Sent:
    local = await _account(place, deed)
    verb = "unfollow" if deed.undo else "follow"
    await place.server.change("POST", f"/api/v1/accounts/{local}/{verb}")
    return Sent(id=deed.account, sent_at=place.now)


async def _is_followed(place: Place, deed: FollowAccount) -> Sent | None:
    local = await _account(place, deed)
    told = mappings(await place.server.get("/api/v1/accounts/relationships", [("id[]", local)]))
    follows = any(one.get("following") is True or one.get("requested") is True for one in told)
    return Sent(id=deed.account, is_repeat=True) if follows is not deed.undo else None


async def _vote(place: Place, deed: Vote) -> Sent:
    status = await place.status(deed.post)
    poll = mapping((status or {}).get("poll"))
    number = need(identifier(poll.get("id")), "poll in this post")
    if poll.get("voted") is True:
        raise GiveUp("We have voted in this poll already, for something else.")
    if poll.get("expired") is True:
        raise GiveUp("This poll is over.")
    await place.server.change("POST", f"/api/v1/polls/{number}/votes", {"choices": [*deed.choices]})
    return Sent(id=deed.post, sent_at=place.now)


async def _change(place: Place, deed: Change) -> Sent:
    """Replace the text and keep the rest, which a server takes away where it is not sent again."""
    status = await place.status(deed.post) or {}
    source = await _source(place, status)
    payload = {
        "status": deed.text,
        "spoiler_text": text(source.get("spoiler_text")) or text(status.get("spoiler_text")),
        "sensitive": status.get("sensitive") is True,
        "language": status.get("language"),
        "media_ids": [one.get("id") for one in mappings(status.get("media_attachments"))],
        "poll": _same_poll(place, mapping(status.get("poll"))),
    }
    kept = {key: value for key, value in payload.items() if value not in (None, [], {})}
    told = await place.server.change("PUT", f"/api/v1/statuses/{status.get('id')}", kept)
    return Sent(id=deed.post, address=_address(told), sent_at=moment(told.get("edited_at")))


async def _delete(place: Place, deed: Delete) -> Sent:
    local = await _local(place, deed.post)
    try:
        await place.server.change("DELETE", f"/api/v1/statuses/{local}")
    except Gone as error:
        if await place.status(deed.post) is not None:
            raise GiveUp(
                "{host} has no way to take posts down but its own page.", host=place.server.host
            ) from error
    return Sent(id=deed.post, sent_at=place.now)


async def _source(place: Place, status: Entity) -> Entity:
    """Return a post as it was written; empty where the server does not keep that."""
    return mapping(await place.optional("source", f"/api/v1/statuses/{status.get('id')}/source"))


async def _local(place: Place, uri: str) -> str:
    return need(place.known.id_of_post(uri), "post here")


async def _account(place: Place, deed: FollowAccount) -> str:
    local = await place.account(deed.account)
    if local is None:
        raise GiveUp(
            "{host} does not know the account {account}.",
            host=place.server.host,
            account=deed.account,
        )
    return local


def _same_poll(place: Place, poll: Entity) -> Entity:
    if not poll:
        return {}
    ends = moment(poll.get("expires_at")) or place.now
    return {
        "options": [text(option.get("title")) for option in mappings(poll.get("options"))],
        "expires_in": max((ends - place.now) // 1_000_000, 300),
        "multiple": poll.get("multiple") is True,
    }


def _address(status: Entity) -> str | None:
    return identifier(status.get("url")) or identifier(status.get("uri"))

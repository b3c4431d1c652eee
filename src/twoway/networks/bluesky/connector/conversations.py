"""Private messages as the chat service hands them out."""

from collections.abc import Iterator
from typing import Any, Final

from twoway.collection.records import Deletion, Record
from twoway.collection.values import identifier, mapping, mappings, moment, need, text
from twoway.connectors.interface import Raw
from twoway.core.posts import Mention, Post
from twoway.core.reactions import Reaction
from twoway.networks.bluesky.connector.views import read_account
from twoway.networks.bluesky.posts import NETWORK, spell_out

_MEMBERS: Final = 2


def read(item: dict[str, Any], raw: Raw, _: bool) -> Iterator[Record]:
    """Read a message, with its conversation and the people in it where we fetched those."""
    conversation = need(identifier(item.get("convo")), "conversation")
    message = mapping(item.get("message"))
    own_id = need(identifier(message.get("id")), "id of a message")
    members = [read_account(one, raw.fetched_at) for one in mappings(item.get("members"))]
    yield from members
    address = message_id(conversation, own_id)
    if text(message.get("$type")).endswith("#deletedMessageView"):
        yield Deletion(NETWORK, address, moment(message.get("sentAt")) or raw.fetched_at)
        return
    author = need(identifier(mapping(message.get("sender")).get("did")), "sender of a message")
    others = [member.id for member in members if member.id != author]
    words, links = spell_out(message)
    yield Post(
        network=NETWORK,
        id=address,
        author=author,
        said_at=need(moment(message.get("sentAt")), "time of a message"),
        text=words,
        visibility="private",
        nesting="chat",
        root=conversation,
        mentions=(Mention(others[0]),) if len(members) == _MEMBERS and others else (),
        links=tuple(links),
        observed_at=raw.fetched_at,
    )
    yield from _reactions(message, address)


def message_id(conversation: str, message: str) -> str:
    """Return how we name a message: its own id is only known within its conversation."""
    return f"{conversation}/{message}"


def _reactions(message: dict[str, Any], address: str) -> Iterator[Reaction]:
    """Read emoji below a message; each counts as a like."""
    for reaction in mappings(message.get("reactions")):
        if account := identifier(mapping(reaction.get("sender")).get("did")):
            yield Reaction(
                network=NETWORK,
                account=account,
                post=address,
                kind="like",
                reacted_at=moment(reaction.get("createdAt")),
            )

"""Private messages in an archive of X: chats of two or of a group."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from twoway.collection.elements import reject_part
from twoway.collection.records import Rejected
from twoway.collection.values import (
    Lacking,
    identifier,
    mapping,
    mappings,
    moment,
    need,
    text,
    texts,
)
from twoway.core.posts import Media, Mention, Post
from twoway.core.reactions import Reaction
from twoway.networks.x.wording import NETWORK, ShortLink, read_wording

# Of the seven reactions those that are a kind word (seen 2023-08); a sad or angry one is not.
_KIND_REACTIONS = frozenset({"like", "excited", "agree"})
_VIDEO = re.compile(r"\.(mp4|mov|m3u8)(\?|$)")


def read_conversation(record: object) -> Iterator[Post | Reaction | Rejected]:
    """Read one conversation; who joined, left or renamed it is no message and left out."""
    conversation = mapping(mapping(record).get("dmConversation"))
    root = need(identifier(conversation.get("conversationId")), "conversation")
    for entry in mappings(conversation.get("messages")):
        message = mapping(entry.get("messageCreate"))
        if not message:
            continue
        try:
            post = _read_message(message, root)
        except Lacking as lacking:
            yield reject_part(lacking, message)
        else:
            yield post
            yield from _read_reactions(message, post.id)


def _read_message(message: Mapping[str, Any], root: str) -> Post:
    own_id = need(identifier(message.get("id")), "id of a message")
    wording = read_wording(text(message.get("text")), _short_links(message), own_id)
    recipient = identifier(message.get("recipientId"))  # groups have none
    return Post(
        network=NETWORK,
        id=own_id,
        author=need(identifier(message.get("senderId")), "sender of a message"),
        said_at=need(moment(message.get("createdAt")), "time of a message"),
        text=wording.text,
        visibility="private",
        nesting="chat",
        root=root,
        quoted=wording.quoted,
        mentions=(Mention(recipient),) if recipient else (),
        links=wording.links,
        media=tuple(_read_media(message)),
    )


def _read_reactions(message: Mapping[str, Any], post: str) -> Iterator[Reaction]:
    for reaction in mappings(message.get("reactions")):
        account = identifier(reaction.get("senderId"))
        if account and text(reaction.get("reactionKey")) in _KIND_REACTIONS:
            yield Reaction(
                network=NETWORK,
                account=account,
                post=post,
                kind="like",
                reacted_at=moment(reaction.get("createdAt")),
            )


def _read_media(message: Mapping[str, Any]) -> Iterator[Media]:
    for address in texts(message.get("mediaUrls")):
        yield Media("video" if _VIDEO.search(address) else "image")


def _short_links(message: Mapping[str, Any]) -> Iterator[ShortLink]:
    for link in mappings(message.get("urls")):
        if address := text(link.get("expanded")):
            # An attached picture stands as a link to itself at the end of the text.
            is_media = "/messages/media/" in address
            yield ShortLink(text(link.get("url")), address, is_media=is_media)

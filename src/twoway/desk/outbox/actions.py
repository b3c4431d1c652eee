"""An entry as the connector wants it, and as the inbox gets it once it is sent."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from twoway.collection.records import Deletion, Record
from twoway.connectors.interface import (
    Action,
    Change,
    Delete,
    FollowAccount,
    Message,
    Picture,
    React,
    Say,
    Sent,
)  # fmt: skip
from twoway.core.posts import Post as Said
from twoway.core.reactions import Reaction
from twoway.desk.inbox.told import Rest, rest_of
from twoway.desk.outbox.models import Entry


def of(entry: Entry) -> Action:
    """Return what the connector is to do."""
    return _OF[entry.does](entry)


def _say(entry: Entry) -> Action:
    known = entry.details
    return Say(
        text=entry.text, answers=entry.target or None, quotes=known.get("quotes"),
        to=tuple(known.get("to", ())), visibility=known.get("visibility"),
        language=known.get("language"), content_warning=known.get("content_warning"),
        media=tuple(_pictures(entry)),
    )  # fmt: skip


def _message(entry: Entry) -> Action:
    conversation = entry.details.get("conversation")
    return Message(text=entry.text, to=entry.target, conversation=conversation)


def _react(entry: Entry) -> Action:
    kind: Literal["like", "share"] = "like" if entry.does.endswith("like") else "share"
    return React(kind=kind, post=entry.target, undo=entry.does.startswith("un"))


def _follow(entry: Entry) -> Action:
    return FollowAccount(account=entry.target, undo=entry.does == "unfollow")


_OF: Final[dict[str, Callable[[Entry], Action]]] = {
    "say": _say,
    "message": _message,
    "like": _react,
    "unlike": _react,
    "share": _react,
    "unshare": _react,
    "follow": _follow,
    "unfollow": _follow,
    "delete": lambda entry: Delete(post=entry.target),
    "change": lambda entry: Change(post=entry.target, text=entry.text),
}


def _pictures(entry: Entry) -> list[Picture]:
    return [
        Picture(content=bytes(one.content), type=one.type, alt_text=one.alt_text)
        for one in entry.attachments.order_by("pk")
    ]


def as_records(entry: Entry, sent: Sent, at: int) -> Sequence[Record]:
    """Return what the inbox should know at once; the network's own word replaces it later."""
    network, us = entry.channel.network, entry.channel.remote_id
    when = sent.sent_at or at
    match entry.does:
        case "say":
            return [_said(entry, sent, when)]
        case "like" | "share":
            kind = "like" if entry.does == "like" else "share"
            return [
                Reaction(network=network, account=us, post=entry.target, kind=kind, reacted_at=when)
            ]
        case "unlike" | "unshare":
            kind = "like" if entry.does == "unlike" else "share"
            return [
                Reaction(
                    network=network, account=us, post=entry.target, kind=kind, taken_back_at=when
                )
            ]
        case "delete":
            return [Deletion(network=network, id=entry.target, deleted_at=when)]
        case _:
            # A private message or a changed text comes back from the network within a poll.
            return []


def _said(entry: Entry, sent: Sent, when: int) -> Said:
    answered = entry.answers
    above = rest_of(answered.record) if answered is not None else Rest()
    author = answered.account.remote_id if answered is not None else None
    is_private = bool(answered and answered.is_private)
    return Said(
        network=entry.channel.network, id=sent.id, author=entry.channel.remote_id, said_at=when,
        text=entry.text, address=sent.address, language=entry.details.get("language"),
        visibility="private" if is_private else entry.details.get("visibility") or "public",
        nesting=above.nesting,
        parent=entry.target or None,
        parent_author=author,
        root=above.root or entry.target or None,
        root_author=above.root_author or author,
        quoted=entry.details.get("quotes"),
    )  # fmt: skip

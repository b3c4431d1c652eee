"""Notifications: one for each post and recipient, whatever the post does to them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from twoway.collection.records import Record
from twoway.collection.values import identifier, mapping, moment, need
from twoway.connectors.interface import Raw
from twoway.core.accounts import Follow
from twoway.core.posts import Post
from twoway.core.reactions import Reaction
from twoway.networks.bluesky.connector.views import (
    HIDDEN,
    labels_of,
    read_account,
    said_at,
    shared_by,
    wants_no_strangers,
)
from twoway.networks.bluesky.posts import NETWORK, author_of, read_people, read_post


def read(item: dict[str, Any], raw: Raw, is_public: bool) -> Iterator[Record]:
    """Read a notification by its record, never by its reason.

    A post that answers, quotes and names us at once comes as a "mention" only.
    """
    address = need(identifier(item.get("uri")), "address")
    author, record = mapping(item.get("author")), mapping(item.get("record"))
    if is_public and wants_no_strangers(author):
        yield HIDDEN
        return
    yield read_account(author, raw.fetched_at)
    match address.split("/"):
        case ["at:", "", _, "app.bsky.feed.post", _]:
            yield from read_people(record)
            yield replace(
                read_post(record, address, said_at(record, address, raw.fetched_at)),
                automatic="bot" in labels_of(author),
                observed_at=raw.fetched_at,
            )
        case ["at:", "", did, "app.bsky.feed.like", _] if post := shared_by(record):
            yield Reaction(
                network=NETWORK,
                account=did,
                post=post,
                kind="like",
                reacted_at=moment(record.get("createdAt")),
                id=address,
            )
        case ["at:", "", did, "app.bsky.feed.repost", _] if post := shared_by(record):
            yield Post(
                network=NETWORK,
                id=address,
                author=did,
                said_at=said_at(record, address, raw.fetched_at),
                shared=post,
                shared_author=author_of(post),
                observed_at=raw.fetched_at,
            )
        case ["at:", "", did, "app.bsky.graph.follow", _]:
            yield Follow(
                network=NETWORK,
                follower=did,
                followed=need(identifier(record.get("subject")), "account that is followed"),
                seen_at=moment(record.get("createdAt")),
            )

"""Accounts and posts as the app view shows them: the record, and what is counted around it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from twoway.collection.records import Deletion, Note, Record
from twoway.collection.values import count, identifier, mapping, mappings, moment, need, text
from twoway.core.accounts import Account
from twoway.core.posts import Post
from twoway.networks.bluesky.posts import NETWORK, author_of, read_people, read_post, reference
from twoway.networks.bluesky.times import Clock

Fields = dict[str, Any]

# What turns writing round or hides it: in a name it only serves to pass for somebody else.
_UNSEEN: Final = re.compile("[\x00-\x1f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")

NO_STRANGERS: Final = "!no-unauthenticated"
"""The label by which people ask that strangers who are not signed in are not shown their posts."""
HIDDEN: Final = Note(
    "Some people ask Bluesky not to show their posts to anybody who is not signed in. Those posts "
    "were left out; connect an account to see them."
)


def labels_of(view: Fields) -> set[str]:
    """Return the labels on an account or post that hold now, whoever put them there."""
    return {
        text(label.get("val")) for label in mappings(view.get("labels")) if not label.get("neg")
    }


def wants_no_strangers(view: Fields) -> bool:
    """Tell whether an account asks not to be shown without signing in."""
    return NO_STRANGERS in labels_of(view)


def read_account(view: Fields, seen_at: int) -> Account:
    """Read a profile, however much of it is shown; raises Lacking where it has no identity."""
    account = need(identifier(view.get("did")), "identity")
    labels, about = labels_of(view), mapping(view.get("associated"))
    allowed = text(mapping(about.get("chat")).get("allowIncoming"))
    return Account(
        network=NETWORK,
        id=account,
        handle=text(view.get("handle")) or account,
        name=_UNSEEN.sub("", text(view.get("displayName"))).strip(),
        biography=text(view["description"]) if "description" in view else None,
        site=text(view.get("website")) or None,
        avatar=text(view.get("avatar")) or None,
        messages_open=allowed == "all" if allowed else None,
        followers=count(view.get("followersCount")),
        following=count(view.get("followsCount")),
        made_at=moment(view.get("createdAt")),
        automatic="bot" in labels,
        no_index=NO_STRANGERS in labels,
        observed_at=seen_at,
    )


def read_view(view: Fields, seen_at: int, *, is_public: bool) -> Iterator[Record]:
    """Read a post and the people it shows; raises Lacking where it is none.

    `is_public` leaves out those who ask not to be shown to strangers.
    """
    author = mapping(view.get("author"))
    if is_public and wants_no_strangers(author):
        yield HIDDEN
        return
    yield read_account(author, seen_at)
    record = mapping(view.get("record"))
    yield from (person for person in read_people(record))
    yield from quoted_in(view, seen_at, is_public=is_public)
    yield read_shown(view, record, seen_at)


def read_shown(view: Fields, record: Fields, seen_at: int) -> Post:
    """Read a post with what people did with it."""
    address = need(identifier(view.get("uri")), "address")
    return replace(
        read_post(record, address, said_at(record, address, seen_at)),
        automatic="bot" in labels_of(mapping(view.get("author"))),
        observed_at=seen_at,
        seen_replies=count(view.get("replyCount")),
        seen_shares=count(view.get("repostCount")),
        seen_likes=count(view.get("likeCount")),
    )


def said_at(record: Fields, address: str, seen_at: int) -> int:
    """Return when a record was made: as it says itself, where that can be."""
    at = Clock(seen_at or None).read(record.get("createdAt"), address.rpartition("/")[2])
    return need(at, "time that can be")


def read_share(view: Fields, reason: Fields, seen_at: int) -> Post:
    """Read a repost out of an author's feed, where it stands as the reason for a post of others."""
    shared = need(identifier(view.get("uri")), "address")
    by = need(identifier(mapping(reason.get("by")).get("did")), "who shared it")
    # Until 2025 the feed did not name the record of a repost.
    address = identifier(reason.get("uri")) or f"at://{by}/app.bsky.feed.repost/of-{shared[5:]}"
    return Post(
        network=NETWORK,
        id=address,
        author=by,
        said_at=need(moment(reason.get("indexedAt")), "time of the repost"),
        shared=shared,
        shared_author=author_of(shared),
        observed_at=seen_at,
    )


def quoted_in(view: Fields, seen_at: int, *, is_public: bool) -> Iterator[Record]:
    """Read the post that is shown inside another one, if it is there to be seen."""
    embed = mapping(view.get("embed"))
    shown = mapping(embed.get("record"))
    shown = mapping(shown.get("record")) or shown  # beside media it lies one deeper
    if text(shown.get("$type")).endswith("#viewRecord") and "value" in shown:
        yield from read_view(
            {**shown, "record": shown["value"], "embed": None}, seen_at, is_public=is_public
        )
    elif is_gone(shown) and (gone := identifier(shown.get("uri"))):
        yield Deletion(NETWORK, gone, seen_at)


def is_gone(view: Fields) -> bool:
    """Tell a post that is no longer there from one that is only kept from us."""
    return bool(view.get("notFound"))


def shared_by(record: Fields) -> str | None:
    """Return what a record of a like or repost is about."""
    return reference(record.get("subject"))

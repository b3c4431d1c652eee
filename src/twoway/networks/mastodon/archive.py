"""Reads the archive that a Mastodon server gives to the owner of an account."""

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from twoway.collection.elements import ends_early, parse_elements
from twoway.collection.encodings import decode
from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Own, Record, Rejected
from twoway.collection.source import Source
from twoway.collection.values import Lacking, mapping, microseconds, need, text
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage, Stream
from twoway.core.posts import Post
from twoway.core.reactions import Reaction
from twoway.networks.mastodon.addresses import handle_at
from twoway.networks.mastodon.notes import (
    NETWORK,
    Fields,
    address_of,
    is_vote,
    read_boost,
    read_note,
    read_people,
)
from twoway.networks.mastodon.owner import read_owner
from twoway.networks.mastodon.tarball import is_tarball, unpacked

NAME = "Mastodon archive"
PRIORITY = 10

# The server names archives by the second they were made, UTC.
_MADE_AT = re.compile(r"archive-(\d{14})-")
_MOST_REMEMBERED = 100_000


def recognises(source: Source) -> bool:
    """Tell by the outbox, or by a packed tar, which nothing else here comes as."""
    outboxes = source.find("outbox.json")
    return is_tarball(source) or any(b"orderedItems" in source.head(name) for name in outboxes)


def read(source: Source, options: Options) -> Iterator[Record]:
    """Hand over the account's own side: posts, boosts, likes, and whom it follows."""
    if is_tarball(source):
        with unpacked(source) as inner:
            if not inner.find("outbox.json"):
                raise Unreadable(
                    f"{source.path} is a packed tar archive, and not Mastodon's: it holds no "
                    "outbox.json. Unpack it and give the folder."
                )
            yield from _read_folder(inner, options, _made_at(source))
    else:
        yield from _read_folder(source, options, _made_at(source))


def _made_at(source: Source) -> int | None:
    match = _MADE_AT.match(source.name)
    try:
        at = datetime.strptime(match[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if match else None
    except ValueError:
        return None
    return microseconds(at) if at else None


def _read_folder(source: Source, options: Options, made_at: int | None) -> Iterator[Record]:
    outboxes = source.find("outbox.json")
    if not outboxes:
        raise Unreadable(f"{source.path} holds no outbox.json, where Mastodon puts the posts.")
    owner = yield from read_owner(source, outboxes[0], options, made_at)
    yield Own(NETWORK, owner.id)
    yield owner
    reading = _Reading(source, outboxes[0], owner, made_at)
    yield from reading.posts()
    yield from reading.likes()
    yield from reading.follows()
    yield from reading.coverage()


@dataclass(slots=True)
class _Reading:
    """One pass over the files of an archive, and what was seen on the way."""

    source: Source
    outbox: str
    owner: Account
    made_at: int | None
    is_torn: bool = False
    said_at: list[int] = field(default_factory=list)
    originals: OrderedDict[str, str] = field(default_factory=OrderedDict)
    introduced: set[str] = field(default_factory=set)

    def posts(self) -> Iterator[Record]:
        """Read posts and boosts, and introduce whom they name."""
        outbox = parse_elements(self.source, [self.outbox], self._read_activity, "orderedItems")
        for found in outbox:
            self.is_torn |= ends_early(found)
            if isinstance(found, Post):
                times = (*self.said_at, found.said_at)
                self.said_at = [min(times), max(times)]
            if not isinstance(found, Account) or self._is_new(found):
                yield found

    def likes(self) -> Iterator[Record]:
        """Read likes, which are addresses without a time."""

        def parse(liked: object) -> Iterator[Reaction]:
            post = need(address_of(liked), "address")
            yield Reaction(network=NETWORK, account=self.owner.id, post=post, kind="like")

        yield from parse_elements(self.source, self._beside("likes.json"), parse, "orderedItems")

    def follows(self) -> Iterator[Record]:
        """Read whom the owner follows: handles, whose ids the import knows or does not."""
        for name in self._beside("following_accounts.csv"):
            for found in self.source.lines(name):
                if isinstance(found, Rejected):
                    yield found
                    continue
                handle = text(decode(found[1]).partition(",")[0]).strip('" @').lower()
                if handle.count("@") == 1:  # the heading has none
                    account = f"@{handle}"
                    yield Account(network=NETWORK, id=account, handle=handle)
                    yield Follow(
                        network=NETWORK,
                        follower=self.owner.id,
                        followed=account,
                        seen_at=self.made_at,
                    )

    def coverage(self) -> Iterator[Record]:
        """Say what the archive holds: everything the owner did, nothing that others did."""
        ends = self.made_at or max(self.said_at, default=None)
        begins = self.owner.made_at or min(self.said_at, default=ends)
        if begins is None or ends is None:
            return
        streams: list[Stream] = ["originals", "replies", "shares", "profile"]
        if self._beside("likes.json"):
            streams.append("likes")
        doubt = ", but its outbox is cut short" if self.is_torn else ""
        for stream in streams:
            yield Coverage(
                network=NETWORK,
                account=self.owner.id,
                stream=stream,
                begins=min(begins, ends),
                ends=ends,
                is_complete=not self.is_torn,
                how=f"the Mastodon archive of the account's owner{doubt}",
            )

    def _read_activity(self, value: object) -> Iterator[Post | Account]:
        activity = mapping(value)
        kind = text(activity.get("type"))
        if kind == "Announce":
            post = read_boost(activity, self.owner)
        elif kind == "Create":
            note = {"published": activity.get("published"), **mapping(activity.get("object"))}
            if is_vote(note):
                return
            post = self._with_root(read_note(note, self.owner, self.made_at), note)
            yield from read_people(note)
        else:
            raise Lacking(f"an activity of type {kind or 'unknown'}, which is not read")
        yield post
        for account in (post.shared_author, post.parent_author, post.quoted_author):
            if account and (handle := handle_at(account)):
                yield Account(network=NETWORK, id=account, handle=handle)

    def _with_root(self, post: Post, note: Fields) -> Post:
        """Name the thread: by its first post when that is here, else by the conversation's address.

        What is said in private beside a public thread is a thread of its own.
        """
        conversation = address_of(note.get("conversation")) or address_of(note.get("context"))
        if conversation is None:
            return post
        if post.visibility == "private":
            return replace(post, root=f"{conversation}#private")
        if post.parent is None:
            self.originals[conversation] = post.id
            if len(self.originals) > _MOST_REMEMBERED:
                self.originals.popitem(last=False)
            return post
        first = self.originals.get(conversation)
        return replace(
            post, root=first or conversation, root_author=self.owner.id if first else None
        )

    def _beside(self, name: str) -> list[str]:
        path = str(PurePosixPath(self.outbox).with_name(name))
        return [path] if path in self.source.names() else []

    def _is_new(self, account: Account) -> bool:
        """Tell whether an account was not handed over yet; the owner is known better."""
        if account.id == self.owner.id or account.id in self.introduced:
            return False
        if len(self.introduced) >= _MOST_REMEMBERED:
            self.introduced.clear()
        self.introduced.add(account.id)
        return True

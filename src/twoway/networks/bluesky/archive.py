"""Reads repositories of Bluesky: the CAR files its servers hand out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

import orjson

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Note, Own, Record, Rejected
from twoway.collection.source import Source
from twoway.collection.values import Lacking, identifier, mapping, need, texts
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage, Stream
from twoway.core.posts import Post
from twoway.core.reactions import Reaction
from twoway.networks.bluesky.posts import NETWORK, author_of, read_people, read_post, reference
from twoway.networks.bluesky.profile import Owner
from twoway.networks.bluesky.repository import (
    Entry,
    Repository,
    open_repository,
    read_entries,
    show,
)
from twoway.networks.bluesky.times import Clock

NAME = "Bluesky repository (CAR)"
PRIORITY = 10

_LARGEST_DOCUMENT: Final = 1024 * 1024
_MOST_REMEMBERED: Final = 100_000
_STREAMS: Final[tuple[Stream, ...]] = ("originals", "replies", "shares", "likes", "profile")
_POST = re.compile(r"at://[^/]+/app\.bsky\.feed\.post/[^/]+")


def recognises(source: Source) -> bool:
    """Tell by a CAR header, which names the root of what follows."""
    return any(True for _ in _find_repositories(source))


def read(source: Source, options: Options) -> Iterator[Record]:
    """Hand over what the owners of one or several repositories did."""
    names, handles = list(_find_repositories(source)), _read_handles(source)
    for name in names:
        try:
            repository = open_repository(source, name)
        except Unreadable as error:
            if len(names) == 1:
                raise
            yield Rejected(name, 0, str(error), "")
            continue
        given = (options.account or "").removeprefix("@") if len(names) == 1 else ""
        handle = handles.get(repository.account) or given or repository.account
        yield from _Reading(source, name, repository, handle).records()


def _find_repositories(source: Source) -> Iterator[str]:
    names = source.names()
    for name in names:
        if PurePosixPath(name).suffix.lower() in (".car", "") or len(names) == 1:
            head = source.head(name, 128)
            if b"eroots" in head[:16] and b"gversion" in head:
                yield name


def _read_handles(source: Source) -> dict[str, str]:
    """Read the handles out of DID documents that lie beside a repository, which has none."""
    handles = {}
    for name in source.names():
        if name.lower().endswith(".json") and source.size(name) <= _LARGEST_DOCUMENT:
            try:
                document = mapping(orjson.loads(source.read(name, _LARGEST_DOCUMENT)))
            except (Unreadable, orjson.JSONDecodeError):
                continue
            known = [one[5:] for one in texts(document.get("alsoKnownAs")) if one[:5] == "at://"]
            if known and (account := identifier(document.get("id") or document.get("did"))):
                handles[account] = known[0]
    return handles


@dataclass(slots=True)
class _Reading:
    """The second pass over one repository, and what was seen on the way."""

    source: Source
    name: str
    repository: Repository
    handle: str
    first: int | None = None
    introduced: set[str] = field(default_factory=set)
    owner: Owner = field(init=False)
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.owner = Owner(self.repository.account, self.handle)
        self.clock = Clock(self.repository.changed_at)

    def records(self) -> Iterator[Record]:
        """Hand over everything in it."""
        yield Own(NETWORK, self.repository.account)
        yield from self.repository.rejected
        is_whole = not self.repository.rejected
        for found in read_entries(self.source, self.name, self.repository):
            if isinstance(found, Rejected):
                is_whole = False
                yield found
                continue
            try:
                yield from list(self._read_entry(found))
            except Lacking as lacking:
                yield Rejected(self.name, found.number, str(lacking), show(found.value))
        yield self.owner.account_at(self.repository.changed_at)
        yield from self._coverage(is_whole=is_whole)
        yield from self._notes()

    def _read_entry(self, entry: Entry) -> Iterator[Record]:
        match entry.collection.rpartition(".")[2]:
            case "post" | "repost":
                yield from self._read_posts(entry)
            case "like":
                post = need(reference(entry.value.get("subject")), "subject")
                if _POST.fullmatch(post):  # feeds and labellers are liked too
                    yield Reaction(
                        network=NETWORK,
                        account=self.repository.account,
                        post=post,
                        kind="like",
                        reacted_at=self._time_of(entry),
                    )
            case "follow":
                self.owner.following += 1
                yield Follow(
                    network=NETWORK,
                    follower=self.repository.account,
                    followed=need(identifier(entry.value.get("subject")), "subject"),
                    seen_at=self._time_of(entry),
                )
            case "threadgate":
                self.owner.gate(entry.value)
            case "profile" if entry.key == "self":
                self.owner.profile = entry.value
            case "declaration":
                self.owner.declare(entry.value)

    def _read_posts(self, entry: Entry) -> Iterator[Record]:
        said_at = need(self._time_of(entry), "time that can be")
        address = f"at://{self.repository.account}/{entry.collection}/{entry.key}"
        if entry.collection.endswith(".repost"):
            shared = need(reference(entry.value.get("subject")), "subject")
            yield Post(
                network=NETWORK,
                id=address,
                author=self.repository.account,
                said_at=said_at,
                shared=shared,
                shared_author=author_of(shared),
            )
            return
        post = read_post(entry.value, address, said_at)
        if post.parent is None:
            self.owner.began(said_at, address)
        yield post
        yield from (person for person in read_people(entry.value) if self._is_new(person))

    def _time_of(self, entry: Entry) -> int | None:
        at = self.clock.read(entry.value.get("createdAt"), entry.key)
        if at is not None:
            self.first = at if self.first is None else min(self.first, at)
        return at

    def _coverage(self, *, is_whole: bool) -> Iterator[Coverage]:
        """Say what a repository holds: everything its owner did, nothing that others did."""
        ends = self.repository.changed_at or self.first
        if ends is None or self.first is None:
            return
        for stream in _STREAMS:
            yield Coverage(
                network=NETWORK,
                account=self.repository.account,
                stream=stream,
                begins=min(self.first, ends),
                ends=ends,
                is_complete=is_whole,
                how="the account's own repository"
                + ("" if is_whole else ", of which parts are missing"),
            )

    def _notes(self) -> Iterator[Note]:
        if self.clock.corrected:
            yield Note(
                f"{self.name}: {self.clock.corrected:,} records state a time that cannot be; "
                "the time in their key was taken."
            )
        if self.clock.back_dated:
            yield Note(
                f"{self.name}: {self.clock.back_dated:,} records are dated more than a day before "
                "they were put here (imported from elsewhere, or back-dated); their date was kept."
            )

    def _is_new(self, person: Account) -> bool:
        if person.id == self.repository.account or person.id in self.introduced:
            return False
        if len(self.introduced) >= _MOST_REMEMBERED:
            self.introduced.clear()
        self.introduced.add(person.id)
        return True

"""Reads what the collector twarc wrote: JSON lines of X's API, of both its versions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from twoway.collection.elements import excerpt, parse_json, reject_part
from twoway.collection.reader import Options
from twoway.collection.records import Note, Record, Rejected
from twoway.collection.source import Source
from twoway.collection.values import Lacking, mapping, moment, text
from twoway.core.posts import Post
from twoway.networks.x.edits import Edits
from twoway.networks.x.page import Fields, Page, read_page
from twoway.networks.x.posts import read_post
from twoway.networks.x.reach import Reach
from twoway.networks.x.relations import read_relations
from twoway.networks.x.requests import understand
from twoway.networks.x.tweets import read_handles, read_tweet
from twoway.networks.x.users import read_old_user, read_user

NAME = "twarc (X)"
PRIORITY = 30

# Any two of these names at the start of a line make it an answer of X's API.
_NAMES = re.compile(
    rb'"(author_id|conversation_id|edit_history_(?:tweet|post)_ids|in_reply_to_user_id|public_metrics|'
    rb'in_reply_to_status_id_str|retweet_count|screen_name|__twarc|referenced_(?:tweets|posts))"\s*:'
)
_LOOKED_AT = 5
_MOST_REMEMBERED = 100_000


def recognises(source: Source) -> bool:
    """Tell by the first line of the first files: JSON with names only X's API uses together."""
    return any(_begins_as_ours(source.head(name)) for name in source.names()[:_LOOKED_AT])


def _begins_as_json(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _begins_as_ours(head: bytes) -> bool:
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    return line.startswith(b'{"') and len(set(_NAMES.findall(line))) >= 2


def read(source: Source, options: Options) -> Iterator[Record]:  # noqa: ARG001  the contract's form
    """Hand over posts, accounts, likes and follows; coverage where the requests tell it.

    Where no line says what was asked, `collection` infers the coverage and says so.
    """
    reading = _Reading()
    for name in source.names():
        if not _begins_as_json(source.head(name, 64)):
            yield Note(f"{name} holds no lines of JSON and was not read.")
            continue
        for found in source.lines(name):
            if isinstance(found, Rejected):
                yield found
                continue
            number, line = found
            for record in reading.line(line):
                if isinstance(record, Rejected):
                    yield replace(record, file=name, line=number)
                else:
                    yield record
    yield from reading.edits.settle()
    yield from reading.reach.coverage()


@dataclass(slots=True)
class _Reading:
    """What was seen so far: what pages refer to comes again and again."""

    edits: Edits = field(default_factory=Edits)
    reach: Reach = field(default_factory=Reach)
    _told: set[str] = field(default_factory=set)

    def line(self, line: bytes) -> Iterator[Record]:
        """Read one line."""
        if not line.strip():
            return
        try:
            answer = parse_json(line)
        except (ValueError, RecursionError) as error:
            yield Rejected("", 0, f"no valid JSON ({error})", excerpt(line))
            return
        if not isinstance(answer, dict):
            yield Rejected("", 0, "not an answer of X's API", excerpt(line))
        elif "id_str" in answer and "user" in answer:
            yield from self._old(answer)
        else:
            yield from self._page(answer)

    def _page(self, answer: Fields) -> Iterator[Record]:
        """Read a page: what was asked for, and once what that refers to."""
        page, twarc = read_page(answer), mapping(answer.get("__twarc"))
        address, observed_at = text(twarc.get("url")), moment(twarc.get("retrieved_at"))
        times: list[int] = []
        for record in page.posts:
            for found in self._post(record, page, observed_at):
                times += [found.said_at] if isinstance(found, Post) else []
                yield found
        for own_id, record in page.included_posts.items():
            if self._is_new(f"post {own_id}"):
                yield from self._post(record, page, observed_at)
        for record in page.users:
            yield from _read_user(record, observed_at)
        for own_id, record in page.included_users.items():
            if self._is_new(f"user {own_id}"):
                yield from _read_user(record, observed_at)
        yield from read_relations(address, page, observed_at)
        is_last = "data" in answer and "next_token" not in mapping(answer.get("meta"))
        self._measure(address, times, observed_at, page, is_last=is_last)

    def _post(self, record: Fields, page: Page, observed_at: int | None) -> Iterator[Record]:
        try:
            revision = read_post(record, page, observed_at)
        except Lacking as lacking:
            yield reject_part(lacking, record)
        else:
            yield from self.edits.take(revision)

    def _old(self, tweet: Fields) -> Iterator[Record]:
        """Read a line of version 1.1, with the posts it holds; streams put long texts aside."""
        tweet = {**tweet, **mapping(tweet.get("extended_tweet"))}
        user = mapping(tweet.get("user"))
        try:
            account = read_old_user(user, None)
            revision = read_tweet(tweet, account.id, handle=account.handle)
        except Lacking as lacking:
            yield reject_part(lacking, tweet)
            return
        yield from self.edits.take(revision)
        if self._is_new(f"user {account.id}"):
            yield account
        for handle in read_handles(tweet):
            if self._is_new(f"user {handle.account}"):
                yield handle.as_account()
        for part in ("retweeted_status", "quoted_status"):
            if inner := mapping(tweet.get(part)):
                yield from self._old(inner)

    def _measure(
        self,
        address: str,
        times: list[int],
        observed_at: int | None,
        page: Page,
        *,
        is_last: bool,
    ) -> None:
        """Take down what the request of a page covers."""
        asked = understand(address)
        if asked is None:
            if address:
                self.reach.stray(times)
        elif asked.root is None:
            self.reach.whole(asked, times, observed_at, is_last=is_last)
        elif author := page.author_below(asked.root):
            self.reach.below(author, times)

    def _is_new(self, name: str) -> bool:
        """Tell whether this was not handed over yet, as far as is remembered."""
        if name in self._told:
            return False
        if len(self._told) >= _MOST_REMEMBERED:
            self._told.clear()
        self._told.add(name)
        return True


def _read_user(record: Fields, observed_at: int | None) -> Iterator[Record]:
    try:
        yield read_user(record, observed_at)
    except Lacking as lacking:
        yield reject_part(lacking, record)

"""Reads the archive that X gives to the owner of an account."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from twoway.collection.elements import ends_early, parse_elements
from twoway.collection.reader import Options
from twoway.collection.records import Own, Record, Rejected
from twoway.collection.source import Source
from twoway.collection.values import identifier, mapping, need, text
from twoway.core.accounts import Account, Follow
from twoway.core.posts import Post
from twoway.core.reactions import Reaction
from twoway.networks.x.edits import Edits, Revision
from twoway.networks.x.holdings import state_coverage
from twoway.networks.x.layout import Layout, find_layout, looks_like_archive
from twoway.networks.x.messages import read_conversation
from twoway.networks.x.notes import LongTexts
from twoway.networks.x.owner import read_owner
from twoway.networks.x.tweets import id_of, posted_at, read_handles, read_tweet
from twoway.networks.x.wording import NETWORK, Handle

NAME = "X archive"
PRIORITY = 10

# One conversation is one element: 100,000 messages have some 40 MB.
_LONGEST_CONVERSATION = 128 * 1024**2
_MOST_REMEMBERED = 100_000


def recognises(source: Source) -> bool:
    """Tell an archive, its data folder, or one of its files."""
    return looks_like_archive(source)


def read(source: Source, options: Options) -> Iterator[Record]:
    """Hand over the account's own side: posts, likes, follows and private messages."""
    layout = find_layout(source)
    owner = yield from read_owner(source, layout, options)
    yield Own(NETWORK, owner.id)
    reading = _Reading(source, layout, owner)
    yield from reading.posts()
    yield from reading.likes()
    yield from reading.follows()
    yield from reading.messages()
    yield replace(owner, followers=reading.followers, following=reading.following)
    yield from state_coverage(source.name, layout, owner, reading.said_at, is_torn=reading.is_torn)


@dataclass(slots=True)
class _Reading:
    """One pass over the files of an archive, and what was seen on the way."""

    source: Source
    layout: Layout
    owner: Account
    is_torn: bool = False
    said_at: list[int] = field(default_factory=list)
    followers: int | None = None
    following: int | None = None
    introduced: set[Handle] = field(default_factory=set)

    def posts(self) -> Iterator[Record]:
        """Read posts, shares among them; edited ones come last, with all their versions."""
        notes, edits = LongTexts(), Edits()
        yield from parse_elements(self.source, self.layout.files["noteTweet"], notes.keep)
        files = self.layout.files["tweets"]
        for found in parse_elements(self.source, files, partial(self._read_record, notes)):
            if isinstance(found, Revision):
                yield from self._seen(edits.take(found))
            elif isinstance(found, Handle):
                yield from self._introduce(found)
            elif isinstance(found, Rejected):
                self.is_torn |= ends_early(found)
                yield found
        yield from self._seen(edits.settle())

    def likes(self) -> Iterator[Record]:
        """Read likes, of which X gives no times."""

        def parse(record: object) -> Iterator[Reaction]:
            post = need(identifier(mapping(mapping(record).get("like")).get("tweetId")), "post")
            yield Reaction(network=NETWORK, account=self.owner.id, post=post, kind="like")

        yield from parse_elements(self.source, self.layout.files["like"], parse)

    def follows(self) -> Iterator[Record]:
        """Read who follows the owner and whom the owner follows: ids alone, without handles."""
        files = self.layout.files
        for found in parse_elements(self.source, files["follower"], partial(self._follow, True)):
            self.followers = (self.followers or 0) + isinstance(found, Follow)
            yield found
        for found in parse_elements(self.source, files["following"], partial(self._follow, False)):
            self.following = (self.following or 0) + isinstance(found, Follow)
            yield found

    def messages(self) -> Iterator[Record]:
        """Read private messages."""
        files = (*self.layout.files["directMessages"], *self.layout.files["directMessagesGroup"])
        yield from parse_elements(
            self.source, files, read_conversation, longest=_LONGEST_CONVERSATION
        )

    def _read_record(self, notes: LongTexts, record: object) -> Iterator[Revision | Handle]:
        tweet = mapping(mapping(record).get("tweet")) or mapping(record)  # before 2019 not wrapped
        cut = text(tweet.get("full_text")) or text(tweet.get("text"))
        own_id = id_of(tweet)
        made_at = posted_at(tweet.get("created_at"), own_id or "")
        yield read_tweet(
            tweet,
            self.owner.id,
            whole_text=notes.find(own_id, made_at, cut),
            handle=self.owner.handle,
            observed_at=self.layout.made_at,
        )
        yield from read_handles(tweet)

    def _follow(self, is_follower: bool, record: object) -> Iterator[Follow]:
        entry = mapping(mapping(record).get("follower" if is_follower else "following"))
        other, own = need(identifier(entry.get("accountId")), "account"), self.owner.id
        yield Follow(
            network=NETWORK,
            follower=other if is_follower else own,
            followed=own if is_follower else other,
            seen_at=self.layout.made_at,
        )

    def _seen(self, posts: Iterator[Post]) -> Iterator[Post]:
        for post in posts:
            times = (*self.said_at, post.said_at)
            self.said_at = [min(times), max(times)]
            yield post

    def _introduce(self, handle: Handle) -> Iterator[Account]:
        """Hand over an account that is named, once; the owner is known better."""
        if handle in self.introduced or handle.account == self.owner.id:
            return
        if len(self.introduced) >= _MOST_REMEMBERED:
            self.introduced.clear()
        self.introduced.add(handle)
        yield handle.as_account()

"""A conversation's row, drawn from what the rule says and what teammates decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

from twoway.core import turns
from twoway.desk.channels.models import Channel
from twoway.desk.database import ask, fetch
from twoway.desk.inbox import counts
from twoway.desk.inbox.models import Box, Conversation
from twoway.desk.inbox.order import Facts, strongest
from twoway.desk.inbox.readings import kept
from twoway.desk.inbox.turning.boxes import Situated, lie
from twoway.desk.inbox.turning.situations import Loaded, Loading

KEPT_IDS = 50
"""So many posts of an exchange, or of what is open in it, are named in its row."""


@dataclass(frozen=True, slots=True)
class Partner:
    """What a row needs to know of whom we talk with."""

    person: int
    followers: int


class Drawing:
    """Draws the rows of one situation."""

    def __init__(
        self,
        loading: Loading,
        stored: Mapping[tuple[int, int], Conversation],
        judgement: turns.Judgement,
        now: int,
    ) -> None:
        self.loading = loading
        self.now = now
        self.pieces = {pieces[0]: pieces for pieces in judgement.pieces}
        self.channels = {
            channel.remote_id: channel
            for channel in fetch(
                Channel,
                "where organisation_id = %s and network = %s",
                loading.organisation,
                loading.network,
            )
        }
        self.by_id = {channel.pk: channel for channel in self.channels.values()}
        self.further: dict[int, frozenset[int]] = {}
        self._were = _further_of([row.pk for row in stored.values()])
        self._answered_by_members = self._members()

    def _members(self) -> dict[str, set[str]]:
        """Return who replied to each post of somebody else."""
        found: dict[str, set[str]] = {}
        for one in self.loading.posts.values():
            if one.post.parent and not one.is_ours and one.post.deleted_at is None:
                found.setdefault(one.post.parent, set()).add(one.post.author)
        return found

    def places(self, row: Conversation) -> list[counts.Place]:
        """Return where a row counted before."""
        if row.pk is None:
            return []
        channels = [row.channel_id, *self._were.get(row.pk, ())]
        return counts.places(row.box, row.kind_word_rank, row.assignee_id, channels)

    def places_now(self, row: Conversation) -> list[counts.Place]:
        """Return where a row counts after it was drawn."""
        channels = [row.channel_id, *self.further.get(id(row), ())]
        return counts.places(row.box, row.kind_word_rank, row.assignee_id, channels)

    def empty(self, row: Conversation) -> bool:
        """Draw a conversation of which nothing stands any more; False where it was so before."""
        if row.box == Box.GONE:
            return False
        row.box, row.rank, row.since, row.kind_word_rank = Box.GONE, 0, None, None
        row.wakes_at, row.last_post, row.posts, row.kind = None, None, 0, ""
        row.exchange, row.why, row.is_promised = [], [], False
        row.open_posts, row.maybe_posts, row.kind_word_posts = [], [], []
        row.version += 1
        return True

    def draw(self, row: Conversation, said: turns.Conversation, partner: Partner) -> bool:
        """Bring a row to what the rule says; False where nothing changed."""
        before = _values(vars(row))
        exchange = [self.loading.posts[remote] for remote in said.exchange]
        theirs = [one for one in exchange if one.post.author == said.person]
        mine = [one for one in exchange if one.is_ours]
        self._spread(row, said.exchange)
        facts = self._facts(said, partner)
        at = self._situated(row, said, exchange, theirs, mine)
        lying = lie(said, facts, at)
        row.box, row.rank, row.since = lying.box, lying.rank, said.since
        row.kind_word_rank, row.wakes_at = lying.kind_word_rank, lying.wakes_at
        row.why = [list(reason) for reason in lying.why]
        row.kind = strongest(facts.kinds)
        row.language = theirs[-1].language if theirs else row.language
        row.is_private = said.is_private
        row.has_moved = any("taken_private" in self.loading.kinds_of(one) for one in mine)
        if row.is_promised and not said.promised:
            row.promise_due_at = None
        row.is_promised = said.promised
        if not lying.is_snoozed:
            row.snoozed_at = row.snoozed_until = None
        row.last_at, row.last_post = at.last_at, exchange[-1].pk if exchange else None
        row.posts = len(exchange)
        row.exchange = self._ids(said.exchange)[-KEPT_IDS:]
        row.open_posts = self._ids(said.open)[:KEPT_IDS]
        row.maybe_posts = self._ids(said.maybe)[:KEPT_IDS]
        row.kind_word_posts = self._ids(said.kind_word)[:KEPT_IDS]
        same_channels = self.further[id(row)] == self._were.get(row.pk or 0, frozenset())
        if row.pk is not None and same_channels and _values(vars(row)) == before:
            return False
        row.version += 1
        return True

    def _ids(self, firsts: tuple[str, ...]) -> list[int]:
        return [
            self.loading.posts[piece].pk
            for first in firsts
            for piece in self.pieces.get(first, (first,))
        ]

    def _spread(self, row: Conversation, exchange: tuple[str, ...]) -> None:
        """Find the channels that a conversation spans; the latest post says which is first."""
        spanned: dict[int, None] = {}
        for first in reversed(exchange):
            for piece in reversed(self.pieces.get(first, (first,))):
                spanned[self._channel(self.loading.posts[piece])] = None
        row.channel_id = next(iter(spanned), row.channel_id)
        self.further[id(row)] = frozenset(spanned) - {row.channel_id}

    def _channel(self, one: Loaded) -> int:
        """Return the channel of ours that a post came from or went to."""
        post = one.post
        named = [post.author] if one.is_ours else [
            post.parent_author, *(m.account for m in post.mentions), post.quoted_author,
            post.root_author,
        ]  # fmt: skip
        upper = self.loading.posts.get(post.parent or "")
        if upper is not None and not one.is_ours:
            named.insert(0, upper.post.author)
        found = (self.channels[name].pk for name in named if name in self.channels)
        return next(found, one.channel)

    def _facts(self, said: turns.Conversation, partner: Partner) -> Facts:
        waiting = said.open or said.maybe
        pieces = [piece for first in waiting for piece in self.pieces.get(first, (first,))]
        posts = [self.loading.posts[piece] for piece in pieces]
        readings = [kept(one.reading) for one in posts]
        members = {name for piece in pieces for name in self._answered_by_members.get(piece, ())}
        return Facts(
            kinds=frozenset(kind for one in posts for kind in self.loading.kinds_of(one)),
            urgency=max((reading.urgency for reading in readings), default=0.0),
            times=len(said.open) or 1,
            followers=partner.followers,
            is_private=said.is_private,
            says_never_answer=any(reading.says_never_answer for reading in readings),
            a_member_answered=bool(members - {said.person}),
        )

    def _situated(
        self,
        row: Conversation,
        said: turns.Conversation,
        exchange: list[Loaded],
        theirs: list[Loaded],
        mine: list[Loaded],
    ) -> Situated:
        posts = self.loading.posts
        channel = self.by_id.get(row.channel_id)
        return Situated(
            now=self.now,
            connected_at=0 if channel is None else channel.connected_at,
            last_at=_last(exchange) or 0,
            heard_at=_last(theirs),
            said_at=_last(mine),
            open_at=_last([posts[remote] for remote in said.open]),
            maybe_at=_last([posts[remote] for remote in said.maybe]),
            kind_word_at=min((posts[r].post.said_at for r in said.kind_word), default=None),
            promise_due_at=row.promise_due_at,
            snoozed_at=row.snoozed_at,
            snoozed_until=row.snoozed_until,
        )


def _last(posts: list[Loaded]) -> int | None:
    return max((one.post.said_at for one in posts), default=None)


def _further_of(conversations: list[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    pairs = ask(
        "select conversation_id, channel_id from inbox_conversationchannel "
        "where conversation_id in (%s)",
        conversations,
    )
    for conversation, channel in pairs:
        found.setdefault(conversation, set()).add(channel)
    return {conversation: frozenset(channels) for conversation, channels in found.items()}


_values = itemgetter(
    "thread_id", "channel_id", "box", "rank", "since", "kind", "language", "kind_word_rank",
    "is_promised", "is_private", "has_moved", "promise_due_at", "snoozed_at", "snoozed_until",
    "wakes_at", "last_at", "last_post", "posts", "exchange", "why", "open_posts", "maybe_posts",
    "kind_word_posts",
)  # fmt: skip

"""What the rule looks at: posts with their kinds over time, who is ours, likes, marks, and now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from twoway.core.posts import Post
from twoway.core.reactions import Mark, Reaction
from twoway.core.readings import OUR_KINDS_IN_TURNS
from twoway.core.threads import Place, place


@dataclass(frozen=True, slots=True)
class Held:
    """The kinds that hold for a post since a time (µs): since it was written, or since an edit."""

    since: int
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Posts of one network and what is known about them; ids are the network's.

    `kinds` holds, for every post, one Held per version, oldest first. Kinds of our posts are those
    of core.readings.OUR_KINDS, of all others THEIR_KINDS. `automatic` are accounts marked as bots.
    """

    posts: tuple[Post, ...]
    kinds: Mapping[str, tuple[Held, ...]]
    ours: frozenset[str]
    now: int
    automatic: frozenset[str] = frozenset()
    likes: tuple[Reaction, ...] = ()
    marks: tuple[Mark, ...] = ()


class Said(NamedTuple):
    """One post as the rule sees it: its pieces merged, as it stands now.

    A tuple, because thousands are made for one delivery. There is one object per post, so it is
    compared by identity: hashing all its texts cost a third. `above` is the post above it in the
    thread; `names` are accounts it names anew.
    """

    id: str
    author: str
    at: int
    thread: str
    pieces: tuple[str, ...]
    posts: tuple[Post, ...]
    above: str | None
    enter: int
    leave: int
    chain_top: str
    history: tuple[Held, ...]
    deleted_at: int | None
    is_automatic: bool
    names: frozenset[str]
    first: Post
    """The first piece."""
    is_private: bool
    """Only its sender and receivers can read it."""
    is_flat: bool
    """Stands where replies do not nest: flat comments, and everything private."""
    is_share: bool
    """Passes another post on without a word of its own."""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that hold now."""
        return self.history[-1].kinds

    def kinds_at(self, time: int) -> frozenset[str]:
        """Return the kinds that held at a time; the first ones before it was written."""
        held = self.history[0].kinds
        for version in self.history[1:]:
            if version.since <= time:
                held = version.kinds
        return held

    def stood_at(self, time: int) -> bool:
        """Tell whether it was not yet deleted at a time."""
        return self.deleted_at is None or self.deleted_at > time

    def is_above(self, other: "Said") -> bool:
        """Tell whether `other` stands anywhere below this one."""
        return self.thread == other.thread and self.enter < other.enter <= self.leave

    def is_in_line_with(self, other: "Said") -> bool:
        """Tell whether the two are one post or one stands above the other."""
        return self.id == other.id or self.is_above(other) or other.is_above(self)

    def branch_holds(self, other: "Said") -> bool:
        """Tell whether `other` is on the branch of this post: it, what is above, its own chain below."""
        return (
            self.id == other.id
            or other.is_above(self)
            or (self.is_above(other) and self.chain_top == other.chain_top)
        )


_NOBODY: frozenset[str] = frozenset()


class Scene:
    """A situation sorted out: merged posts by id and by thread, in the order of time."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.ours = situation.ours
        self.now = situation.now
        posts = [
            post if post.deleted_at is None else _as_of(post, self.now)
            for post in situation.posts
            if post.said_at <= self.now
        ]
        self._by_id = {post.id: post for post in posts}
        corrected = _corrections(situation)
        self._held = {
            post.id: corrected.get(post.id) or _history(post, situation) for post in posts
        }
        taken_back = {i for i, held in self._held.items() if "withdrawal" in held[-1].kinds}
        self.said: dict[str, Said] = {}
        self.threads: dict[str, list[Said]] = defaultdict(list)
        self.first_piece: dict[str, str] = {}
        self._merge(place(posts, taken_back))

    def _merge(self, places: Iterable[Place]) -> None:
        spots = {spot.post: spot for spot in places}
        pieces: dict[str, list[str]] = defaultdict(list)
        for spot in sorted(spots.values(), key=lambda s: (self._by_id[s.post].said_at, s.enter)):
            pieces[spot.first_piece].append(spot.post)
            self.first_piece[spot.post] = spot.first_piece
        for first, ids in pieces.items():
            said = self._say(spots[first], ids)
            self.said[first] = said
            self.threads[said.thread].append(said)
        for members in self.threads.values():
            members.sort(key=lambda s: (s.at, s.enter))

    def _say(self, spot: Place, ids: list[str]) -> Said:
        posts = tuple([self._by_id[i] for i in ids])
        first = posts[0]
        is_private = first.visibility == "private" or first.nesting == "chat"
        is_automatic = first.author in self.situation.automatic
        names: set[str] = set()
        for post in posts:
            is_automatic = is_automatic or post.automatic
            if post.mentions:
                names.update([m.account for m in post.mentions if m.is_new])
        names.discard(first.author)
        # By place, as a tuple of this size takes half as long to make as by name.
        return Said(
            spot.post,
            first.author,
            first.said_at,
            spot.thread,
            tuple(ids),
            posts,
            None if spot.above is None else self.first_piece[spot.above],
            spot.enter,
            spot.leave,
            spot.chain_top,
            _together([self._held[i] for i in ids], first.said_at),
            first.deleted_at,
            is_automatic,
            frozenset(names) if names else _NOBODY,
            first,
            is_private,
            is_private or first.nesting != "threaded",
            first.shared is not None,
        )

    def above(self, said: Said) -> Said | None:
        """Return the post above, where we have it."""
        return None if said.above is None else self.said[said.above]

    def nearest_above(self, said: Said, author: str) -> Said | None:
        """Return the nearest post above that is somebody's."""
        upper = self.above(said)
        while upper is not None and upper.author != author:
            upper = self.above(upper)
        return upper

    def author_above(self, said: Said) -> str | None:
        """Return who wrote the post it replies to, also where we do not have that post."""
        upper = self.above(said)
        return upper.author if upper is not None else said.first.parent_author

    def says_only(self, said: Said, kind: str) -> bool:
        """Tell whether it does this and nothing else; a piece that does nothing tells something."""
        return all(self._held[piece][-1].kinds == {kind} for piece in said.pieces)

    def led_to(self, said: Said) -> list[Said]:
        """Return the posts that it quotes, links, or answers in private, the earliest first."""
        ids = [p.quoted for p in said.posts] + [k.leads_to for p in said.posts for k in p.links]
        if said.is_private and said.above is None:
            ids.append(said.first.parent)
        firsts = {self.first_piece[i] for i in ids if i is not None and i in self.first_piece}
        firsts.discard(said.id)
        return sorted((self.said[i] for i in firsts), key=lambda s: (s.at, s.thread, s.enter))

    @cached_property
    def shared(self) -> dict[str, list[Said]]:
        """Plain shares that stand now, by the post they pass on."""
        shares: dict[str, list[Said]] = defaultdict(list)
        for said in self.said.values():
            target = self.first_piece.get(said.first.shared or "")
            if target is not None and said.deleted_at is None:
                shares[target].append(said)
        return shares

    @cached_property
    def liked(self) -> dict[str, list[Reaction]]:
        """Likes that stand now, by the post they are of; a like of a piece is of the whole."""
        likes: dict[str, list[Reaction]] = defaultdict(list)
        for like in self.situation.likes:
            is_past = like.reacted_at is None or like.reacted_at <= self.now
            is_gone = like.taken_back_at is not None and like.taken_back_at <= self.now
            if like.post in self.first_piece and is_past and not is_gone:
                likes[self.first_piece[like.post]].append(like)
        return likes

    @cached_property
    def marked(self) -> dict[str, list[Mark]]:
        """Decisions taken by now, by post; of a piece they are of the whole."""
        marks: dict[str, list[Mark]] = defaultdict(list)
        for mark in self.situation.marks:
            if mark.post in self.first_piece and mark.marked_at <= self.now:
                marks[self.first_piece[mark.post]].append(mark)
        return marks


def _as_of(post: Post, now: int) -> Post:
    if post.deleted_at is not None and post.deleted_at > now:
        return replace(post, deleted_at=None)
    return post


def _history(post: Post, situation: Situation) -> tuple[Held, ...]:
    held = situation.kinds.get(post.id, ())
    if len(held) > 1 or (held and held[0].since > situation.now):
        held = tuple([h for h in held if h.since <= situation.now])
    if post.author in situation.ours:
        held = tuple([_in_turns(h) for h in held])
    return held or (Held(post.said_at, frozenset()),)


def _in_turns(held: Held) -> Held:
    known = held.kinds & OUR_KINDS_IN_TURNS
    return held if len(known) == len(held.kinds) else Held(held.since, known)


def _corrections(situation: Situation) -> dict[str, tuple[Held, ...]]:
    """Return what teammates said posts are: the last correction, as if it had always been so."""
    at: dict[str, int] = {}
    kinds: dict[str, set[str]] = {}
    for mark in situation.marks:
        if mark.kind != "corrected_kind" or mark.value is None or mark.marked_at > situation.now:
            continue
        if mark.marked_at > at.get(mark.post, -1):
            at[mark.post], kinds[mark.post] = mark.marked_at, set()
        if mark.marked_at == at[mark.post]:
            kinds[mark.post].add(mark.value)
    return {post: (Held(0, frozenset(names)),) for post, names in kinds.items()}


def _together(histories: list[tuple[Held, ...]], start: int) -> tuple[Held, ...]:
    """Return the kinds of all pieces together: from the first one's time on, then at every edit."""
    if len(histories) == 1:
        return histories[0]
    times = sorted({held.since for history in histories for held in history[1:]})
    return tuple(
        Held(time, frozenset[str]().union(*(_in_force(h, time) for h in histories)))
        for time in [start, *times]
    )


def _in_force(history: tuple[Held, ...], time: int) -> frozenset[str]:
    return [history[0], *(h for h in history[1:] if h.since <= time)][-1].kinds

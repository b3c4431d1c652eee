"""The situation that core.turns judges: posts of some threads, and what lies outside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, cast

from twoway.core.posts import Mention, Post
from twoway.core.reactions import Mark as CoreMark
from twoway.core.turns import Held, Situation
from twoway.desk.database import ask, fetch
from twoway.desk.inbox import signals, told
from twoway.desk.inbox.models import Conversation, Mark
from twoway.desk.inbox.readings import held
from twoway.desk.inbox.turning.scope import Asked, above, long_threads, posts_needed

MarkKind = Literal["no_answer_needed", "promise_kept", "corrected_kind"]

_COLUMNS = (
    "id, remote_id, account_id, thread_id, said_at, text, parent, deleted_at, observed_at, record, held, "
    "is_ours, is_machine, is_quick, channel_id, sameness, language, reading"
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """One post as stored, and as the rule takes it."""

    pk: int
    account: int
    thread: int
    channel: int
    is_ours: bool
    is_machine: bool
    is_quick: bool
    is_automatic_account: bool
    sameness: int | None
    language: str
    reading: str
    post: Post
    kinds: tuple[Held, ...]


@dataclass(slots=True)
class Loading:
    """Gathers the posts of a situation, by remote id."""

    organisation: int
    network: str
    posts: dict[str, Loaded] = field(default_factory=dict)
    roots: dict[str, int] = field(default_factory=dict)
    """The threads asked for, by their roots."""
    corrected: dict[str, tuple[int, set[str]]] = field(default_factory=dict)
    """Kinds that a teammate set, and when, by post."""
    _accounts: dict[int, tuple[str, bool]] = field(default_factory=dict)
    """Remote id and whether it is marked automatic, by id."""

    def load(self, where: str, *given: Any) -> None:
        """Load the posts that a condition finds, and that were not loaded before."""
        rows = ask(f"select {_COLUMNS} from inbox_post where {where}", *given)
        found = [values for values in rows if values[1] not in self.posts]
        # Not joined: for hundreds of posts PostgreSQL reads all accounts there are.
        missing = {values[2] for values in found} - set(self._accounts)
        if missing:
            for pk, remote_id, is_robot in ask(
                "select id, remote_id, is_automatic from people_account where id in (%s)", missing
            ):
                self._accounts[pk] = (remote_id, bool(is_robot))
        for values in found:
            self.posts[values[1]] = _loaded(self.network, values, *self._accounts[values[2]])

    def load_named(self, names: set[str]) -> None:
        """Load posts by their remote ids."""
        if names:
            where = "organisation_id = %s and network = %s and remote_id in (%s)"
            self.load(where, self.organisation, self.network, names)

    def situation(self, ours: frozenset[str], now: int) -> Situation:
        """Return everything loaded as the rule takes it."""
        inferred = [self._inferred(one) for one in self.posts.values()]
        fragile = [
            one.post.id for one in self.posts.values() if one.is_ours and one.post.deleted_at
        ]
        likes = signals.likes_in(self.organisation, self.network, self.posts, fragile)
        return Situation(
            posts=tuple(inferred),
            kinds={remote: one.kinds for remote, one in self.posts.items()},
            ours=ours,
            now=now,
            automatic=self._robots(like.account for like in likes if like.account in ours),
            likes=tuple(likes),
            marks=tuple(self._marks()),
        )

    def _correct(self, post: str, mark: Mark) -> None:
        before = self.corrected.get(post, (0, set()))
        if mark.marked_at >= before[0]:
            kinds = set(mark.value.split()) | (before[1] if mark.marked_at == before[0] else set())
            self.corrected[post] = (mark.marked_at, kinds)

    def kinds_of(self, one: Loaded) -> frozenset[str]:
        """Return the kinds of a post as they hold now, corrections included."""
        if one.post.id in self.corrected:
            return frozenset(self.corrected[one.post.id][1])
        return one.kinds[-1].kinds

    def _robots(self, liking: Iterable[str]) -> frozenset[str]:
        """Return the accounts marked automatic among authors, those whom we speak to, and `liking`."""
        authors = {one.post.author for one in self.posts.values()}
        found = {one.post.author for one in self.posts.values() if one.is_automatic_account}
        named = {
            name
            for one in self.posts.values()
            if one.is_ours
            for name in (
                one.post.parent_author,
                one.post.quoted_author,
                *(m.account for m in one.post.mentions),
            )
            if name is not None
        }
        named = (named | {*liking}) - authors
        if named:
            rows = ask(
                "select remote_id from people_account where organisation_id = %s "
                "and network = %s and remote_id in (%s) and is_automatic",
                self.organisation,
                self.network,
                named,
            )
            found.update(remote_id for (remote_id,) in rows)
        return frozenset(found)

    def _inferred(self, one: Loaded) -> Post:
        """Decide of mentions that may be copies: those that the post above names are."""
        post = one.post
        if all(mention.is_new is not None for mention in post.mentions):
            return post
        upper = self.posts.get(post.parent or "")
        named = {m.account for m in upper.post.mentions} | {upper.post.author} if upper else set()
        return replace(
            post,
            mentions=tuple(
                Mention(m.account, m.account not in named if m.is_new is None else m.is_new)
                for m in post.mentions
            ),
        )

    def _marks(self) -> Iterable[CoreMark]:
        names = {one.pk: remote for remote, one in self.posts.items()}
        for mark in fetch(Mark, "where post_id in (%s)", [*names]):
            if mark.kind == "corrected_kind":
                self._correct(names[mark.post_id], mark)
            values: list[str | None] = [*mark.value.split()]
            for value in values or [None]:
                yield CoreMark(
                    network=self.network,
                    post=names[mark.post_id],
                    kind=cast("MarkKind", mark.kind),
                    marked_at=mark.marked_at,
                    value=value,
                )


@lru_cache(maxsize=16_384)
def _loaded(network: str, values: tuple[Any, ...], author: str, is_robot: bool) -> Loaded:
    """Open one row; where people talk, most of a thread was open for the delivery before."""
    (
        pk, remote_id, account, thread, said_at, text, parent, deleted_at, observed_at, record,
        history, is_ours, is_machine, is_quick, channel, same, language, reading,
    ) = values  # fmt: skip
    post = told.decode(
        network, remote_id, author, said_at, text, parent, deleted_at, observed_at, record
    ).post
    if is_machine and not post.automatic:
        post = replace(post, automatic=True)
    kinds = tuple(
        Held(since, frozenset(as_ours if is_ours else theirs))
        for since, theirs, as_ours in held(history)
    )
    return Loaded(
        pk, account, thread, channel, bool(is_ours), bool(is_machine), bool(is_quick), is_robot, same,
        language, reading, post, kinds,
    )  # fmt: skip


def load(organisation: int, network: str, asked: Asked) -> Loading:
    """Load what the rule must see to judge the conversations asked for."""
    loading = Loading(organisation, network)
    long = long_threads(asked.threads)
    loading.load("thread_id in (%s)", asked.threads.keys() - long)
    if long:
        loading.load("id in (%s)", posts_needed(organisation, network, asked.threads, long))
    _load_named(loading)
    _load_leading(loading)
    _load_private(loading)
    return loading


def _load_named(loading: Loading) -> None:
    """Load what these posts name in other threads: a public root of something private."""
    named = {
        name
        for one in loading.posts.values()
        for name in (one.post.parent, one.post.root)
        if name is not None and name not in loading.posts
    }
    loading.load_named(named)


def _load_leading(loading: Loading) -> None:
    """Load posts of ours elsewhere that quote or link these, and those that these lead to."""
    leading = ask(
        "select r.post_id, p.thread_id from inbox_reference r join inbox_post p on p.id = r.post_id "
        "where r.organisation_id = %s and r.network = %s and r.target in (%s) and r.leads "
        "and p.is_ours",
        loading.organisation,
        loading.network,
        [*loading.posts],
    )
    known = {one.pk for one in loading.posts.values()}
    pairs = [(pk, thread) for pk, thread in {*leading} if pk not in known]
    if pairs:
        _load_surroundings(loading, pairs)
    targets = {
        target
        for one in loading.posts.values()
        for target in (one.post.quoted, *(link.leads_to for link in one.post.links))
        if target is not None and target not in loading.posts
    }
    loading.load_named(targets)


def _load_surroundings(loading: Loading, pairs: Sequence[tuple[int, int]]) -> None:
    """Load the threads of some posts (post, thread), of long ones what stands above those."""
    rows = ask("select id, size from inbox_thread where id in (%s)", {t for _, t in pairs})
    small = {thread for thread, size in rows if size <= 300}
    loading.load("thread_id in (%s)", small)
    rest = [pk for pk, thread in pairs if thread not in small]
    if rest:
        loading.load("id in (%s)", above(loading.organisation, loading.network, rest))


def _load_private(loading: Loading) -> None:
    """Load the private exchanges with those whom we asked to go on in private."""
    moved = {
        one.thread
        for one in loading.posts.values()
        if one.is_ours and any("taken_private" in held.kinds for held in one.kinds)
    }
    corrected = ask(
        "select post_id from inbox_mark where post_id in (%s) and kind = 'corrected_kind' "
        "and value like '%%taken_private%%'",
        [one.pk for one in loading.posts.values() if one.is_ours],
    )
    marked = {post for (post,) in corrected}
    moved |= {one.thread for one in loading.posts.values() if one.pk in marked}
    if not moved:
        return
    accounts = {
        one.account for one in loading.posts.values() if one.thread in moved and not one.is_ours
    }
    threads = Conversation.objects.filter(
        organisation_id=loading.organisation,
        network=loading.network,
        is_private=True,
        person__accounts__among=accounts,
    ).values_list("thread_id", flat=True)
    loading.load("thread_id in (%s)", set(threads))

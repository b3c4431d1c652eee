"""Whose conversations a delivery may change: few, in a long thread, and never too few."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from twoway.core.posts import Post as Told
from twoway.desk.database import ask
from twoway.desk.inbox import accounts as people
from twoway.desk.inbox.ingest.posts import Arrival
from twoway.desk.inbox.models import Conversation, Post, Thread
from twoway.desk.inbox.told import Rest, rest_of
from twoway.desk.inbox.turning.scope import Asked


def touched(
    organisation: int,
    network: str,
    arrivals: Sequence[Arrival],
    liked: Iterable[str],
    turned: Iterable[int],
    ours: frozenset[str],
) -> Asked:
    """Return the conversations to judge anew after these arrivals and reactions.

    `turned` are accounts (ids) that turned out to be a machine's, or not.
    """
    asked = Asked()
    telling = [arrival for arrival in arrivals if arrival.is_telling]
    met = {thread for arrival in telling for thread in arrival.met}
    if met:
        for thread in Thread.objects.filter(pk__among=met).values_list("pk", flat=True):
            asked.add(thread, None)
    if telling:
        _Concerns(organisation, network, telling, ours).ask(asked)
        _ask_where_led(organisation, network, telling, asked)
        _ask_after_private(organisation, network, telling, asked)
    _ask_liked(organisation, network, liked, asked)
    _ask_turned(organisation, network, turned, asked)
    return asked


@dataclass(slots=True)
class _Concern:
    """Whom an arrival concerns in its own thread: accounts, names and authors of posts to find."""

    thread: int
    accounts: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    posts: set[str] = field(default_factory=set)
    is_everybody: bool = False


class _Above(NamedTuple):
    """What a post above an arrival must tell."""

    remote_id: str
    account_id: int
    is_ours: bool
    parent: str | None
    record: str


class _Concerns:
    """Finds whom arrivals concern, with as few questions as one delivery needs."""

    def __init__(
        self, organisation: int, network: str, arrivals: Sequence[Arrival], ours: frozenset[str]
    ) -> None:
        self.organisation = organisation
        self.network = network
        self.ours = ours
        self.arrivals = arrivals
        parents = {a.row.parent for a in arrivals if a.row.parent is not None}
        self.above = {row.remote_id: row for row in self._rows(parents)}
        threads = {a.row.thread_id for a in arrivals}
        firsts = ask(
            "select thread_id, min(said_at) from inbox_post where thread_id in (%s) and is_ours "
            "and deleted_at is null group by thread_id",
            threads,
        )
        below = ask(
            "select parent, max(said_at) from inbox_post where thread_id in (%s) and is_ours "
            "and parent in (%s) group by parent",
            threads,
            {name for name, row in self.above.items() if row.is_ours},
        )
        self.first_ours: dict[int, int] = dict(firsts)
        self.last_below: dict[str, int] = dict(below)

    def _rows(self, remote_ids: Iterable[str]) -> list[_Above]:
        rows = ask(
            "select remote_id, account_id, is_ours, parent, record from inbox_post "
            "where organisation_id = %s and network = %s and remote_id in (%s)",
            self.organisation,
            self.network,
            {*remote_ids},
        )
        return [_Above(*row) for row in rows]

    def ask(self, asked: Asked) -> None:
        """Add to what is asked for whom the arrivals concern."""
        concerns = [self._concern(arrival) for arrival in self.arrivals]
        names = {name for concern in concerns for name in concern.names}
        posts = {post for concern in concerns for post in concern.posts}
        found = self._known(names)
        wrote = {row.remote_id: row.account_id for row in self._rows(posts)} if posts else {}
        for concern in concerns:
            accounts = concern.accounts
            accounts |= {found[name] for name in concern.names if name in found}
            accounts |= {wrote[post] for post in concern.posts if post in wrote}
            asked.add(concern.thread, None if concern.is_everybody else accounts)

    def _known(self, names: set[str]) -> dict[str, int]:
        """Return the accounts of those whom we speak to; who is only named so far is made now."""
        rows = ask(
            "select remote_id, id from people_account "
            "where organisation_id = %s and network = %s and remote_id in (%s)",
            self.organisation,
            self.network,
            names,
        )
        found: dict[str, int] = dict(rows)
        strangers = names - set(found) - self.ours
        if strangers:
            made = people.keep(self.organisation, self.network, {}, strangers, self.ours)
            found |= {name: made[name].id for name in strangers}
        return found

    def _concern(self, arrival: Arrival) -> _Concern:
        row = arrival.row
        concern = _Concern(row.thread_id)
        if row.is_private or arrival.told.post.nesting != "threaded":
            # Where replies do not nest, whom a post speaks to depends on all posts before it.
            concern.is_everybody = True
        elif row.is_ours:
            self._of_ours(arrival, concern)
        else:
            self._of_theirs(row, concern)
        return concern

    def _of_theirs(self, row: Post, concern: _Concern) -> None:
        """Theirs, and whoever's pieces it may have interrupted."""
        concern.accounts.add(row.account_id)
        upper = self.above.get(row.parent or "")
        if upper is None:
            return
        if upper.is_ours:
            concern.is_everybody = self.last_below.get(upper.remote_id, -1) >= row.said_at
        else:
            concern.accounts.add(upper.account_id)

    def _of_ours(self, arrival: Arrival, concern: _Concern) -> None:
        """Those whom it speaks to, itself or through our own posts above.

        Before our first post thanks were praise: whoever wrote after it is concerned then.
        """
        row = arrival.row
        is_first = self.first_ours.get(row.thread_id, row.said_at) >= row.said_at
        if not arrival.is_new or row.deleted_at is not None or is_first:
            concern.is_everybody = True
            return
        _name(arrival.told.post, concern)
        step = self.above.get(row.parent or "")
        seen = {row.remote_id}
        while step is not None and step.is_ours and step.remote_id not in seen:
            seen.add(step.remote_id)
            _name(rest_of(step.record), concern)
            step = next(iter(self._rows([step.parent])), None) if step.parent else None
        if step is not None and not step.is_ours:
            concern.accounts.add(step.account_id)


def _name(rest: Told | Rest, concern: _Concern) -> None:
    """Add whom a post of ours names or leads to."""
    concern.names.update(mention.account for mention in rest.mentions)
    concern.names.update(n for n in (rest.parent_author, rest.quoted_author) if n is not None)
    concern.posts.update(
        n for n in (rest.quoted, *(link.leads_to for link in rest.links)) if n is not None
    )


def _ask_where_led(
    organisation: int, network: str, telling: Sequence[Arrival], asked: Asked
) -> None:
    """Ask where posts of ours in these threads lead to, and where others lead to these posts."""
    authors = {arrival.row.remote_id: arrival.row.account_id for arrival in telling}
    leading = ask(
        "select r.target, p.thread_id, p.account_id from inbox_reference r "
        "join inbox_post p on p.id = r.post_id "
        "where r.organisation_id = %s and r.network = %s and r.target in (%s) and r.leads",
        organisation,
        network,
        [*authors],
    )
    for target, thread, account in leading:
        asked.add(thread, {authors[target], account})
    ours = {arrival.row.thread_id for arrival in telling if arrival.row.is_ours}
    # A thread belongs to one organisation and network; asked for them, SQLite begins there.
    said = ask("select id from inbox_post where thread_id in (%s) and is_ours", ours)
    # Not joined: PostgreSQL would begin with all that leads anywhere.
    led = ask(
        "select target from inbox_reference where post_id in (%s) and leads",
        [post for (post,) in said],
    )
    _ask_of(organisation, network, {target for (target,) in led}, asked)


def _ask_of(organisation: int, network: str, posts: set[str], asked: Asked) -> None:
    """Ask about the authors of some posts, where those stand."""
    if not posts:
        return
    there = ask(
        "select thread_id, account_id from inbox_post "
        "where organisation_id = %s and network = %s and remote_id in (%s)",
        organisation,
        network,
        posts,
    )
    for thread, account in there:
        asked.add(thread, {account})


def _ask_after_private(
    organisation: int, network: str, telling: Sequence[Arrival], asked: Asked
) -> None:
    """Ask in public where we asked a person to go on in private, and they or we did."""
    threads = {arrival.row.thread_id for arrival in telling if arrival.row.is_private}
    if not threads:
        return
    theirs = Post.objects.filter(thread_id__among=threads, is_ours=False)
    moved = Conversation.objects.filter(
        organisation_id=organisation,
        network=network,
        has_moved=True,
        person__accounts__among=set(theirs.values_list("account_id", flat=True)),
    ).values_list("thread_id", "person__accounts__pk")
    for thread, account in moved:
        asked.add(thread, {account})


def _ask_liked(organisation: int, network: str, liked: Iterable[str], asked: Asked) -> None:
    """Ask where a reaction may settle something: one of ours, or a like of a post that we deleted."""
    wanted = list(liked)
    if not wanted:
        return
    rows = Post.objects.filter(
        organisation_id=organisation, network=network, remote_id__among=wanted
    )
    for thread, account, is_ours, deleted_at in rows.values_list(
        "thread_id", "account_id", "is_ours", "deleted_at"
    ):
        if not is_ours:
            asked.add(thread, {account})
        elif deleted_at is not None:
            asked.add(thread, None)


def _ask_turned(organisation: int, network: str, turned: Iterable[int], asked: Asked) -> None:
    """Ask wherever an account spoke or was spoken to that is now taken for a machine's, or not.

    Where its posts lead to and what it liked or shared is asked as well: what looked like an answer
    or a kind word there may be none.
    """
    accounts = list(turned)
    if not accounts:
        return
    spoke = Post.objects.filter(account_id__among=accounts)
    spoken_to = Conversation.objects.filter(person__accounts__among=accounts)
    for thread in {
        *spoke.values_list("thread_id", flat=True),
        *spoken_to.values_list("thread_id", flat=True),
    }:
        asked.add(thread, None)
    led = ask(
        "select r.target from inbox_post p join inbox_reference r on r.post_id = p.id "
        "where p.account_id in (%s) and r.leads",
        accounts,
    )
    liked = ask(
        "select s.post from people_account a join inbox_signal s on s.account = a.remote_id "
        "and s.organisation_id = a.organisation_id and s.network = a.network and s.is_ours "
        "where a.id in (%s)",
        accounts,
    )
    _ask_of(organisation, network, {post for (post,) in (*led, *liked)}, asked)

"""Take in what a connector delivered: at least once in, in any order, the same state."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field

from twoway import language
from twoway.collection.records import Record
from twoway.desk import clock, courtesy, database
from twoway.desk.channels.models import Channel
from twoway.desk.channels.queries import our_accounts
from twoway.desk.inbox import accounts, hooks, signals
from twoway.desk.inbox.ingest import posts
from twoway.desk.inbox.ingest.delivery import Delivery, sort
from twoway.desk.inbox.ingest.erased import without_the_erased
from twoway.desk.inbox.ingest.standing import stand
from twoway.desk.inbox.ingest.touched import touched
from twoway.desk.inbox.learned import Reader, reader_of
from twoway.desk.inbox.models import Gone
from twoway.desk.inbox.readings import Read, Readings
from twoway.desk.inbox.turning.judging import judge

_LARGE = 100
"""So many new posts at once are worth a thread that moves them into the file."""


@dataclass(slots=True)
class Received:
    """What came of a delivery: posts that were new, that changed, records that were refused."""

    new: int = 0
    changed: int = 0
    rejected: int = 0
    conversations: set[int] = field(default_factory=set)


def receive(
    channel: Channel,
    records: Iterable[Record],
    read: Read | None = None,
    now: int | None = None,
    beside: Callable[[], None] | None = None,
) -> Received:
    """Store a delivery and bring the turns it touches up to date.

    `read` says what posts are; without it the model that the organisation has taught.
    `beside` writes in the transaction of the last part, such as the cursor behind these records.
    """
    received = Received()
    parts = list(sort(channel.network, records))
    reader = reader_of(channel.organisation_id) if read is None else Reader(read, language.MODEL)
    for nth, part in enumerate(parts):
        last = beside if nth == len(parts) - 1 else None
        _take(channel, part, Readings(reader.read, reader.model), now, last, received)
    if not parts and beside is not None:
        database.again(beside)
    return received


def _take(
    channel: Channel,
    part: Delivery,
    readings: Readings,
    now: int | None,
    beside: Callable[[], None] | None,
    received: Received,
) -> None:
    known = posts.stored(channel.organisation_id, channel.network, part.posts)
    readings.prepare(posts.unread(part.posts, known))
    is_large = len(part.posts) - len(known) >= _LARGE
    log = database.leaving_the_log() if is_large else nullcontext()
    with courtesy.giving_way(), log:
        done = database.again(lambda: _Storing(channel, part, readings, now).run(beside))
    received.rejected += part.rejected
    received.new += sum(arrival.is_new for arrival in done.arrivals)
    received.changed += sum(not a.is_new and a.is_telling for a in done.arrivals)
    received.conversations |= done.conversations


class _Storing:
    """One part of a delivery in one transaction."""

    def __init__(
        self, channel: Channel, part: Delivery, readings: Readings, now: int | None
    ) -> None:
        self.channel = channel
        self.organisation = channel.organisation_id
        self.network = channel.network
        self.part = part
        self.readings = readings
        self.now = clock.now() if now is None else now
        self.arrivals: list[posts.Arrival] = []
        self.conversations: set[int] = set()

    def run(self, beside: Callable[[], None] | None) -> "_Storing":
        organisation, network = self.organisation, self.network
        database.plan_once()
        ours = our_accounts(organisation, network)
        part = self.part = without_the_erased(organisation, network, self.part, ours)
        self._lock()
        authors = {told.post.author for told in part.posts.values()}
        known = accounts.keep(organisation, network, part.accounts, authors, ours)
        accounts.follow(organisation, network, part.follows, ours)
        gone = self._gone()
        liked = signals.keep(organisation, network, part.reactions, gone, ours)
        self._arrive(posts.Merging(organisation, self.channel.pk, ours, known, self.readings), gone)
        liked |= self._take_back()
        write_words = stand(organisation, network, self.arrivals)
        asked = touched(organisation, network, self.arrivals, liked, known.turned, ours)
        done = judge(organisation, network, asked, self.now, ours, meanwhile=write_words)
        self.conversations |= done.conversations
        if beside is not None:
            beside()
        self._tell()
        return self

    def _lock(self) -> None:
        """Hold off who brings the same posts, or what these name: one would not see the other."""
        told = [heard.post for heard in self.part.posts.values()]
        named = {name for post in told for name in (post.parent, post.root, post.quoted) if name}
        here = f"{self.organisation} {self.network} "
        database.lock_names(
            (here + remote for remote in (*self.part.posts, *self.part.deletions)),
            named=(here + name for name in named),
        )

    def _gone(self) -> dict[str, int]:
        """Return what was taken back of what comes now."""
        ids = {*self.part.posts, *(r.id for r in self.part.reactions if r.id is not None)}
        gone = posts.gone(self.organisation, self.network, ids)
        for remote, at in self.part.deletions.items():
            if remote in ids:
                gone[remote] = min(at, gone.get(remote, at))
        return gone

    def _arrive(self, merging: posts.Merging, gone: dict[str, int]) -> None:
        rows = posts.stored(
            self.organisation, self.network, {*self.part.posts, *self.part.deletions}
        )
        heard = dict(self.part.posts)
        for remote, at in (gone | self.part.deletions).items():
            if remote not in heard and remote in rows:
                heard[remote] = posts.told_by(rows[remote])
            if remote in heard:
                heard[remote] = posts.deleted(heard[remote], at)
        for remote, told in heard.items():
            arrival = merging.arrive(told, rows.get(remote))
            if arrival is not None:
                self.arrivals.append(arrival)
        self._here = {*heard}

    def _take_back(self) -> set[str]:
        """Honour deletions of reactions, and remember those of what is still to come."""
        if not self.part.deletions:
            return set()
        found, of = signals.take_back(self.organisation, self.network, self.part.deletions)
        Gone.objects.bulk_create(
            (
                Gone(
                    organisation_id=self.organisation,
                    network=self.network,
                    remote_id=remote,
                    deleted_at=at,
                )
                for remote, at in sorted(self.part.deletions.items())
                if remote not in found and remote not in self._here
            ),
            update_conflicts=True,
            unique_fields=["organisation", "network", "remote_id"],
            update_fields=["deleted_at"],
        )
        return of

    def _tell(self) -> None:
        for arrival in self.arrivals:
            if arrival.is_new and arrival.row.is_ours:
                for hook in hooks.seen_back:
                    hook(arrival.row)
        hooks.announce(self.organisation, sorted(self.conversations))

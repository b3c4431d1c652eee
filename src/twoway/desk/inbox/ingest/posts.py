"""Posts as they come in: merged with what was stored, written where that changed something."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter, itemgetter

from twoway.core.identity import key
from twoway.core.turns.machines import sameness
from twoway.desk.database import ahead, ask, begin, fetch, insert
from twoway.desk.inbox import told
from twoway.desk.inbox.accounts import Known
from twoway.desk.inbox.models import Post
from twoway.desk.inbox.readings import Readings, held, kept
from twoway.desk.inbox.search import index
from twoway.desk.inbox.told import Told
from twoway.desk.people.models import Account

_SPREAD_BITS = 20
_LATEST = (1 << 43) - 1


@dataclass(slots=True)
class Arrival:
    """A post that this delivery made or changed, in its row; `was` is what the index had of it."""

    row: Post
    told: Told
    is_new: bool
    is_moved: bool
    """It stands elsewhere than before: below another parent, or hidden from the public."""
    is_telling: bool
    """Something changed besides when it was seen."""
    was: index.Entry | None = None
    met: frozenset[int] = frozenset()
    """Threads that were placed anew because of this delivery."""


def number(organisation: int, network: str, remote_id: str, said_at: int) -> int:
    """Return an id that follows time (ms), with a remainder that is the same whenever it comes."""
    moment = min(max(said_at // 1_000, 0), _LATEST)
    spread = key(f"{organisation} {network}", remote_id) & ((1 << _SPREAD_BITS) - 1)
    return (moment << _SPREAD_BITS) | spread


def stored(organisation: int, network: str, remote_ids: Iterable[str]) -> dict[str, Post]:
    """Return the stored posts among `remote_ids`, with their accounts."""
    rows = fetch(
        Post,
        "where organisation_id = %s and network = %s and remote_id in (%s)",
        organisation,
        network,
        {*remote_ids},
    )
    wrote = {row.account_id for row in rows}
    accounts = {one.pk: one for one in fetch(Account, "where id in (%s)", wrote)} if rows else {}
    for row in rows:
        row.account = accounts[row.account_id]
    return {row.remote_id: row for row in rows}


def told_by(row: Post) -> Told:
    """Return what was told of a stored post."""
    return told.decode(
        row.network, row.remote_id, row.account.remote_id, row.said_at, row.text, row.parent,
        row.deleted_at, row.observed_at, row.record,
    )  # fmt: skip


def deleted(heard: Told, at: int) -> Told:
    """Return what is told of a post that was taken down at a time (µs)."""
    before = heard.post.deleted_at
    post = replace(heard.post, deleted_at=at if before is None else min(at, before))
    return heard._replace(post=post)


def unread(posts: Mapping[str, Told], known: Mapping[str, Post]) -> list[Told]:
    """Return those of a delivery whose text was not read before."""
    return [
        heard
        for remote, heard in posts.items()
        if remote not in known or known[remote].text != heard.post.text
    ]


def gone(organisation: int, network: str, remote_ids: Iterable[str]) -> dict[str, int]:
    """Return what was taken back before it came, and when (µs)."""
    rows = ask(
        "select remote_id, deleted_at from inbox_gone "
        "where organisation_id = %s and network = %s and remote_id in (%s)",
        organisation,
        network,
        {*remote_ids},
    )
    return dict(rows)


class Merging:
    """Brings a delivery's posts together with the stored ones, for one channel."""

    def __init__(
        self,
        organisation: int,
        channel: int,
        ours: frozenset[str],
        accounts: Mapping[str, Known],
        readings: Readings,
    ) -> None:
        self.organisation = organisation
        self.channel = channel
        self.ours = ours
        self.accounts = accounts
        self.readings = readings

    def arrive(self, heard: Told, row: Post | None) -> Arrival | None:
        """Return the post as it is now to be stored; None where nothing is new."""
        before = None if row is None else told_by(row)
        now = heard if before is None else self._merged(before, heard)
        if row is not None and now == before and row.channel_id <= self.channel:
            return None
        was = None if row is None or not row.facets else index.Entry(row.pk, row.text, row.facets)
        old_place = None if row is None else _place(row)
        is_new = row is None
        if row is None:
            row = self._begin(now)
        is_telling = is_new or before is None or _without_time(now) != _without_time(before)
        self._draw(row, now, before)
        is_moved = not is_new and old_place != _place(row)
        return Arrival(row, now, is_new, is_moved, is_telling, was)

    def _merged(self, before: Told, heard: Told) -> Told:
        if before.post.deleted_at is None:
            return told.merge(before, heard)
        at = min(before.post.deleted_at, heard.post.deleted_at or before.post.deleted_at)
        return before._replace(post=replace(before.post, deleted_at=at))

    def _begin(self, now: Told) -> Post:
        post = now.post
        return begin(
            Post,
            id=number(self.organisation, post.network, post.id, post.said_at),
            organisation_id=self.organisation,
            network=post.network,
            remote_id=post.id,
            channel_id=self.channel,
            account_id=self.accounts[post.author].id,
            is_ours=post.author in self.ours,
        )

    def _draw(self, row: Post, now: Told, before: Told | None) -> None:
        row.channel_id = min(row.channel_id, self.channel)
        if before is None or _versions(before) != _versions(now):
            self._read(row, now, before)
        if now.post.deleted_at is not None:
            now = told.erased(now)
        row.said_at = now.post.said_at
        row.text = now.post.text
        row.parent = now.post.parent
        row.deleted_at = now.post.deleted_at
        row.observed_at = now.post.observed_at or now.post.said_at
        row.is_private = now.post.visibility == "private" or now.post.nesting == "chat"
        row.record = told.encode(now)
        row.facets = "" if row.deleted_at is not None else _facets(row)

    def _read(self, row: Post, now: Told, before: Told | None) -> None:
        known = {}
        if before is not None:
            known = dict(zip((t.text for t in before.texts), held(row.held), strict=True))
        row.held = self.readings.history(now, known)
        if before is None or before.post.text != now.post.text:
            latest, row.reading = self.readings.latest(now)
            row.language = latest.language[:10]
        words = sameness(now.post.text) if row.is_ours else ""
        row.sameness = key(f"same {row.network}", words) if words else None


def read_anew(row: Post, readings: Readings) -> Arrival:
    """Return a stored post as another model reads it, all texts of it that are known."""
    was = index.Entry(row.pk, row.text, row.facets) if row.facets else None
    heard = told_by(row)
    row.held = readings.history(heard, {})
    latest, row.reading = readings.latest(heard)
    row.language = latest.language[:10]
    row.facets = "" if row.deleted_at is not None else _facets(row)
    return Arrival(row, heard, is_new=False, is_moved=False, is_telling=True, was=was)


def _versions(heard: Told) -> list[tuple[int, str]]:
    return [(text.first if nth else 0, text.text) for nth, text in enumerate(heard.texts)]


def _without_time(heard: Told) -> tuple[object, ...]:
    post = replace(
        heard.post, observed_at=None, seen_likes=None, seen_replies=None, seen_shares=None,
        author_followers=None,
    )  # fmt: skip
    return (post, [text.text for text in heard.texts])


def _place(row: Post) -> tuple[object, ...]:
    rest = told.rest_of(row.record)
    return (row.parent, rest.root, rest.nesting, row.is_private, row.said_at)


def _facets(row: Post) -> str:
    reading = kept(row.reading)
    kinds = reading.ours if row.is_ours else reading.theirs
    return index.facets(
        organisation=row.organisation_id,
        channel=row.channel_id,
        account=row.account_id,
        said_at=row.said_at,
        language=row.language,
        kinds=[name for name, _, holds in kinds if holds],
        is_ours=row.is_ours,
    )


_COLUMNS = (
    "id", "organisation_id", "network", "remote_id", "account_id", "is_ours", "is_machine",
    "is_quick",
)  # fmt: skip
_CHANGING = (
    "channel_id", "thread_id", "parent", "said_at", "text", "language", "is_private", "sameness",
    "deleted_at", "observed_at", "record", "held", "reading", "facets",
)  # fmt: skip


def write(arrivals: Sequence[Arrival]) -> Callable[[], None]:
    """Write rows, new ones with ids that are free; return what writes the index of words."""
    _find_room([arrival.row for arrival in arrivals if arrival.is_new])
    with ahead(partial(_insert, arrivals)):
        entries = [(a.was, _entry(a.row)) for a in arrivals]
        return index.prepare(
            [now for was, now in entries if now is not None and now != was],
            [was for was, now in entries if was is not None and now != was],
        )


def _insert(arrivals: Sequence[Arrival]) -> None:
    rows = sorted((arrival.row for arrival in arrivals), key=attrgetter("id"))
    columns = _COLUMNS + _CHANGING
    get = itemgetter(*columns)
    # Never bulk_update, whose CASE is two to three times slower.
    new = {id(arrival.row) for arrival in arrivals if arrival.is_new}
    insert(Post, columns, [get(vars(row)) for row in rows if id(row) in new])
    insert(Post, columns, [get(vars(row)) for row in rows if id(row) not in new], _CHANGING)


def _entry(row: Post) -> index.Entry | None:
    return index.Entry(row.id, row.text, row.facets) if row.facets else None


def _find_room(rows: Sequence[Post]) -> None:
    """Move an id on by one where another post of that very millisecond has it."""
    wanted = [row.id for row in rows]
    taken = {pk for (pk,) in ask("select id from inbox_post where id in (%s)", wanted)}
    for row in rows:
        while row.id in taken:
            row.id += 1
            if row.id not in taken and Post.objects.filter(pk=row.id).exists():
                taken.add(row.id)
        taken.add(row.id)

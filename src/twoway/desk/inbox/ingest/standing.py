"""Put arrivals into their threads, and write them."""

from collections.abc import Callable, Sequence

from twoway.desk.database import insert
from twoway.desk.inbox import threads, told
from twoway.desk.inbox.ingest import posts
from twoway.desk.inbox.ingest.posts import Arrival
from twoway.desk.inbox.models import Post, Reference
from twoway.desk.inbox.turning.moving import move


def stand(organisation: int, network: str, arrivals: Sequence[Arrival]) -> Callable[[], None]:
    """Find the threads of arrivals, write posts and references, join threads that meet.

    Returns what writes the index of words, which is for later: the turn rule does not ask it.
    """
    placing = threads.Placing(
        organisation, network, {a.row.remote_id: a.row for a in arrivals if a.is_new or a.is_moved}
    )
    new = [a.row for a in arrivals if a.is_new]
    moved = [a.row for a in arrivals if a.is_moved]
    homes = _homes(organisation, network, placing, [*new, *moved])
    old = {row.thread_id for row in moved}
    for row in new:
        row.thread_id = homes[row.remote_id]
    waiting = threads.awaiting(organisation, network, [row.remote_id for row in new])
    meeting = bool(waiting or moved or placing.circles)
    touching = {*homes.values()} | old | waiting
    threads.lock(touching)
    write_words = posts.write(arrivals)
    _refer(arrivals, placing)
    threads.grow(
        {
            (a.row.id, a.row.thread_id): a.told.post.nesting != "threaded"
            for a in arrivals
            if a.is_new
        }
    )
    if meeting:
        _meet(organisation, network, arrivals, touching)
    return write_words


def _homes(
    organisation: int, network: str, placing: threads.Placing, rows: Sequence[Post]
) -> dict[str, int]:
    found = {row.remote_id: placing.thread_of(row.remote_id) for row in rows}
    roots = [home for home in found.values() if isinstance(home, str)]
    made = threads.make(organisation, network, roots)
    return {name: made[home] if isinstance(home, str) else home for name, home in found.items()}


def _meet(organisation: int, network: str, arrivals: Sequence[Arrival], touching: set[int]) -> None:
    went = threads.regroup(organisation, network, sorted(touching))
    move(went)
    homes = dict(
        Post.objects.filter(pk__among={a.row.id for a in arrivals}).values_list("pk", "thread_id")
    )
    for arrival in arrivals:
        arrival.row.thread_id = homes[arrival.row.pk]
        arrival.met = frozenset(touching)


def _refer(arrivals: Sequence[Arrival], placing: threads.Placing) -> None:
    """Write what posts name that is not here, and what they lead to."""
    old = [a.row.id for a in arrivals if not a.is_new and a.is_telling]
    moved = [a.row.id for a in arrivals if a.is_moved]
    if old:
        Reference.objects.filter(post_id__among=old, leads=True).delete()
    if moved:
        Reference.objects.filter(post_id__among=moved, leads=False).delete()
    rows = []
    for arrival in arrivals:
        row = arrival.row
        if not arrival.is_telling:
            continue
        if row.remote_id in placing.known:
            rows += [
                _reference(row, target, leads=False) for target in placing.missing(row.remote_id)
            ]
        rows += [_reference(row, target, leads=True) for target in _targets(row)]
    insert(Reference, ("organisation_id", "network", "target", "post_id", "leads"), rows)


def _targets(row: Post) -> set[str]:
    rest = told.rest_of(row.record)
    named = {rest.quoted, *(link.leads_to for link in rest.links)}
    if row.is_ours and rest.visibility == "private":
        named.add(row.parent)  # which may be public: it is answered all the same
    return {name for name in named if name is not None and name != row.remote_id}


def _reference(row: Post, target: str, *, leads: bool) -> tuple[int, str, str, int, bool]:
    return (row.organisation_id, row.network, target, row.pk, leads)

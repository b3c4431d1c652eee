"""After an upgrade: everything stored is judged by the rule of now, a few threads at a time.

The newest threads come first. Each step is one short transaction that also notes how far it has come, so whoever is
killed loses a step at most. What is delivered meanwhile is judged by the same rule as it comes.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

from twoway.desk import clock, courtesy
from twoway.desk.channels.models import Channel
from twoway.desk.database import again, ask
from twoway.desk.inbox import hooks, threads
from twoway.desk.inbox.ingest import rereading
from twoway.desk.inbox.ingest.rereading import Anew
from twoway.desk.inbox.learned import waits_for_a_lesson
from twoway.desk.inbox.models import Rejudging, Thread
from twoway.desk.inbox.turning.judging import judge
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.inbox.turning.version import JUDGED_BY

POSTS: Final = 200
"""So many posts in one step, or one thread that has more: others wait so long on SQLite."""
_THREADS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How many threads of one network had been judged anew before a step, and are after it."""

    organisation: int
    network: str
    threads: int
    before: int
    done: int
    moved: int
    """Conversations that came out otherwise so far."""
    has_ended: bool


def judge_next_anew(now: int | None = None) -> Step | None:
    """Judge the next few threads by the rule of now; None where everything stored has been."""
    now = clock.now() if now is None else now
    for organisation, network in _stale():
        if waits_for_a_lesson(organisation):
            continue  # seconds; what it has taught is to read, too
        walk = _walk(organisation, network, now)
        if walk is not None:
            return _step(walk, now)
    return None


def _stale() -> list[tuple[int, str]]:
    """Return the organisations and networks of which something was judged by another rule, or may be."""
    done = Rejudging.objects.filter(judged_by=JUDGED_BY).exclude(ended_at=None)
    held = Channel.objects.values_list("organisation_id", "network").distinct()
    return sorted(set(held) - set(done.values_list("organisation_id", "network")))


def _walk(organisation: int, network: str, now: int) -> Rejudging | None:
    """Return the walk through these threads, begun anew for a newer rule; None where there is nothing."""
    walks = Rejudging.objects.filter(organisation_id=organisation, network=network)
    walk = walks.first()
    if walk is None or walk.judged_by != JUDGED_BY:
        walk = again(partial(_begin, organisation, network, now))
    return walk if walk.ended_at is None else None


def _begin(organisation: int, network: str, now: int) -> Rejudging:
    """Begin with the newest thread; where nothing is stored, there is nothing to do."""
    ((count, newest),) = ask(
        "select count(*), max(id) from inbox_thread where organisation_id = %s and network = %s",
        organisation,
        network,
    )
    walk, _ = Rejudging.objects.update_or_create(
        organisation_id=organisation, network=network,
        defaults={
            "judged_by": JUDGED_BY, "below": (newest or 0) + 1, "threads": count, "done": 0,
            "moved": 0, "begun_at": now, "ended_at": None if count else now,
        },
    )  # fmt: skip
    return walk


def _step(walk: Rejudging, now: int) -> Step:
    numbers = _next_threads(walk)
    anew = rereading.prepare(walk.organisation_id, walk.network, numbers, now)
    with courtesy.giving_way():
        after = again(partial(_judge, walk, numbers, anew, now))
    return Step(
        organisation=walk.organisation_id, network=walk.network, threads=walk.threads,
        before=walk.done, done=after.done, moved=after.moved, has_ended=after.ended_at is not None,
    )  # fmt: skip


def _next_threads(walk: Rejudging) -> list[int]:
    """Return the next threads, the newest first: as many as have few posts together, one at least."""
    rows = ask(
        "select id, size from inbox_thread where organisation_id = %s and network = %s "
        "and id < %s order by id desc limit %s",
        walk.organisation_id,
        walk.network,
        walk.below,
        _THREADS,
    )
    few: list[int] = []
    posts = 0
    for number, size in rows:
        posts += size
        if few and posts > POSTS:
            break
        few.append(number)
    return few


def _judge(walk: Rejudging, numbers: list[int], anew: Anew, now: int) -> Rejudging:
    """Judge these threads and note that; not where another process is at it, or has been."""
    held = Rejudging.objects.select_for_update(skip_locked=True)
    here = held.filter(pk=walk.pk, judged_by=JUDGED_BY, below=walk.below, ended_at=None).first()
    if here is None:
        return walk
    # Threads may have been joined since they were looked up.
    still = Thread.objects.filter(pk__among=numbers).values_list("pk", flat=True)
    asked = Asked(dict.fromkeys(still))
    threads.lock(asked.threads)
    rereading.write(walk.organisation_id, walk.network, anew)
    if not anew.is_all:
        return here
    changed = sorted(judge(walk.organisation_id, walk.network, asked, now).conversations)
    here.done += len(numbers)
    here.moved += len(changed)
    if numbers:
        here.below = numbers[-1]
    else:
        here.ended_at = now
    here.save(update_fields=["below", "done", "moved", "ended_at"])
    hooks.announce(walk.organisation_id, changed)
    return here

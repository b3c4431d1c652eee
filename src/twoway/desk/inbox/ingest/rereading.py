"""A newer model reads anew what is still a matter: threads with something open, or said of late.

What is settled and old stays as it was read. A model that reads better by a little would else dig up
thousands of posts that nobody waits for any more, the oldest on top of the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from twoway import language
from twoway.desk.clock import DAY
from twoway.desk.database import ask
from twoway.desk.inbox.ingest import posts
from twoway.desk.inbox.learned import reader_of
from twoway.desk.inbox.models import Box
from twoway.desk.inbox.readings import Readings, kept

LATELY: Final = 14 * DAY
"""As far back as a channel is read when it is connected."""

AT_ONCE: Final = 500
"""Posts in one transaction, as in a delivery: a thread may have thousands."""

_OPEN: Final = [box.value for box in (Box.OURS, Box.PROMISED, Box.MAYBE, Box.SNOOZED)]


@dataclass(frozen=True, slots=True)
class Anew:
    """Posts (remote ids) that another model read, and what the one of now says of them."""

    posts: frozenset[str]
    readings: Readings
    is_all: bool
    """There are no more in these threads."""


def prepare(organisation: int, network: str, threads: Sequence[int], now: int) -> Anew:
    """Read what is to be read anew in some threads, before a transaction holds anybody up."""
    reader = reader_of(organisation)
    rows = ask(
        "select remote_id, reading from inbox_post where thread_id in (%s) "
        "and deleted_at is null and text <> ''",
        _still_a_matter(threads, now),
    )
    stale = [name for name, reading in rows if _is_of_another(kept(reading).model)]
    names = frozenset(stale[:AT_ONCE])
    readings = Readings(reader.read, reader.model)
    if names:
        stored = posts.stored(organisation, network, names)
        readings.prepare(map(posts.told_by, stored.values()))
    return Anew(names, readings, is_all=len(names) == len(stale))


def write(organisation: int, network: str, anew: Anew) -> None:
    """Write the new readings; the caller holds the transaction, and the threads."""
    if not anew.posts:
        return
    rows = posts.stored(organisation, network, anew.posts).values()
    # Whoever was erased meanwhile has no words any more.
    posts.write([posts.read_anew(row, anew.readings) for row in rows if row.text])()


def _is_of_another(model: str) -> bool:
    """Tell whether another shipped model read; what a team has taught, and took back, changes nothing."""
    return model.partition(" local ")[0] != language.MODEL


def _still_a_matter(threads: Sequence[int], now: int) -> set[int]:
    rows = ask(
        "select distinct thread_id from inbox_conversation where thread_id in (%s) "
        "and (box in (%s) or kind_word_rank is not null or last_at >= %s)",
        threads,
        _OPEN,
        now - LATELY,
    )
    return {thread for (thread,) in rows}

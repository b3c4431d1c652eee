"""Judge conversations anew and write what came of it: rows, lists by tag and channel, counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db import connection

from twoway.core import turns
from twoway.desk import clock
from twoway.desk.channels.queries import our_accounts
from twoway.desk.database import ahead, among_pairs, ask, begin, fetch, insert
from twoway.desk.inbox import accounts as people
from twoway.desk.inbox import counts, threads
from twoway.desk.inbox.models import Box, Conversation
from twoway.desk.inbox.turning import machines
from twoway.desk.inbox.turning.drawing import Drawing, Partner
from twoway.desk.inbox.turning.lists import follow
from twoway.desk.inbox.turning.scope import Asked
from twoway.desk.inbox.turning.situations import Loading, load

_COLUMNS = ("organisation_id", "thread_id", "person_id", "network", "assignee_id")
_WRITTEN = (
    "channel_id", "box", "rank", "since", "kind", "language", "kind_word_rank", "is_promised",
    "is_private", "has_moved", "promise_due_at", "snoozed_at", "snoozed_until", "wakes_at",
    "last_at", "last_post", "posts", "version",
)  # fmt: skip
_JSON = ("exchange", "why", "open_posts", "maybe_posts", "kind_word_posts")


@dataclass(frozen=True, slots=True)
class Judged:
    """Which conversations changed."""

    conversations: frozenset[int]


def judge(
    organisation: int,
    network: str,
    asked: Asked,
    now: int | None = None,
    ours: frozenset[str] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Judged:
    """Judge the conversations asked for, and those that this shows to be touched.

    The caller holds the transaction; `ours` are our accounts, where it knows them already.
    `meanwhile` writes what the rule does not ask for, while it thinks.
    """
    now = clock.now() if now is None else now
    ours = our_accounts(organisation, network) if ours is None else ours
    changed: set[int] = set()
    deltas: counts.Deltas = Counter()
    while asked:
        threads.lock(asked.threads)
        loading = load(organisation, network, asked)
        situation, wanted = loading.situation(ours, now), _wanted(asked, loading)
        with ahead(meanwhile):
            judgement = turns.conversations(situation, wanted)
        meanwhile = None
        changed |= _write(loading, asked, judgement, now, deltas)
        asked = machines.unmask(organisation, network, asked, loading, judgement.quick)
    if meanwhile is not None:
        meanwhile()
    counts.change(organisation, deltas)
    return Judged(frozenset(changed))


def _wanted(asked: Asked, loading: Loading) -> "Wanted":
    roots = dict(ask("select id, root from inbox_thread where id in (%s)", [*asked.threads]))
    names = {one.account: one.post.author for one in loading.posts.values()}
    unknown = {a for who in asked.threads.values() if who for a in who if a not in names}
    if unknown:
        names |= dict(ask("select id, remote_id from people_account where id in (%s)", unknown))
    loading.roots = {root: pk for pk, root in roots.items()}
    return Wanted(
        {
            roots[thread]: None if who is None else {names[a] for a in who}
            for thread, who in asked.threads.items()
            if thread in roots
        }
    )


class Wanted:
    """Tells the rule whose conversations are asked for."""

    def __init__(self, threads: dict[str, set[str] | None]) -> None:
        self._threads = threads

    def __call__(self, thread: str, person: str) -> bool:
        who = self._threads.get(thread, set())
        return who is None or person in who


def _write(
    loading: Loading,
    asked: Asked,
    judgement: turns.Judgement,
    now: int,
    deltas: counts.Deltas,
) -> set[int]:
    who = _accounts(loading, {c.person for c in judgement.conversations})
    stored = _stored(loading.organisation, asked)
    drawing = Drawing(loading, stored, judgement, now)
    rows: list[Conversation] = []
    before: dict[int, list[counts.Place]] = {}
    for conversation in judgement.conversations:
        partner = who[conversation.person]
        thread = loading.roots[conversation.thread]
        row = stored.pop((thread, partner.person), None) or begin(
            Conversation,
            organisation_id=loading.organisation,
            network=loading.network,
            thread_id=thread,
            person_id=partner.person,
            box=Box.GONE,
        )
        before[id(row)] = drawing.places(row)
        if drawing.draw(row, conversation, partner):
            rows.append(row)
    for row in stored.values():
        before[id(row)] = drawing.places(row)
        if drawing.empty(row):
            rows.append(row)
    _save(rows)
    follow(rows, drawing.further)
    for row in rows:
        deltas.subtract(before[id(row)])
        deltas.update(drawing.places_now(row))
    return {row.pk for row in rows}


def _accounts(loading: Loading, persons: Iterable[str]) -> dict[str, Partner]:
    """Return the accounts of those we talk with; whom we only named is made now."""
    wanted = set(persons)
    rows = ask(
        "select remote_id, person_id, followers from people_account "
        "where organisation_id = %s and network = %s and remote_id in (%s)",
        loading.organisation,
        loading.network,
        wanted,
    )
    found = {remote: Partner(person, followers or 0) for remote, person, followers in rows}
    if missing := wanted - set(found):
        people.keep(loading.organisation, loading.network, {}, missing, frozenset())
        found |= _accounts(loading, missing)
    return found


def _stored(organisation: int, asked: Asked) -> dict[tuple[int, int], Conversation]:
    """Return the rows of the conversations asked for, locked."""
    persons = {a for who in asked.threads.values() if who for a in who}
    of = dict(ask("select id, person_id from people_account where id in (%s)", persons))
    pairs = {(thread, of[a]) for thread, who in asked.threads.items() for a in who or () if a in of}
    whole = [thread for thread, who in asked.threads.items() if who is None]
    found = [
        *(_locked(organisation, "thread_id in (%s)", whole) if whole else ()),
        *(_locked(organisation, *among_pairs("thread_id, person_id", pairs)) if pairs else ()),
    ]
    return {(row.thread_id, row.person_id): row for row in found}


def _locked(organisation: int, where: str, wanted: Any) -> list[Conversation]:
    locking = " for no key update" if connection.vendor == "postgresql" else ""
    rest = f"where organisation_id = %s and {where} order by id{locking}"
    return fetch(Conversation, rest, organisation, wanted)


def _save(rows: Sequence[Conversation]) -> None:
    columns = (*_COLUMNS, *_WRITTEN, *_JSON)
    values = itemgetter(*columns)
    new = [row for row in rows if row.id is None]
    old = [row for row in rows if row.id is not None]
    made = insert(Conversation, columns, [values(vars(row)) for row in new])
    for row, number in zip(new, made, strict=True):
        row.id = number
    changed = [(row.id, *values(vars(row))) for row in old]
    insert(Conversation, ("id", *columns), changed, (*_WRITTEN, *_JSON))

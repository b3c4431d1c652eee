"""What one person and our organisation said to each other in one thread, and whose move it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from twoway.core.turns.addressing import Addressing
from twoway.core.turns.calls import Calls
from twoway.core.turns.machines import machine_posts, quick_posts
from twoway.core.turns.promises import promise_is_open
from twoway.core.turns.situation import Scene, Situation
from twoway.core.turns.waiting import Wait, Waiting, intervals

DAY = 24 * 60 * 60 * 1_000_000
THEIRS_FOR = 14 * DAY
"""After a question of ours the move is theirs for 14 days (µs, included)."""
KIND_WORD_FOR = 7 * DAY
"""After a week (µs, included) a kind word would only be odd."""

Turn = Literal["ours", "theirs", "nobody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation as it stands now; posts are named by their first piece.

    `since` is when the earliest unsettled call for an answer began to wait. `intervals` are the
    waiting intervals, `maybe_waits` what the unsure posts would add to them. `exchange` are the
    posts that stand, the person's and ours to them, oldest first.
    """

    person: str
    thread: str
    turn: Turn
    since: int | None
    open: tuple[str, ...]
    kind_word: tuple[str, ...]
    maybe: tuple[str, ...]
    promised: bool
    is_private: bool
    intervals: tuple[Wait, ...]
    maybe_waits: tuple[Wait, ...]
    exchange: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """All conversations of a situation, merged pieces, and ids of community talk.

    `quick` are posts of ours within a minute of what they answer: several with the same words are a
    machine's.
    """

    conversations: tuple[Conversation, ...]
    pieces: tuple[tuple[str, ...], ...]
    community: tuple[str, ...]
    quick: tuple[str, ...] = ()


def conversations(
    situation: Situation, wanted: Callable[[str, str], bool] | None = None
) -> Judgement:
    """Judge a whole situation: who waits for us, since when, and whose turn it is.

    `wanted` tells of a thread and a person whether their conversation is asked for; all are where
    it is None.
    """
    scene = Scene(situation)
    addressing = Addressing(scene)
    quick = quick_posts(scene, addressing)
    machines = machine_posts(scene, quick)
    private = _last_private(scene, addressing)
    found = tuple(
        _converse(Calls(person, thread, scene, addressing, machines), private.get(person))
        for thread in scene.threads
        for person in _persons(thread, scene, addressing)
        if wanted is None or wanted(thread, person)
    )
    ours_talk_in = {c.thread for c in found}
    return Judgement(
        conversations=found,
        pieces=tuple(s.pieces for s in scene.said.values() if len(s.pieces) > 1),
        community=tuple(
            s.id for t in scene.threads if t in ours_talk_in for s in addressing.community(t)
        ),
        quick=quick,
    )


def _persons(thread: str, scene: Scene, addressing: Addressing) -> list[str]:
    """Return those with whom we have a conversation in a thread, in the order they came in."""
    found: dict[str, None] = {}
    addressed, spoken = addressing.addressed, addressing.spoken
    for said in scene.threads[thread]:
        if said.deleted_at is not None:
            continue
        if said.id in addressed:
            found[said.author] = None
        for person in spoken.get(said.id, ()):
            found[person] = None
    return list(found)


def _last_private(scene: Scene, addressing: Addressing) -> dict[str, int]:
    """Return when each person's private exchange with us last went on."""
    last: dict[str, int] = {}
    for thread, members in scene.threads.items():
        standing = [s for s in members if s.is_private and s.deleted_at is None]
        if standing:
            for person in _persons(thread, scene, addressing):
                last[person] = max(last.get(person, 0), standing[-1].at)
    return last


def _converse(calls: Calls, last_private: int | None) -> Conversation:
    waiting = Waiting(calls)
    answers = [w for s in calls.addressed for w in waiting.waits(s, "answer")]
    unsure = [w for s in calls.addressed for w in waiting.waits(s, "unsure")]
    open_waits = [w for w in answers if w.until is None]
    is_private = calls.members[0].is_private
    is_heard = any(s.deleted_at is None for s in calls.theirs)
    promised = is_heard and promise_is_open(calls, waiting, None if is_private else last_private)
    turn: Turn = "nobody"
    if open_waits or promised:
        turn = "ours"
    elif is_heard and _is_theirs(calls, None if is_private else last_private):
        turn = "theirs"
    return Conversation(
        person=calls.person,
        thread=calls.thread,
        turn=turn,
        since=min((w.since for w in open_waits), default=None),
        open=_in_order(open_waits),
        kind_word=tuple(_kind_word_lane(calls, waiting, {w.post for w in open_waits})),
        maybe=_in_order([w for w in unsure if w.until is None]),
        promised=promised,
        is_private=is_private,
        intervals=tuple(intervals(answers)),
        maybe_waits=tuple(unsure),
        exchange=_exchange(calls),
    )


def _exchange(calls: Calls) -> tuple[str, ...]:
    standing = {s.id: s for s in [*calls.addressed, *calls.to_them] if s.deleted_at is None}
    return tuple(s.id for s in sorted(standing.values(), key=lambda s: (s.at, s.enter)))


def _in_order(waits: list[Wait]) -> tuple[str, ...]:
    return tuple(w.post for w in sorted(waits, key=lambda w: (w.since, w.post)))


def _is_theirs(calls: Calls, last_private: int | None) -> bool:
    """Tell whether we asked last, at most 14 days ago, and have not heard since."""
    ours = [s for s in calls.to_them if s.deleted_at is None]
    if not ours or "asks" not in ours[-1].kinds:
        return False
    last = ours[-1]
    moved = "taken_private" in last.kinds and last.id not in calls.machines
    if moved and last_private is not None and last_private >= last.at:
        return False
    has_written = any(s.deleted_at is None and s.at > last.at for s in calls.addressed)
    return not has_written and calls.scene.now - last.at <= THEIRS_FOR


def _kind_word_lane(calls: Calls, waiting: Waiting, unsettled: set[str]) -> Iterator[str]:
    """Hand over the posts worth a kind word; none while a complaint of the person is open."""
    if any("complaint" in s.kinds for s in calls.addressed if s.id in unsettled):
        return
    for said in calls.addressed:
        for wait in waiting.waits(said, "kind_word"):
            if wait.until is None and calls.scene.now - wait.since <= KIND_WORD_FOR:
                yield said.id

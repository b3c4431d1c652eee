"""How long a post waited: what opened it, what settled it, what opened it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.core.turns.calls import Call, Calls
from twoway.core.turns.situation import Said

Ending = Literal[
    "answer", "taken_private", "withdrawal", "community", "no_answer_needed", "kind_word"
]


@dataclass(frozen=True, slots=True)
class Wait:
    """A post was unsettled from `since` (µs) to `until`; both open and settled waits know the post.

    `by` says what ended it, `answer` is our post that did.
    """

    post: str
    since: int
    until: int | None = None
    by: Ending | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happened to a post: it was settled, a settlement was lost, or it was edited."""

    at: int
    order: int
    settles: str | None = None
    by: Ending | None = None
    answer: str | None = None
    loses: str | None = None
    kinds: frozenset[str] = frozenset()


_SETTLED, _LOST, _EDITED = 0, 1, 2


class Waiting:
    """What became of every post of one person's exchange with us."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.now = calls.scene.now

    def waits(self, said: Said, target: Call) -> list[Wait]:
        """Return when a post was unsettled while it called for `target`, oldest first."""
        if said.deleted_at is not None:
            return []
        kinds = said.history[0].kinds
        current = self.calls.call(said, kinds)
        found: list[Wait] = []
        opened = said.at if current == target else None
        settlements: set[str] = set()
        for event in sorted(self._events(said, target), key=lambda e: (e.at, e.order)):
            if event.settles is not None:
                settlements.add(event.settles)
                if opened is not None:
                    found.append(Wait(said.id, opened, event.at, event.by, event.answer))
                    opened = None
            elif event.loses is not None:
                was_settled = event.loses in settlements
                settlements.discard(event.loses)
                if was_settled and not settlements and opened is None and current == target:
                    opened = event.at
            else:
                before, current = current, self.calls.call(said, event.kinds)
                adds = bool((event.kinds - kinds) & CALLS_FOR_ANSWER)
                kinds = event.kinds
                if opened is not None and current != target:
                    found.append(Wait(said.id, opened, event.at, "withdrawal"))
                    opened = None
                elif opened is None and current == target and (adds or before != target):
                    if target == "answer":
                        settlements.clear()
                    if not settlements:
                        opened = event.at
        if opened is not None:
            found.append(Wait(said.id, opened))
        return found

    def _events(self, said: Said, target: Call) -> Iterator[_Event]:
        yield from self._answers(said)
        if target == "kind_word":
            yield from self._kind_words(said)
        for mark in self.calls.scene.marked.get(said.id, ()):
            if mark.kind == "no_answer_needed":
                yield _Event(mark.marked_at, _SETTLED, "mark", "no_answer_needed")
        for other in self.calls.theirs:
            ending = self._ends(other, said)
            if ending is not None:
                yield _Event(other.at, _SETTLED, other.id, ending)
        for version in said.history[1:]:
            yield _Event(version.since, _EDITED, kinds=version.kinds)

    def _answers(self, said: Said) -> Iterator[_Event]:
        for ours in self.calls.answers:
            if self.calls.covers(ours, said):
                by: Ending = "taken_private" if "taken_private" in ours.kinds else "answer"
                yield _Event(max(ours.at, said.at), _SETTLED, ours.id, by, ours.id)
                if ours.deleted_at is not None and not self.had_reacted(ours):
                    yield _Event(max(ours.deleted_at, said.at), _LOST, loses=ours.id)

    def _kind_words(self, said: Said) -> Iterator[_Event]:
        scene = self.calls.scene
        for like in scene.liked.get(said.id, ()):
            if like.account in scene.ours and like.account not in scene.situation.automatic:
                at = said.at if like.reacted_at is None else max(like.reacted_at, said.at)
                yield _Event(at, _SETTLED, f"like {like.account}", "kind_word")
        for share in scene.shared.get(said.id, ()):
            if share.author in scene.ours and not share.is_automatic:
                yield _Event(max(share.at, said.at), _SETTLED, share.id, "kind_word", share.id)
        for other in self.calls.thanks:
            if self.calls.covers(other, said):
                yield _Event(max(other.at, said.at), _SETTLED, other.id, "kind_word", other.id)

    def _ends(self, other: Said, said: Said) -> Ending | None:
        """Tell how another post of the person ends this one: taken back, or solved by a member."""
        if other.id == said.id or other.deleted_at is not None or other.at < said.at:
            return None
        kinds = other.history[0].kinds
        if "withdrawal" in kinds:
            ending: Ending = "withdrawal"
        elif self._thanks_member(other, kinds):
            ending = "community"
        else:
            return None
        if other.is_flat:
            return ending
        nearest = self.calls.nearest_above(other)
        return ending if nearest is not None and nearest.branch_holds(said) else None

    def _thanks_member(self, said: Said, kinds: frozenset[str]) -> bool:
        asks_us = said.id in self.calls.addressing.addressed and bool(kinds & CALLS_FOR_ANSWER)
        return (
            bool(kinds & {"closer", "praise"})
            and not asks_us
            and self.calls.addressing.turns_to_member(said)
        )

    def had_reacted(self, ours: Said) -> bool:
        """Tell whether the person wrote on that branch or liked our post before we deleted it."""
        gone = ours.deleted_at
        if gone is None:
            return False
        for like in self.calls.scene.liked.get(ours.id, ()):
            if like.account == self.calls.person and (like.reacted_at or ours.at) <= gone:
                return True
        stand = self.calls.stand(ours)
        return any(
            ours.at < said.at <= gone
            and (
                said.is_flat
                or ours.is_above(said)
                or (stand is not None and stand.is_in_line_with(said))
            )
            for said in self.calls.theirs
        )


def intervals(waits: list[Wait]) -> list[Wait]:
    """Return the waiting intervals of a conversation: one sequence, each until its first post is settled.

    Of posts that began to wait at the same moment the one settled first begins the interval.
    """
    far = max((w.until for w in waits if w.until is not None), default=0) + 1
    rest = sorted(waits, key=lambda w: (w.since, far if w.until is None else w.until, w.post))
    found: list[Wait] = []
    while rest:
        found.append(rest[0])
        ended = rest[0].until
        if ended is None:
            break
        rest = [w for w in rest[1:] if w.until is None or w.until > ended]
    return found

"""How long a post waited: what opened it, what settled it, what opened it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.core.turns.calls import Calls
from twoway.core.turns.settling import Asked, Call, Settlement, spans
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


class Waiting:
    """What became of every post of one person's exchange with us."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.now = calls.scene.now
        self._asked: dict[str, list[Asked]] = {}
        self._settlements: dict[str, list[Settlement]] = {}

    def waits(self, said: Said, target: Call) -> list[Wait]:
        """Return when a post was unsettled while it called for `target`, oldest first."""
        if said.deleted_at is not None:
            return []
        if said.id not in self._asked:
            self._asked[said.id] = self._ask(said)
        asked = self._asked[said.id]
        if all(version.call != target for version in asked):
            return []
        if said.id not in self._settlements:
            self._settlements[said.id] = [*self._answers(said), *self._endings(said)]
        settlements = list(self._settlements[said.id])
        if target == "kind_word":
            settlements += self._kind_words(said)
        return [
            Wait(said.id, span.since, span.until, *(span.by or ()))
            for span in spans(said.at, asked, settlements, target, ("withdrawal", None))
        ]

    def _ask(self, said: Said) -> list[Asked]:
        return [
            Asked(held.since, self.calls.call(said, held.kinds), held.kinds & CALLS_FOR_ANSWER)
            for held in said.history
        ]

    def _answers(self, said: Said) -> Iterator[Settlement]:
        for ours in self.calls.answers:
            if self.calls.covers(ours, said):
                by: Ending = "taken_private" if _goes_private(ours, said) else "answer"
                lost = None
                if ours.deleted_at is not None and not self.had_reacted(ours):
                    lost = max(ours.deleted_at, said.at)
                rank = (1, ours.at, ours.enter)
                yield Settlement(max(ours.at, said.at), rank, ours.id, (by, ours.id), lost)

    def _endings(self, said: Said) -> Iterator[Settlement]:
        for mark in self.calls.scene.marked.get(said.id, ()):
            if mark.kind == "no_answer_needed":
                by = ("no_answer_needed", None)
                yield Settlement(mark.marked_at, (4, mark.marked_at), "mark", by)
        for nth, (other, release) in enumerate(self.calls.releases.of(said)):
            yield Settlement(other.at, (5, other.at, nth), other.id, (release, None))

    def _kind_words(self, said: Said) -> Iterator[Settlement]:
        scene = self.calls.scene
        for like in scene.liked.get(said.id, ()):
            if like.account in scene.ours and like.account not in scene.situation.automatic:
                at = said.at if like.reacted_at is None else max(like.reacted_at, said.at)
                yield Settlement(at, (2,), f"like {like.account}", ("kind_word", None))
        for share in scene.shared.get(said.id, ()):
            if share.author in scene.ours and not share.is_automatic:
                at = max(share.at, said.at)
                yield Settlement(at, (3, share.at), share.id, ("kind_word", share.id))
        for other in self.calls.thanks:
            if self.calls.covers(other, said):
                at = max(other.at, said.at)
                yield Settlement(at, (1, other.at, other.enter), other.id, ("kind_word", other.id))

    def had_reacted(self, ours: Said) -> bool:
        """Tell whether the person wrote on that branch or liked our post before we deleted it."""
        gone = ours.deleted_at
        if gone is None:
            return False
        for like in self.calls.scene.liked.get(ours.id, ()):
            if like.account == self.calls.person and (like.reacted_at or ours.at) <= gone:
                return True
        stands = self.calls.stands(ours)
        return any(
            ours.at < said.at <= gone
            and (
                said.is_flat
                or ours.is_above(said)
                or any(stand.is_in_line_with(said) for stand in stands)
            )
            for said in self.calls.theirs
        )


def _goes_private(ours: Said, said: Said) -> bool:
    """Tell whether an answer moves to private: it says so, or is private where the post was public."""
    return "taken_private" in ours.kinds or (ours.is_private and not said.is_private)


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

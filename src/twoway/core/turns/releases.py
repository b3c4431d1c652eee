"""By what a person stops waiting for us without us: they take it back, or thank a member who helped."""

from collections.abc import Iterator, Sequence
from typing import Literal

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.core.turns.addressing import Addressing
from twoway.core.turns.situation import Said, Scene

Release = Literal["withdrawal", "community"]


class Releases:
    """One person's withdrawals and thanks to members in one thread."""

    def __init__(self, theirs: Sequence[Said], scene: Scene, addressing: Addressing) -> None:
        self._scene = scene
        self._addressing = addressing
        found = ((said, self._release(said)) for said in theirs if said.deleted_at is None)
        self._found = [(said, release) for said, release in found if release is not None]

    def of(self, said: Said) -> Iterator[tuple[Said, Release]]:
        """Hand over what ends the waiting of a post, oldest first."""
        for other, release in self._found:
            if other.id != said.id and other.at >= said.at and self._reaches(other, said):
                yield other, release

    def _reaches(self, other: Said, said: Said) -> bool:
        if other.is_flat:
            return True
        nearest = self._scene.nearest_above(other, other.author)
        return nearest is not None and nearest.branch_holds(said)

    def _release(self, said: Said) -> Release | None:
        kinds = said.history[0].kinds
        if "withdrawal" in kinds:
            return "withdrawal"
        return "community" if self._thanks_member(said, kinds) else None

    def _thanks_member(self, said: Said, kinds: frozenset[str]) -> bool:
        asks_us = said.id in self._addressing.addressed and bool(kinds & CALLS_FOR_ANSWER)
        return (
            bool(kinds & {"closer", "praise"})
            and not asks_us
            and self._addressing.turns_to_member(said)
        )

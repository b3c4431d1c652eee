"""When a post was unsettled: what it called for from edit to edit, against what settled it."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Call = Literal["answer", "kind_word", "nothing", "unsure"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a post calls for since a time (µs), and the kinds in it that call for an answer."""

    since: int
    call: str
    kinds: frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class Settlement:
    """Something that settles a post; `lost_at` when it was an answer taken away unseen.

    Of what happens in the same moment the lower `rank` counts.
    """

    at: int
    rank: tuple[int, ...]
    settler: Hashable
    by: Any
    lost_at: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A post was unsettled from `since` to `until`; `by` is what its settlement carries."""

    since: int
    until: int | None = None
    by: Any = None


def spans(
    written_at: int,
    asked: Sequence[Asked],
    settlements: Iterable[Settlement],
    target: str,
    edited: Any = None,
) -> list[Span]:
    """Return when a post was unsettled while it called for `target`, oldest first.

    `asked` holds one entry per version, oldest first; the first holds from the beginning. An edit
    after which it no longer calls for `target` ends the span with `edited`. What settled it before
    an edit that adds a call no longer counts; an answer that was taken away unseen never does.
    """
    watch = _Watch(written_at, asked[0], target, edited)
    events: list[tuple[int, int, tuple[int, ...], Settlement | Asked]] = []
    for settlement in settlements:
        events.append((settlement.at, 0, settlement.rank, settlement))
        if settlement.lost_at is not None:
            events.append((settlement.lost_at, 1, settlement.rank, settlement))
    events += [(version.since, 2, (), version) for version in asked[1:]]
    for at, order, _, event in sorted(events, key=lambda e: e[:3]):
        if isinstance(event, Asked):
            watch.edit(event)
        elif order == 0:
            watch.settle(at, event)
        else:
            watch.lose(at, event)
    return watch.ended()


class _Watch:
    """One post as time goes by: whether it is unsettled, since when, and what has settled it."""

    def __init__(self, written_at: int, first: Asked, target: str, edited: Any) -> None:
        self._now = first
        self._target = target
        self._edited = edited
        self._opened = written_at if first.call == target else None
        self._standing: set[Hashable] = set()
        self._found: list[Span] = []

    def settle(self, at: int, settlement: Settlement) -> None:
        """Something settles it, whether it is open or not."""
        self._standing.add(settlement.settler)
        self._close(at, settlement.by)

    def lose(self, at: int, settlement: Settlement) -> None:
        """Our answer is taken away unseen; where nothing else stands, it is open again."""
        stood = settlement.settler in self._standing
        self._standing.discard(settlement.settler)
        if stood and not self._standing and self._opened is None:
            self._open(at)

    def edit(self, version: Asked) -> None:
        """Its author changes it."""
        before, self._now = self._now, version
        if version.call != self._target:
            self._close(version.since, self._edited)
        elif self._opened is None and (version.kinds - before.kinds or before.call != self._target):
            if self._target == "answer":
                self._standing.clear()
            if not self._standing:
                self._open(version.since)

    def ended(self) -> list[Span]:
        """Return all spans, an open one last."""
        if self._opened is not None:
            self._found.append(Span(self._opened))
        return self._found

    def _open(self, at: int) -> None:
        if self._now.call == self._target:
            self._opened = at

    def _close(self, at: int, by: Any) -> None:
        if self._opened is not None:
            self._found.append(Span(self._opened, at, by))
            self._opened = None

"""Edited posts on X: every version is a record of its own with an id of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from twoway.core.posts import Post, Version

# Editing takes a paid account and ends after an hour, so that these are few; above it, memory counts.
_MOST_HELD = 10_000


@dataclass(frozen=True, slots=True)
class Revision:
    """A post as one record tells it: one of the versions in its history, the first one first."""

    id: str
    history: tuple[str, ...]
    made_at: int
    post: Post


class Edits:
    """Holds versions back until all have been seen; posts that were never edited pass through."""

    def __init__(self) -> None:
        self._held: dict[str, list[Revision]] = {}

    def take(self, revision: Revision) -> Iterator[Post]:
        """Hand over a post, or keep it until `settle`."""
        if len(revision.history) == 1:
            yield revision.post
            return
        self._held.setdefault(revision.history[0], []).append(revision)
        if len(self._held) > _MOST_HELD:
            yield from self.settle()

    def settle(self) -> Iterator[Post]:
        """Hand over what was held back, the last text with the earlier ones."""
        for revisions in self._held.values():
            yield _join(revisions)
        self._held.clear()


def _join(revisions: list[Revision]) -> Post:
    """Return the last version under the last known id, which replies and likes name."""
    ordered = sorted({r.id: r for r in revisions}.values(), key=lambda r: int(r.id))
    longest = max(ordered, key=lambda r: len(r.history))
    earlier = tuple(Version(new.made_at, old.post.text) for old, new in pairwise(ordered))
    return replace(
        ordered[-1].post, id=longest.post.id, address=longest.post.address, earlier=earlier
    )

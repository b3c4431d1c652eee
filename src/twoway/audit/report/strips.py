"""The glance strip: the last twenty own posts, those with people above the line, those at people below."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from twoway.audit import words
from twoway.audit.findings import Glance
from twoway.audit.looks import Look, look
from twoway.audit.saying import say


@dataclass(frozen=True, slots=True)
class Tile:
    """One post of the strip."""

    post: Glance
    look: Look


@dataclass(frozen=True, slots=True)
class Count:
    """How often a look stands in the strip."""

    what: str
    look: Look
    number: int

    @property
    def words(self) -> str:
        """For instance "7 offers"."""
        return self.look.count(self.number)


@dataclass(frozen=True, slots=True)
class Strip:
    """Tiles from the oldest to the newest."""

    tiles: tuple[Tile, ...]

    @property
    def counts(self) -> tuple[Count, ...]:
        """What stands in it, those with people first, then the commonest."""
        found = Counter(tile.post.what for tile in self.tiles)
        made = (Count(what, look(what), number) for what, number in found.items())
        return tuple(
            sorted(made, key=lambda one: (not one.look.is_with_people, -one.number, one.what))
        )

    @property
    def with_people(self) -> int:
        """How many speak with people or about them."""
        return sum(tile.look.is_with_people for tile in self.tiles)

    @property
    def sentence(self) -> str:
        """What the strip shows, for who cannot see it."""
        size = len(self.tiles)
        if not size:
            return say("No posts in this window.")
        what = words.listing([count.words for count in self.counts])
        return say(
            "The last post: {with_people} with people. {what}", "The last {n} posts: {with_people} with people. {what}",
            n=size, with_people=self.with_people, what=words.sentence(what),
        )  # fmt: skip


def strip(posts: Sequence[Glance]) -> Strip:
    """Return the strip of posts given in any order."""
    ordered = sorted(posts, key=lambda post: (post.said_at, post.post))
    return Strip(tuple(Tile(post, look(post.what)) for post in ordered))

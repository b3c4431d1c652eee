"""What the audit ought to find, counted from the script's own decisions.

No rule over posts and none of the audit's code is asked here. A share says how many and of how
many; an estimate says in `parameter` what it estimates: what the script would do in the long run.
"""

from collections.abc import Callable, Iterator

from twoway.practice.truth import (
    answering,
    change,
    equity,
    hearing,
    people,
    posting,
    rhythm,
    standing,
)  # fmt: skip
from twoway.practice.truth.figures import Truth
from twoway.practice.truth.view import View
from twoway.practice.world import World

Counts = Callable[[View], Iterator[tuple[str, Truth]]]
_ALL: tuple[Counts, ...] = (
    posting.counts, rhythm.counts, answering.counts, equity.counts, hearing.counts, people.counts, standing.counts,
    change.counts,
)  # fmt: skip

__all__ = ["Truth", "truth"]


def truth(
    world: World, begins: int | None = None, *, parameters: bool = True
) -> dict[str, dict[str, Truth]]:
    """Return, for every organisation, what is true of it from `begins` to the end of the world.

    Keys are a measure's id, or "id.part". Without `parameters` everything is only counted, which
    spares playing the law some ten thousand times.
    """
    since = world.begins if begins is None else begins
    views = {
        who.name: View(world, who, since, parameters=parameters) for who in world.organisations
    }
    return {
        name: {measure: found for counts in _ALL for measure, found in counts(view)}
        for name, view in views.items()
    }

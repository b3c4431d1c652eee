"""What the rules of advice look at, and what one of them gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from twoway.audit.counts import Counts
from twoway.audit.findings import Evidence, Figure, Step, Verdict
from twoway.audit.saying import Said, say

# What a changed post gains beside a person who waits and is answered.
HALF, SOME, FEW = 0.5, 0.2, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the rules look at: figures that have a value, by id and part, and what they rest on.

    `waiting` are posts that are open now, those that can be answered best first.
    """

    figures: Mapping[tuple[str, str], Figure]
    counts: Counts
    verdict: Verdict
    days: float
    waiting: tuple[Evidence, ...] = ()

    def share(self, id_: str, part: str = "") -> "Share | None":
        """Return a share that has a value."""
        figure = self.figures.get((id_, part))
        if figure is None or figure.value is None or figure.hits is None:
            return None
        return Share(id_, figure.hits, figure.n, figure.value, figure.evidence)

    def posts(self, id_: str, part: str = "") -> tuple[Evidence, ...]:
        """Return the posts that show a figure."""
        figure = self.figures.get((id_, part))
        return figure.evidence if figure else ()


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the measure `id` that has a value."""

    id: str
    hits: int
    n: int
    value: float
    posts: tuple[Evidence, ...]

    @property
    def missed(self) -> int:
        return self.n - self.hits

    def said(self, one: str, many: str, **more: str) -> Said:
        """Say how many were found, `{n}` of `{all}`, in the form for one or for many."""
        return say(one, many, n=self.hits, all=self.n, **more)


@dataclass(frozen=True, slots=True)
class Advice:
    """A step and the conversations it would gain."""

    gain: float
    step: Step


def given(gain: float, do: str, why: str, figure: str, posts: tuple[Evidence, ...] = ()) -> Advice:
    """Return advice that follows from the figure of that id."""
    return Advice(gain, Step(do=do, why=why, figure=figure, evidence=posts))


def with_values(figures: tuple[Figure, ...]) -> Iterator[tuple[tuple[str, str], Figure]]:
    for figure in figures:
        for part_id, one in (("", figure), *((part.id, part) for part in figure.parts)):
            if one.status == "ok":
                yield (figure.id, part_id), one

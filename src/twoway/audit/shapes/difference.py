"""Differences: a share of the first minus the same share of the second, in fractions: 0.1 is ten points.

The interval is Newcombe's (1998). Either side needs five rows. A band is a flag: it says something
else than "between" only where the interval excludes 0.
"""

from collections.abc import Sequence
from dataclasses import replace

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.shapes import enough, evidence
from twoway.audit.statistics import newcombe
from twoway.audit.words import of

ROWS = ("organisation", "part", "post", "happened_at", "side", "hit", "sure")
SHOWS = {
    "first_misses": "r.side = 'first' and not r.hit and r.sure",
    "second_misses": "r.side = 'second' and not r.hit and r.sure",
}
Side = tuple[int, int]
NOTHING = ((0, 0), (0, 0))


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the difference of every organisation and part, with its interval and posts."""
    sides = {
        (organisation, part): ((hits, n), (other_hits, others))
        for organisation, part, hits, n, other_hits, others in engine.rows(_counts(rows))
    }
    posts = evidence.choose(engine, rows, sheet, SHOWS)
    return {
        (key := (organisation, part.id)): _figure(part, *sides.get(key, NOTHING), posts.get(key, ()))
        for organisation in organisations
        for part in sheet.parts
    }  # fmt: skip


def _counts(rows: str) -> str:
    return f"""
select organisation, part,
    count(case when side = 'first' and hit then 1 end), count(case when side = 'first' then 1 end),
    count(case when side = 'second' and hit then 1 end), count(case when side = 'second' then 1 end)
from {rows}
where sure
group by organisation, part"""


def _figure(part: Part, first: Side, second: Side, posts: tuple[Evidence, ...]) -> Figure:
    figure = enough.judged(
        Figure(
            id=part.id, name=part.name, unit="points", n=first[1] + second[1], evidence=posts,
            detail=((part.sides[0], of(*first)), (part.sides[1], of(*second))),
        ),
        observed=min(first[1], second[1]),
    )  # fmt: skip
    if figure.status != "ok":
        return figure
    value = first[0] / first[1] - second[0] / second[1]
    low, high = newcombe(first, second)
    is_sure = low > 0 or high < 0
    flags = [line.place(value if is_sure else 0.0) for line in part.bands[:1]]
    return replace(figure, value=value, low=low, high=high, band=flags[0] if flags else None)

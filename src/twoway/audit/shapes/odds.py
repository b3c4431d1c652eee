"""Odds ratios: how much more often the exposed hit than the others."""

from collections.abc import Sequence

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.shapes import enough, evidence
from twoway.audit.statistics import odds_ratio
from twoway.audit.words import of

ROWS = ("organisation", "part", "post", "happened_at", "exposed", "hit")
SHOWS = {
    "exposed_misses": "r.exposed and not r.hit",
    "exposed_hits": "r.exposed and r.hit",
    "other_misses": "not r.exposed and not r.hit",
}
Side = tuple[int, int]


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the odds ratio of every organisation and part; either side needs five rows."""
    sides = {
        (organisation, part): ((hits, n), (other_hits, others))
        for organisation, part, hits, n, other_hits, others in engine.rows(_counts(rows))
    }
    posts = evidence.choose(engine, rows, sheet, SHOWS)
    return {
        (key := (organisation, part.id)): _figure(
            part, *sides.get(key, ((0, 0), (0, 0))), posts.get(key, ())
        )
        for organisation in organisations
        for part in sheet.parts
    }


def _counts(rows: str) -> str:
    return f"""
select organisation, part,
    count(case when exposed and hit then 1 end), count(case when exposed then 1 end),
    count(case when not exposed and hit then 1 end), count(case when not exposed then 1 end)
from {rows}
group by organisation, part"""


def _figure(part: Part, exposed: Side, others: Side, posts: tuple[Evidence, ...]) -> Figure:
    value, low, high = odds_ratio(exposed, others)
    return enough.judged(
        Figure(
            id=part.id, name=part.name, unit="odds", value=value, low=low, high=high,
            n=exposed[1] + others[1], hits=exposed[0] + others[0], evidence=posts,
            detail=((part.sides[0], of(*exposed)), (part.sides[1], of(*others))),
        ),
        observed=min(exposed[1], others[1]),
    )  # fmt: skip

"""Distributions: each row stands in one class, its part; which share of all rows each class has.

The measure's own figure counts the rows that `hit`. `certainty` (0 to 1) is that of the reading
that put a row where it is; its mean stands in `detail`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.saying import marked
from twoway.audit.shapes import enough, evidence, monthly
from twoway.audit.statistics import wilson
from twoway.audit.words import share

ROWS = ("organisation", "part", "post", "happened_at", "hit", "certainty")
SHOWS = {"hits": "r.hit", "all": "true"}


@dataclass(frozen=True, slots=True)
class Cell:
    """The rows of one class in one month, those that hit, and their certainties added up."""

    n: int
    hits: int
    certainty: float


Classes = dict[str, dict[str, Cell]]
"""Months to classes to cells."""


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the share of every organisation and class, with interval, months and posts."""
    found: dict[str, Classes] = {}
    for organisation, part, month, *cell in engine.rows(_counts(rows)):
        found.setdefault(organisation, {}).setdefault(month, {})[part] = Cell(*cell)
    posts = evidence.choose(engine, _with_whole(rows), sheet, SHOWS)
    return {
        (organisation, part.id): _figure(
            part, found.get(organisation, {}), posts.get((organisation, part.id), ())
        )
        for organisation in organisations
        for part in sheet.parts
    }


def _counts(rows: str) -> str:
    return f"""
select r.organisation, r.part, coalesce(c.month, '{monthly.NO_MONTH}'), count(*),
    count(case when r.hit then 1 end), sum(r.certainty)
{monthly.with_month(rows)}
group by r.organisation, r.part, coalesce(c.month, '{monthly.NO_MONTH}')"""


def _with_whole(rows: str) -> str:
    """The rows, and those that hit once more as part ''."""
    return f"""(
    select organisation, part, post, happened_at, hit from {rows}
    union all
    select organisation, '', post, happened_at, hit from {rows} where hit
)"""


def _figure(part: Part, months: Classes, posts: tuple[Evidence, ...]) -> Figure:
    tallies = {month: _tally(part, classes) for month, classes in months.items()}
    hits, n, certainty = (sum(tally[place] for tally in tallies.values()) for place in range(3))
    low, high = wilson(int(hits), int(n))
    figure = Figure(
        id=part.id, name=part.name, unit="share", value=hits / max(n, 1), n=int(n), hits=int(hits),
        low=low, high=high, evidence=posts,
        series=monthly.series((m, h / n if n else None, int(n)) for m, (h, n, _) in tallies.items()),
    )  # fmt: skip
    if hits:
        figure = replace(figure, detail=((marked("Mean certainty"), share(certainty / hits)),))
    return enough.judged(figure)


def _tally(part: Part, classes: Mapping[str, Cell]) -> tuple[int, int, float]:
    """Return hits, rows and certainty of a month: of a class its rows, of the whole those that hit."""
    n = sum(cell.n for cell in classes.values())
    if part.id:
        cell = classes.get(part.id, Cell(0, 0, 0.0))
        return cell.n, n, cell.certainty
    chosen = [cell for cell in classes.values() if cell.hits]
    return sum(cell.hits for cell in chosen), n, sum(cell.certainty for cell in chosen)

"""Counts: how many rows there are, or, where the unit is minutes, the highest age among them.

A count is never "too little data": none is a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.shapes import evidence, monthly

ROWS = ("organisation", "part", "post", "happened_at", "age")
TOGETHER = True
SHOWS = {"all": "true"}
MINUTE = 60_000_000


@dataclass(slots=True)
class Tally:
    """Rows counted, the highest age in µs, and the count of each month."""

    n: int = 0
    oldest: int | None = None
    months: list[tuple[str, float | None, int]] = field(default_factory=list)

    def add(self, month: str, n: int, oldest: int | None) -> None:
        """Add the rows of one month."""
        self.n += n
        self.oldest = max((age for age in (self.oldest, oldest) if age is not None), default=None)
        self.months.append((month, n, n))


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the count of every organisation and part, with months and posts."""
    tallies: dict[tuple[str, str], Tally] = {}
    for organisation, part, month, n, oldest in engine.rows(_counts(rows)):
        tallies.setdefault((organisation, part), Tally()).add(month, n, oldest)
    posts = evidence.choose(engine, rows, sheet, SHOWS, length="r.age")
    return {
        (key := (organisation, part.id)): _figure(part, tallies.get(key, Tally()), posts.get(key, ()))
        for organisation in organisations
        for part in sheet.parts
    }  # fmt: skip


def _counts(rows: str) -> str:
    return f"""
select r.organisation, r.part, coalesce(c.month, '{monthly.NO_MONTH}'), count(*), max(r.age)
{monthly.with_month(rows)}
group by r.organisation, r.part, coalesce(c.month, '{monthly.NO_MONTH}')"""


def _figure(part: Part, tally: Tally, posts: tuple[Evidence, ...]) -> Figure:
    if part.unit == "minutes":
        oldest = None if tally.oldest is None else tally.oldest / MINUTE
        return Figure(
            id=part.id, name=part.name, unit="minutes", value=oldest, n=tally.n, evidence=posts
        )
    return Figure(
        id=part.id, name=part.name, unit="count", value=tally.n, n=tally.n, evidence=posts,
        series=monthly.series(tally.months, least=0),
    )  # fmt: skip

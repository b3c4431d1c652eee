"""Shares: how many of the rows hit.

A row with `sure` false only widens `bound`; one with `sure` empty counts as it stands, and the
bound shows it as no hit as well (a reply of which nobody knows to whom).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.shapes import enough, evidence, monthly
from twoway.audit.statistics import wilson

ROWS = ("organisation", "part", "post", "happened_at", "hit", "sure")
TOGETHER = True
SHOWS = {
    "hits": "r.hit and coalesce(r.sure, true)",
    "misses": "not r.hit and coalesce(r.sure, true)",
}


@dataclass(slots=True)
class Tally:
    """Rows added up: those that count, their hits, those unsure, and hits that may be none."""

    n: int = 0
    hits: int = 0
    unsure: int = 0
    doubtful: int = 0

    def add(self, n: int, hits: int, unsure: int, doubtful: int) -> None:
        """Add the counts of one month."""
        self.n += n
        self.hits += hits
        self.unsure += unsure
        self.doubtful += doubtful

    @property
    def bound(self) -> tuple[float, float] | None:
        """The share if all that is unsure were no hit, and if it all were one."""
        if not self.unsure and not self.doubtful:
            return None
        every = self.n + self.unsure
        return (self.hits - self.doubtful) / every, (self.hits + self.unsure) / every


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the share of every organisation and part, with interval, bound, months and posts."""
    tallies: dict[tuple[str, str], Tally] = {}
    months: dict[tuple[str, str], list[tuple[str, float | None, int]]] = {}
    for organisation, part, month, n, hits, unsure, doubtful in engine.rows(_counts(rows)):
        tallies.setdefault((organisation, part), Tally()).add(n, hits, unsure, doubtful)
        value = hits / n if n else None
        months.setdefault((organisation, part), []).append((month, value, n))
    posts = evidence.choose(engine, rows, sheet, SHOWS)
    return {
        (key := (organisation, part.id)): _figure(
            part, tallies.get(key, Tally()), monthly.series(months.get(key, ())), posts.get(key, ())
        )
        for organisation in organisations
        for part in sheet.parts
    }


def _counts(rows: str) -> str:
    return f"""
select r.organisation, r.part, coalesce(c.month, '{monthly.NO_MONTH}'),
    count(case when coalesce(r.sure, true) then 1 end),
    count(case when coalesce(r.sure, true) and r.hit then 1 end),
    count(case when not r.sure then 1 end),
    count(case when r.sure is null and r.hit then 1 end)
{monthly.with_month(rows)}
group by r.organisation, r.part, coalesce(c.month, '{monthly.NO_MONTH}')"""


def _figure(
    part: Part, tally: Tally, series: monthly.Series, posts: tuple[Evidence, ...]
) -> Figure:
    low, high = wilson(tally.hits, tally.n)
    return enough.judged(
        Figure(
            id=part.id, name=part.name, unit="share",
            value=tally.hits / max(tally.n, 1), n=tally.n, hits=tally.hits, low=low, high=high,
            bound=tally.bound, evidence=posts, series=series,
        )
    )  # fmt: skip

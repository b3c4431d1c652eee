"""Balances: of each part, such as a network, its share of what was received less its share of what was done.

A row's side is received, done, or named where others speak of us and we are not. The parts are
those that the rows name, so they stand inside the measure's own figure. Newcombe's interval.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.saying import marked, say
from twoway.audit.shapes import enough, evidence
from twoway.audit.statistics import newcombe
from twoway.audit.words import of

ROWS = ("organisation", "part", "post", "happened_at", "side")
SHOWS = {"theirs": "r.side in ('received', 'named')"}


@dataclass(frozen=True, slots=True)
class Sides:
    """How many rows stand on each side, of one part or of all."""

    received: int
    done: int
    named: int


Posts = Mapping[tuple[str, str], tuple[Evidence, ...]]


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return a figure for every organisation, in it one for each part that its rows name."""
    found: dict[str, dict[str, Sides]] = {}
    for organisation, name, *sides in engine.rows(_counts(rows)):
        found.setdefault(organisation, {})[name] = Sides(*sides)
    names = sorted({name for parts in found.values() for name in parts})
    posts = evidence.choose(engine, rows, _named(sheet, names), SHOWS)
    return {
        (organisation, part.id): _whole(part, organisation, found.get(organisation, {}), posts)
        for organisation in organisations
        for part in sheet.parts
    }


def _counts(rows: str) -> str:
    sides = ",\n    ".join(
        f"count(case when side = '{side}' then 1 end)" for side in ("received", "done", "named")
    )
    return f"""
select organisation, part,
    {sides}
from {rows}
group by organisation, part
order by organisation, part"""


def _named(sheet: Sheet, names: Sequence[str]) -> Sheet:
    """Return the sheet with the parts that its rows name."""
    return replace(sheet, parts=tuple(replace(sheet.parts[0], id=name) for name in names))


def _whole(part: Part, organisation: str, found: Mapping[str, Sides], posts: Posts) -> Figure:
    received = sum(sides.received for sides in found.values())
    done = sum(sides.done for sides in found.values())
    parts = tuple(
        _part(name, sides, (received, done), posts.get((organisation, name), ()))
        for name, sides in found.items()
    )
    figure = Figure(id=part.id, name=part.name, unit="points", n=received, parts=parts)
    return enough.judged(figure, min(received, done))


def _part(name: str, sides: Sides, totals: tuple[int, int], posts: tuple[Evidence, ...]) -> Figure:
    received, done = totals
    figure = Figure(
        id=name, name=name, unit="points", n=received, evidence=posts,
        detail=(
            (marked("Of what it received"), of(sides.received, received)),
            (marked("Of what it did"), of(sides.done, done)),
        ),
    )  # fmt: skip
    if sides.named:
        named = say(
            "named in {n} post, and not there", "named in {n} posts, and not there", n=sides.named
        )
        return replace(figure, text=named)
    figure = enough.judged(figure, min(received, done))
    if figure.status != "ok":
        return figure
    low, high = newcombe((sides.received, received), (sides.done, done))
    value = sides.received / received - sides.done / done
    silent = marked("It is silent there.") if sides.received and not sides.done else ""
    return replace(figure, value=value, low=low, high=high, reason=silent)

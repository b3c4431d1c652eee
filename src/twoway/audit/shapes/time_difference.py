"""Differences of times: the median of the first minus that of the second, shown without an interval.

Both are Kaplan & Meier's, as in survival.py. Either side needs five rows.
"""

from collections.abc import Sequence
from dataclasses import replace

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.saying import marked
from twoway.audit.shapes import enough, evidence, survival
from twoway.audit.shapes.duration import MINUTE
from twoway.audit.shapes.survival import NOTHING, Times
from twoway.audit.words import duration

ROWS = ("organisation", "part", "post", "happened_at", "side", "length", "ended")
SHOWS = {"first": "r.side = 'first'", "second": "r.side = 'second'"}


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the difference of every organisation and part in minutes, with its posts."""
    times = survival.whole(
        engine, f"(select organisation, concat(part, ' ', side) as part, length, ended from {rows})"
    )
    posts = evidence.choose(engine, rows, sheet, SHOWS, length="r.length")
    return {
        (organisation, part.id): _figure(
            part,
            times.get((organisation, f"{part.id} first"), NOTHING),
            times.get((organisation, f"{part.id} second"), NOTHING),
            posts.get((organisation, part.id), ()),
        )
        for organisation in organisations
        for part in sheet.parts
    }


def _figure(part: Part, first: Times, second: Times, posts: tuple[Evidence, ...]) -> Figure:
    one, two = first.of("median_all").value, second.of("median_all").value
    figure = enough.judged(
        Figure(
            id=part.id, name=part.name, unit="minutes", n=first.n + second.n, evidence=posts,
            detail=((part.sides[0], _median(one)), (part.sides[1], _median(two))),
        ),
        observed=min(first.n, second.n),
    )  # fmt: skip
    if figure.status != "ok":
        return figure
    if one is None or two is None:
        return replace(figure, reason=marked("One of the medians was not reached while observed."))
    return replace(figure, value=(one - two) / MINUTE)


def _median(time: float | None) -> str:
    return marked("not reached") if time is None else duration(time / MINUTE)

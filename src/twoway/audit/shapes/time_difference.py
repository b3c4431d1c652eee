"""Differences of times: the median of the first minus that of the second, shown without an interval.

Both are Kaplan & Meier's, as in shapes/duration.py. Either side needs five rows.
"""

from collections.abc import Sequence
from dataclasses import replace

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.shapes import duration, enough, evidence
from twoway.audit.words import duration as in_words

ROWS = ("organisation", "part", "post", "happened_at", "side", "length", "ended")
SHOWS = {"first": "r.side = 'first'", "second": "r.side = 'second'"}


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the difference of every organisation and part in minutes, with its posts."""
    measured = duration.measure(engine, f"""(
        select organisation, concat(part, ' ', side) as part, happened_at, length, ended from {rows}
    )""")  # fmt: skip
    posts = evidence.choose(engine, rows, sheet, SHOWS, length="r.length")
    return {
        (organisation, part.id): _figure(
            part,
            duration.every(measured.get((organisation, f"{part.id} first"), {})),
            duration.every(measured.get((organisation, f"{part.id} second"), {})),
            posts.get((organisation, part.id), ()),
        )
        for organisation in organisations
        for part in sheet.parts
    }


def _figure(
    part: Part, first: duration.Times, second: duration.Times, posts: tuple[Evidence, ...]
) -> Figure:
    one, two = first.of("median_all").value, second.of("median_all").value
    figure = enough.judged(
        Figure(
            id=part.id, name=part.name, unit="minutes", n=first.n + second.n, evidence=posts,
            detail=(("first", _median(one)), ("second", _median(two))),
        ),
        observed=min(first.n, second.n),
    )  # fmt: skip
    if figure.status != "ok":
        return figure
    if one is None or two is None:
        return replace(figure, reason="One of the medians was not reached while observed.")
    return replace(figure, value=(one - two) / duration.MINUTE)


def _median(time: float | None) -> str:
    return "not reached" if time is None else in_words(time / duration.MINUTE)

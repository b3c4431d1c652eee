"""Times: how long until it ended, where some have not ended when observation does.

Parts named as in survival.STATISTICS are made of the rows of part ''; any other part is the median
of all of its own rows.
"""

from collections.abc import Mapping, Sequence

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.saying import say
from twoway.audit.shapes import enough, evidence, monthly, survival
from twoway.audit.shapes.survival import EVERY, NOTHING, STATISTICS, Times

ROWS = ("organisation", "part", "post", "happened_at", "length", "ended")
SHOWS = {"all": "true", "ended": "r.ended", "open": "not r.ended"}
MINUTE = 60_000_000


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the times of every organisation and part in minutes, with intervals, months and posts."""
    measured = survival.whole_and_months(engine, rows)
    posts = evidence.choose(engine, rows, sheet, SHOWS, length="r.length")
    made = {}
    for organisation in organisations:
        for part in sheet.parts:
            key = organisation, "" if part.id in STATISTICS else part.id
            made[organisation, part.id] = _figure(
                part, measured.get(key, {}), posts.get((organisation, part.id), ())
            )
    return made


def _figure(part: Part, months: Mapping[str, Times], posts: tuple[Evidence, ...]) -> Figure:
    times = months.get(EVERY, NOTHING)
    time, is_of_answered = times.of(part.id), part.id.endswith("_answered")
    return enough.judged(
        Figure(
            id=part.id, name=part.name, unit="minutes",
            value=_minutes(time.value), low=_minutes(time.low), high=_minutes(time.high),
            n=times.ended if is_of_answered else times.n,
            hits=None if is_of_answered else times.ended,
            reason="" if time.value is not None else _not_reached(times),
            evidence=posts,
            series=monthly.series(
                (month, _minutes(some.of(part.id).value), some.ended if is_of_answered else some.n)
                for month, some in months.items()
                if month != EVERY
            ),
        )
    )  # fmt: skip


def _minutes(time: float | None) -> float | None:
    return None if time is None else time / MINUTE


def _not_reached(times: Times) -> str:
    return say(
        "Not reached: {open} of {n} had not ended when observation did.",
        open=times.n - times.ended, n=times.n,
    )  # fmt: skip

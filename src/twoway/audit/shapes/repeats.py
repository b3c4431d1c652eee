"""Repeats: shares whose hits say again what an earlier post said first; `detail` has the most repeated.

Rows as in shapes/share.py, with `first_said`: the earliest post that says the same.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from twoway.audit.catalogue import Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Figure, TextOf
from twoway.audit.saying import marked, say
from twoway.audit.shapes import share
from twoway.audit.words import listing, month

ROWS = (*share.ROWS, "first_said")
LISTED = 6
WIDTH = 200


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the share of every organisation and part, and what is said most often on which days."""
    made = share.figures(engine, rows, sheet, organisations)
    repeated: dict[tuple[str, str], tuple[int, list[str]]] = {}
    for organisation, part, first_said, day in engine.rows(_most_repeated(rows)):
        repeated.setdefault((organisation, part), (first_said, []))[1].append(day)
    return {
        key: replace(figure, detail=_detail(*repeated[key])) if key in repeated else figure
        for key, figure in made.items()
    }


def _detail(first_said: int, said: Sequence[str]) -> tuple[tuple[str, str], ...]:
    days = list(dict.fromkeys(said))
    more = len(days) - LISTED
    named = _named(days[:LISTED])
    named += [say("{n} further day", "{n} further days", n=more)] if more > 0 else []
    times = say("{n} time: {days}", "{n} times: {days}", n=len(said), days=listing(named))
    return (marked("Most repeated"), TextOf(first_said, WIDTH)), (marked("Dates"), times)


def _named(days: Sequence[str]) -> list[str]:
    """Return days such as "2026-03-04" as people say them, each month once."""
    months = groupby(map(date.fromisoformat, days), key=lambda day: f"{day:%Y-%m}")
    return [
        say("{days} {month}", days=listing([say("{day}", day=one.day) for one in of_one]), month=month(name))
        for name, of_one in months
    ]  # fmt: skip


def _most_repeated(rows: str) -> str:
    """The days of the text said most often in each part, of several such the one said first."""
    return f"""
with most as (
    select organisation, part, first_said, row_number() over (
        partition by organisation, part order by count(*) desc, min(happened_at), first_said
    ) as place
    from {rows}
    where hit
    group by organisation, part, first_said
), earliest as (
    select m.organisation, m.part, m.first_said, p.said_at
    from most m
    join posts p on p.post = m.first_said
    where m.place = 1
), said as (
    select e.organisation, e.part, e.first_said, r.happened_at
    from earliest e
    join {rows} r
        on r.organisation = e.organisation and r.part = e.part and r.first_said = e.first_said
    where r.hit
    union all
    select organisation, part, first_said, said_at from earliest
)
select s.organisation, s.part, s.first_said, c.day
from said s
join windows w on w.organisation = s.organisation
join calendar c
    on c.zone = w.zone and c.slot = cast(floor(s.happened_at / 900000000) as bigint)
order by s.organisation, s.part, s.happened_at"""

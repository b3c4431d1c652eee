"""Ratios "a : b": how many different things stand on either side; nothing on a side is allowed.

A row whose `thing` is empty counts as one of its own, which is much quicker than counting it apart.
"""

from collections import Counter
from collections.abc import Sequence

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.saying import marked, say
from twoway.audit.shapes import evidence, monthly

ROWS = ("organisation", "part", "post", "happened_at", "side", "thing")
SHOWS = {"over": "r.side = 'over'", "under": "r.side = 'under'"}
_EVERY = "every month"


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the ratio of every organisation and part, with months and posts."""
    sides: dict[tuple[str, str], dict[str, Counter[str]]] = {}
    for organisation, part, month, side, n, are_nameless in engine.rows(_counts(rows)):
        months = sides.setdefault((organisation, part), {})
        for time in (month, _EVERY) if are_nameless else (month,):
            months.setdefault(time, Counter())[side] += n
    posts = evidence.choose(engine, rows, sheet, SHOWS)
    return {
        (key := (organisation, part.id)): _figure(part, sides.get(key, {}), posts.get(key, ()))
        for organisation in organisations
        for part in sheet.parts
    }


def _figure(part: Part, months: dict[str, Counter[str]], posts: tuple[Evidence, ...]) -> Figure:
    whole = months.get(_EVERY, Counter())
    over, under = whole["over"], whole["under"]
    return Figure(
        id=part.id, name=part.name, unit="ratio", value=_value(whole), n=under, hits=over,
        status="ok" if over or under else "too_little_data",
        reason="" if over or under else marked("Nothing on either side."),
        text=say("{over} : {under}", over=over, under=under), evidence=posts,
        series=monthly.series(
            ((month, _value(sides), sides.total()) for month, sides in months.items() if month != _EVERY),
            least=1,
        ),
    )  # fmt: skip


def _value(sides: Counter[str]) -> float | None:
    return sides["over"] / sides["under"] if sides["under"] else None


def _counts(rows: str) -> str:
    """Return several rows per side to be added up: counting things apart is slow, so only they are.

    A thing may come again in another month, so of things months do not add up to the whole.
    """
    return f"""
select organisation, part, '{_EVERY}', side, count(*), false
from (select distinct organisation, part, side, thing from {rows} where thing is not null) things
group by organisation, part, side
union all
select organisation, part, month, side, count(*), false
from (
    select distinct r.organisation, r.part, c.month, r.side, r.thing
    {monthly.with_month(rows)}
    where r.thing is not null and c.month is not null
) things
group by organisation, part, month, side
union all
select r.organisation, r.part, coalesce(c.month, '{monthly.NO_MONTH}'), r.side, count(*), true
{monthly.with_month(rows)}
where r.thing is null
group by r.organisation, r.part, coalesce(c.month, '{monthly.NO_MONTH}'), r.side"""

"""Ratios "a : b": how many different things stand on either side; nothing on a side is allowed.

A row whose `thing` is empty counts as one of its own, which is much quicker than counting it apart.
"""

from collections.abc import Sequence

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.audit.shapes import evidence, monthly

ROWS = ("organisation", "part", "post", "happened_at", "side", "thing")
SHOWS = {"over": "r.side = 'over'", "under": "r.side = 'under'"}
_EVERY = "every month"


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the ratio of every organisation and part, with months and posts."""
    sides: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
    for organisation, part, month, over, under in engine.rows(_counts(rows)):
        sides.setdefault((organisation, part), {})[month] = over, under
    posts = evidence.choose(engine, rows, sheet, SHOWS)
    return {
        (key := (organisation, part.id)): _figure(part, sides.get(key, {}), posts.get(key, ()))
        for organisation in organisations
        for part in sheet.parts
    }


def _figure(part: Part, months: dict[str, tuple[int, int]], posts: tuple[Evidence, ...]) -> Figure:
    over, under = months.get(_EVERY, (0, 0))
    return Figure(
        id=part.id, name=part.name, unit="ratio", value=_value(over, under), n=under, hits=over,
        status="ok" if over or under else "too_little_data",
        reason="" if over or under else "Nothing on either side.",
        text=f"{over:,} : {under:,}", evidence=posts,
        series=monthly.series(
            ((month, _value(*pair), sum(pair)) for month, pair in months.items() if month != _EVERY),
            least=1,
        ),
    )  # fmt: skip


def _value(over: int, under: int) -> float | None:
    return over / under if under else None


def _counts(rows: str) -> str:
    """A thing may come again in another month, so months do not add up to the whole."""
    sides = ", ".join(
        f"""count(distinct case when side = '{side}' then thing end)
        + count(case when side = '{side}' and thing is null then 1 end)"""
        for side in ("over", "under")
    )
    return f"""
select organisation, part, '{_EVERY}', {sides}
from {rows}
group by organisation, part
union all
select r.organisation, r.part, c.month, {sides}
{monthly.with_month(rows)}
where c.month is not null
group by r.organisation, r.part, c.month"""

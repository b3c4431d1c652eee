"""Checklists: yes, no or unknown, asked of each account; one yes among several accounts is a yes.

`hits` of `n` are the accounts that say yes among those that are known. `detail` names what was
found, such as an address. There is no interval: a profile is seen whole.
"""

from collections.abc import Sequence

from twoway.audit.catalogue import Part, Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Figure
from twoway.audit.saying import marked

ROWS = ("organisation", "part", "answer", "detail")
VALUES = {marked("yes"): 1.0, marked("no"): 0.0}
UNKNOWN = marked("unknown")


def figures(
    engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str]
) -> dict[tuple[str, str], Figure]:
    """Return the answer for every organisation and part."""
    answers: dict[tuple[str, str], dict[str, tuple[int, str]]] = {}
    for organisation, part, answer, n, detail in engine.rows(_counts(rows)):
        answers.setdefault((organisation, part), {})[answer] = n, detail
    return {
        (organisation, part.id): _figure(part, answers.get((organisation, part.id), {}))
        for organisation in organisations
        for part in sheet.parts
    }


def _counts(rows: str) -> str:
    return f"""
select organisation, part, answer, count(*), max(detail)
from {rows}
group by organisation, part, answer"""


def _figure(part: Part, answers: dict[str, tuple[int, str]]) -> Figure:
    answer = next((answer for answer in VALUES if answer in answers), UNKNOWN)
    detail = answers.get(answer, (0, ""))[1]
    return Figure(
        id=part.id, name=part.name, unit="text", text=answer, value=VALUES.get(answer),
        n=sum(n for said, (n, _) in answers.items() if said in VALUES),
        hits=answers.get("yes", (0, ""))[0], detail=((part.name, detail),) if detail else (),
    )  # fmt: skip

"""The clearest posts of each figure: chosen in SQL, the same on every engine, texts not yet fetched."""

from collections.abc import Mapping, Sequence

from twoway.audit.catalogue import Sheet
from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence
from twoway.audit.saying import say
from twoway.audit.words import duration

SHOWN = 5
_MINUTE = 60_000_000
# As one value each: DuckDB then keeps the five instead of sorting all, which is five times as quick.
_ORDERS = {
    "oldest": "(happened_at, post)",
    "newest": "(-happened_at, post)",
    "longest": "(-length, post)",
    "shortest": "(length, post)",
    "followed": "(-followers, happened_at, post)",
}
Key = tuple[str, str]


def choose(
    engine: Engine, rows: str, sheet: Sheet, conditions: Mapping[str, str], length: str = "0"
) -> dict[Key, tuple[Evidence, ...]]:
    """Return up to five posts for each (organisation, part) whose head asks for evidence.

    `conditions` says in SQL which rows each word of the head means ("misses"); `length` is the
    column in µs that "longest" orders by and that `{length}` in a note is made of.
    """
    chosen: dict[Key, list[Evidence]] = {}
    notes = {part.id: part.evidence.note for part in sheet.parts if part.evidence}
    for (which, order), parts in _asked(sheet).items():
        query = _query(rows, parts, conditions[which], order, length)
        for organisation, part, post, happened_at, lasted in engine.rows(query):
            note = notes[part]
            if "{length}" in note:
                note = say(note, length=duration((lasted or 0) / _MINUTE))
            chosen.setdefault((organisation, part), []).append(blank(post, happened_at, note))
    return {key: tuple(posts) for key, posts in chosen.items()}


def blank(post: int, happened_at: int, note: str) -> Evidence:
    """Return evidence that says which post; who wrote what is fetched for all figures at once."""
    return Evidence(post=post, address=None, author="", said_at=happened_at, text="", note=note)


def _asked(sheet: Sheet) -> dict[tuple[str, str], list[str]]:
    """Group the parts by which rows they show in which order, so that like ones share a query."""
    asked: dict[tuple[str, str], list[str]] = {}
    for part in sheet.parts:
        if part.evidence:
            asked.setdefault((part.evidence.which, part.evidence.order), []).append(part.id)
    return asked


def _query(rows: str, parts: Sequence[str], condition: str, order: str, length: str) -> str:
    named = ", ".join("'" + part.replace("'", "''") + "'" for part in parts)
    followers = "coalesce(p.author_followers, a.followers, 0)" if order == "followed" else 0
    joins = (
        """
        left join posts p on p.post = r.post
        left join accounts a on a.account = p.author"""
        if order == "followed"
        else ""
    )
    return f"""
select organisation, part, post, happened_at, length
from (
    select organisation, part, post, happened_at, length, row_number() over (
        partition by organisation, part order by {_ORDERS[order]}
    ) as place
    from (
        select r.organisation, r.part, r.post, r.happened_at,
            {length} as length, {followers} as followers
        from {rows} r{joins}
        where r.part in ({named}) and r.post is not null and {condition}
    ) asked
) ranked
where place <= {SHOWN}
order by organisation, part, place"""  # fmt: skip

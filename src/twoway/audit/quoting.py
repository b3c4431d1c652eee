"""The posts that figures lead to: their texts, authors and addresses, fetched for all figures at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure
from twoway.core.tables import Column, Table

_QUOTED = Table("quoted", "one post to be shown", ("post",), (
    Column("post", "bigint", "first piece"),
))  # fmt: skip
_PIECES = """
select q.post, p.text, p.address, p.author, a.handle
from quoted q
left join pieces k on k.post = q.post
join posts p on p.post = coalesce(k.piece, q.post)
left join accounts a on a.account = p.author
order by q.post, p.said_at, p.post"""


@dataclass(frozen=True, slots=True)
class _Quote:
    """A post as people see it, its pieces below each other."""

    text: str
    address: str | None
    author: int
    handle: str


def quote(
    engine: Engine, *groups: Mapping[str, Sequence[Figure]]
) -> list[dict[str, tuple[Figure, ...]]]:
    """Return groups of figures of every organisation with their evidence written out.

    All in one go: whether it is ten texts that are looked up or a thousand, all texts are read.
    """
    figures = (figure for group in groups for of_one in group.values() for figure in of_one)
    every = (shown for figure in figures for shown in _shown(figure))
    engine.fill(_QUOTED, [(post,) for post in sorted({shown.post for shown in every})])
    quotes = _quotes(engine)
    ours = set(engine.rows("select organisation, account from ours"))
    engine.drop(_QUOTED.name)
    return [
        {
            organisation: tuple(_filled(figure, organisation, quotes, ours) for figure in of_one)
            for organisation, of_one in group.items()
        }
        for group in groups
    ]


def _quotes(engine: Engine) -> dict[int, _Quote]:
    quotes: dict[int, _Quote] = {}
    for post, text, address, author, handle in engine.rows(_PIECES):
        if post in quotes:
            quotes[post] = replace(quotes[post], text=f"{quotes[post].text}\n{text}")
        else:
            quotes[post] = _Quote(text, address, author, handle or "")
    return quotes


def _filled(
    figure: Figure, organisation: str, quotes: Mapping[int, _Quote], ours: set[tuple[str, int]]
) -> Figure:
    """Write out what is shown; a post that has gone from the collection since is left out."""
    return replace(
        figure,
        evidence=tuple(
            _written(shown, quote, is_ours=(organisation, quote.author) in ours)
            for shown in figure.evidence
            if (quote := quotes.get(shown.post))
        ),
        parts=tuple(_filled(part, organisation, quotes, ours) for part in figure.parts),
    )


def _written(shown: Evidence, quote: _Quote, *, is_ours: bool) -> Evidence:
    return Evidence(
        post=shown.post, address=quote.address, author=quote.handle, said_at=shown.said_at,
        text=quote.text, note=shown.note, is_ours=is_ours,
    )  # fmt: skip


def _shown(figure: Figure) -> Iterator[Evidence]:
    yield from figure.evidence
    for part in figure.parts:
        yield from _shown(part)

"""The posts that figures lead to: their texts, authors and addresses, fetched for all figures at once."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from twoway.audit.engines.interface import Engine
from twoway.audit.findings import Evidence, Figure, TakenFor, TextOf
from twoway.audit.words import shortened
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

_TAKEN = """
select q.post, h.side, h.kind, h.certainty, d.post is not null
from quoted q
join held h on h.post = q.post
left join (
    select distinct post from marks
    where kind = 'corrected_kind' and value is not null and marked_at <= (select max(ends) from windows)
) d on d.post = q.post
order by q.post, h.certainty desc, h.kind"""

# A text, the kind it was taken for, and whether as ours; the words for it.
Why = Callable[[str, str, bool], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Quote:
    """A post as people see it, its pieces below each other, and what it was taken for on either side."""

    first: str
    text: str
    address: str | None
    author: int
    handle: str
    taken_for: Mapping[str, Sequence[TakenFor]]


def quote(
    engine: Engine,
    groups: Sequence[Mapping[str, Sequence[Figure]]],
    why: Why = lambda _text, _kind, _is_ours: (),
) -> list[dict[str, tuple[Figure, ...]]]:
    """Return groups of figures of every organisation with their evidence written out.

    All in one go: whether it is ten texts that are looked up or a thousand, all texts are read.
    `why` says which words made a post what it was taken for.
    """
    figures = (figure for group in groups for of_one in group.values() for figure in of_one)
    every = {post for figure in figures for post in _posts(figure)}
    engine.fill(_QUOTED, [(post,) for post in sorted(every)])
    quotes, why = _quotes(engine), cache(why)
    ours = set(engine.rows("select organisation, account from ours"))
    engine.drop(_QUOTED.name)
    return [
        {
            organisation: tuple(
                _filled(figure, organisation, quotes, ours, why) for figure in of_one
            )
            for organisation, of_one in group.items()
        }
        for group in groups
    ]


def _quotes(engine: Engine) -> dict[int, _Quote]:
    taken = _taken(engine)
    quotes: dict[int, _Quote] = {}
    for post, text, address, author, handle in engine.rows(_PIECES):
        if post in quotes:
            quotes[post] = replace(quotes[post], text=f"{quotes[post].text}\n{text}")
        else:
            quotes[post] = _Quote(text, text, address, author, handle or "", taken.get(post, {}))
    return quotes


def _taken(engine: Engine) -> dict[int, dict[str, list[TakenFor]]]:
    """Return what each quoted post was taken for as one of theirs and of ours, the surest first."""
    found: dict[int, dict[str, list[TakenFor]]] = defaultdict(lambda: defaultdict(list))
    for post, side, kind, certainty, is_decided in engine.rows(_TAKEN):
        found[post][side].append(TakenFor(kind=kind, certainty=certainty, is_decided=is_decided))
    return found


def _filled(
    figure: Figure, organisation: str, quotes: Mapping[int, _Quote], ours: set[tuple[str, int]], why: Why
) -> Figure:  # fmt: skip
    """Write out what is shown; a post that has gone from the collection since is left out."""
    return replace(
        figure,
        evidence=tuple(
            _written(shown, quote, why, is_ours=(organisation, quote.author) in ours)
            for shown in figure.evidence
            if (quote := quotes.get(shown.post))
        ),
        parts=tuple(_filled(part, organisation, quotes, ours, why) for part in figure.parts),
        detail=tuple((name, _told(text, quotes)) for name, text in figure.detail),
    )


def _told(text: str, quotes: Mapping[int, _Quote]) -> str:
    """Return a text of `detail`; where it stands for that of a post, the beginning of its first piece."""
    if not isinstance(text, TextOf):
        return text
    return shortened(quotes[text.post].first, text.width) if text.post in quotes else ""


def _written(shown: Evidence, quote: _Quote, why: Why, *, is_ours: bool) -> Evidence:
    return Evidence(
        post=shown.post, address=quote.address, author=quote.handle, said_at=shown.said_at,
        text=quote.text, note=shown.note, is_ours=is_ours,
        taken_for=tuple(
            one if one.is_decided else replace(one, why=why(quote.text, one.kind, is_ours))
            for one in quote.taken_for.get("ours" if is_ours else "theirs", ())
        ),
    )  # fmt: skip


def _posts(figure: Figure) -> Iterator[int]:
    """Hand over the posts whose texts a figure shows."""
    yield from (shown.post for shown in figure.evidence)
    yield from (text.post for _, text in figure.detail if isinstance(text, TextOf))
    for part in figure.parts:
        yield from _posts(part)

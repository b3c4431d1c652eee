"""A question to the index: words that must all be there, and facets to filter by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from twoway.desk import clock
from twoway.desk.folding import fold
from twoway.desk.inbox.search.index import month
from twoway.desk.inbox.search.tokens import tokens

SHORTEST_BEGINNING = 3
"""A beginning (`lief*`) needs so many letters: `l*` would read a good part of the index."""

WINDOWS = (1, 2, 5, 12)
"""Months that PostgreSQL looks through at a time before all the rest, until a page is full."""
RARE = (8,)
"""The same for what none of the newest posts holds: each look has its price."""

WALKED = 2_000
"""So many posts PostgreSQL reads before it asks its index: a frequent word fills a page with them.

That takes 2 ms; from the index all posts of a month that hold the word come first, 35 to 128 ms.
"""

WALKED_AT_MOST = 20_000
"""Where some of those hold the word, so many more are read as a full page seems to need: 11 ms."""

_LATEST = 2**63 - 1

_PARTS = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Asked:
    """Tokens that a post must hold, beginnings of tokens, and phrases to check in the text itself."""

    words: tuple[str, ...]
    beginnings: tuple[str, ...]
    phrases: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words or self.beginnings)


def ask(text: str) -> Asked:
    """Return what a person means who types `text`: words, "a phrase", a begin*."""
    words: dict[str, None] = {}
    beginnings: dict[str, None] = {}
    phrases = []
    for phrase, word in _PARTS.findall(text[:400]):
        found = tokens(phrase or word)
        if phrase and len(found) > 1:
            phrases.append(" ".join(fold(phrase).split()))
        if word.endswith("*") and len(found) == 1 and len(found[0]) >= SHORTEST_BEGINNING:
            beginnings[found[0]] = None
        else:
            words.update(dict.fromkeys(found))
    return Asked(tuple(words)[:20], tuple(beginnings)[:5], tuple(phrases))


def page(asked: Asked, facets: Sequence[str], before: int | None, size: int) -> list[int]:
    """Return the ids of the newest posts that hold everything asked for, older than `before`."""
    if connection.vendor == "sqlite":
        return _page_sqlite(asked, facets, before, size)
    return _page_postgresql(asked, facets, before, size)


def _page_sqlite(asked: Asked, facets: Sequence[str], before: int | None, size: int) -> list[int]:
    """Walk the index from its end: FTS5 hands out rows in the order of their ids."""
    terms = [f'text : "{word}"' for word in asked.words]
    terms += [f'text : "{word}"*' for word in asked.beginnings]
    terms += [f'facet : "{facet}"' for facet in facets]
    older = "" if before is None else "and rowid < %s "
    given: list[str | int] = [" AND ".join(terms)]
    if before is not None:
        given.append(before)
    with connection.cursor() as cursor:
        cursor.execute(
            "select rowid from inbox_post_search where inbox_post_search match %s "
            f"{older}order by rowid desc limit {int(size)}",
            given,
        )
        return [row[0] for row in cursor.fetchall()]


def _page_postgresql(
    asked: Asked, facets: Sequence[str], before: int | None, size: int
) -> list[int]:
    """Look through the newest posts, then some months at a time, until a page is full.

    Sorting a whole index of hits took 359 ms.
    """
    found, before = _walk(asked, facets, _LATEST if before is None else before, size, WALKED)
    needed = WALKED * size // len(found) if found else 0
    if len(found) < size and 0 < needed <= WALKED_AT_MOST:
        further, before = _walk(asked, facets, before, size - len(found), needed)
        found += further
    for window in _windows(before, WINDOWS if found else RARE):
        if len(found) >= size:
            break
        found += _look(asked, facets, window, before, size - len(found))
    return found


def _walk(
    asked: Asked, facets: Sequence[str], before: int, size: int, many: int
) -> tuple[list[int], int]:
    """Read the newest posts one by one; return the hits and the oldest post that was looked at."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with newest as materialized (select post_id, tokens from inbox_post_search "
            f"where post_id < %s order by post_id desc limit {int(many)}) "
            "select min(post_id), array(select post_id from newest where tokens @@ %s::tsquery "
            f"order by post_id desc limit {int(size)}) from newest",
            [before, " & ".join(_terms(asked, facets))],
        )
        oldest, found = cursor.fetchone()
        return found, oldest or 0


def _terms(asked: Asked, facets: Sequence[str]) -> list[str]:
    terms = [_quoted(word) for word in asked.words]
    terms += [f"{_quoted(word)}:*" for word in asked.beginnings]
    return terms + [_quoted(f"={facet}") for facet in facets]


def _windows(before: int, spans: Sequence[int]) -> Iterator[tuple[int | None, int]]:
    """Hand over spans of months (first, last), the newest first; first None means all before."""
    last = month((before >> 20) * 1_000)
    for months in spans:
        yield last - months + 1, last
        last -= months
    yield None, last


def _look(
    asked: Asked,
    facets: Sequence[str],
    window: tuple[int | None, int],
    before: int,
    size: int,
) -> list[int]:
    first, last = window
    terms = _terms(asked, facets)
    bounds, given = ["post_id < %s"], [before]
    if first is not None:
        terms.append("(" + " | ".join(_quoted(f"=m{m}") for m in range(first, last + 1)) + ")")
    else:
        bounds.append("post_id < %s")
        given.append(_first_id(last + 1))
    also = "".join(f" and {bound}" for bound in bounds)
    with connection.cursor() as cursor:
        # Without MATERIALIZED the planner walks the primary key backwards: 1 ms for a frequent
        # word, 796 ms for two that never meet.
        cursor.execute(
            "with m as materialized (select post_id from inbox_post_search "
            f"where tokens @@ %s::tsquery{also}) "
            f"select post_id from m order by post_id desc limit {int(size)}",
            [" & ".join(terms), *given],
        )
        return [row[0] for row in cursor.fetchall()]


def _quoted(token: str) -> str:
    """A token as tsquery reads it; ours hold no quotes and no backslashes."""
    return f"'{token}'"


def _first_id(month_number: int) -> int:
    """Return the smallest id of a month."""
    year, nth = divmod(month_number, 12)
    begins = clock.micros(datetime(year, nth + 1, 1, tzinfo=UTC))
    return (max(begins, 0) // 1_000) << 20

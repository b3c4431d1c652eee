"""Which column is likely what, told by what stands in it where its name leaves it open."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from twoway.collection.tabular.cells import is_empty, read_count
from twoway.collection.tabular.roles import normal, spellings

Cells = Sequence[Any]

_WRITERS: Final = frozenset({
    "author", "authors", "autor", "auteur", "autore", "user", "username", "usuario", "utente",
    "utilisateur", "nutzer", "benutzer", "profile", "commenter", "sender", "absender", "nick",
    "nickname", "poster", "writer", "reviewer", "customer", "login",
})  # fmt: skip
# Of a writer, but not who it is.
_ABOUT: Final = frozenset({
    "country", "location", "city", "region", "state", "gender", "sex", "age", "image", "avatar",
    "photo", "picture", "url", "link", "verified", "created", "joined", "language", "lang",
    "type", "description", "bio", "followers", "following", "friends", "count", "clicks",
    "email", "mail", "phone", "thread", "parent", "reply", "replied", "assigned", "timezone",
    "time", "date", "at", "score",
})  # fmt: skip
_OTHER_TIMES: Final = frozenset({
    "updated", "modified", "edited", "retrieved", "crawled", "collected", "fetched", "scraped",
    "indexed", "exported", "query", "deleted", "joined", "user", "author", "account", "closed",
    "resolved", "due", "geandert", "actualizado", "modifie", "replied", "reply", "response",
    "answered",
})  # fmt: skip
# Columns whose cells are posts on networks where comments stand below posts.
_POSTS: Final = frozenset({
    "post_id", "postid", "status_id", "media_id", "article_id", "video_id",
    "videoid", "submission_id", "comment_post_id",
})  # fmt: skip
_CLOCKS: Final = frozenset({"time", "uhrzeit", "zeit", "heure", "hora", "ora", "clock", "hour"})
_CLOCK: Final = re.compile(
    r"\s*\d{1,2}:\d\d(:\d\d(\.\d+)?)? ?([AaPp]\.?[Mm]\.?)?( ?[A-Z]{2,5})?\s*"
)
_ASIAN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_LONGEST_NAME: Final = 60
# Ids are told apart from what many rows share; some rows may have come twice.
_NEARLY: Final = 0.05
_SENTENCES: Final = 0.2


def choose_id(candidates: Mapping[str, Cells], parents: Cells, before: str | None) -> str | None:
    """Return the column of ids: the one that replies name, else one in which the fewest repeat."""
    named = {str(cell) for cell in parents if not is_empty(cell)}
    held = {name: {str(cell) for cell in cells} for name, cells in candidates.items()}
    most = max(map(len, candidates.values()), default=0)
    if not most:
        return before
    hits = {name: len(cells & named) for name, cells in held.items()}
    best = max(hits.values())
    if best:
        return next(name for name, count in hits.items() if count == best)
    apart = {name: len(cells) / most for name, cells in held.items()}
    least = max(apart.values()) - _NEARLY
    if before is not None and apart.get(before, 0) >= least:
        return before
    if before is None and least < 1 - 2 * _NEARLY:
        return None  # what many rows share is what they stand below
    return next(name for name, share in apart.items() if share >= least)


def choose_time(columns: Sequence[str]) -> str | None:
    """Return the column of dates that can be when something was said."""
    if len(columns) < 2:
        return next(iter(columns), None)
    likely = [name for name in columns if not _parts(name) & _OTHER_TIMES]
    return likely[0] if len(likely) == 1 else None


def likely_author(free: Mapping[str, Cells]) -> str | None:
    """Return the column that holds short names and is called after somebody who writes."""
    for name, cells in free.items():
        parts = _parts(name)
        if parts & _WRITERS and not parts & _ABOUT and cells and all(map(_can_be_name, cells)):
            return name
    return None


def likely_clock(days: Cells, free: Mapping[str, Cells]) -> str | None:
    """Return the column of times of day, where the column of dates says none."""
    if not days or any(":" in str(cell) or str(cell).isdigit() for cell in days):
        return None
    for name, cells in free.items():
        if cells and _parts(name) & _CLOCKS and all(_CLOCK.fullmatch(str(c)) for c in cells):
            return name
    return None


def has_sentences(cells: Cells) -> bool:
    """Tell whether people wrote these: some have several words, or are of a script without spaces."""
    said = [cell for cell in cells if isinstance(cell, str)]
    written = sum(" " in cell.strip() or bool(_ASIAN.search(cell)) for cell in said)
    return written >= _SENTENCES * len(cells)


def hold_posts(column: str | None) -> bool:
    """Tell whether a column names posts below which the rows stand."""
    return column is not None and not _POSTS.isdisjoint(spellings(column))


def _parts(name: str) -> set[str]:
    return {part for spelling in spellings(name) for part in normal(spelling).split("_")}


def _can_be_name(cell: Any) -> bool:
    return (
        isinstance(cell, str)
        and len(cell) <= _LONGEST_NAME
        and "://" not in cell
        and read_count(cell) is None
    )

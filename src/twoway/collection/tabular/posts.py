"""Rows of a table as posts, thousands at a time, and what they tell of their authors.

Cells become posts column by column: reading a row alone costs 30 µs, in company 8.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any, Final

from twoway.collection.records import Posts, Record, Rejected
from twoway.collection.tabular import vectors
from twoway.collection.tabular.attached import read_links
from twoway.collection.tabular.authors import Authors
from twoway.collection.tabular.cells import NOWHERE, is_empty, read_flag
from twoway.collection.tabular.columns import Columns
from twoway.collection.tabular.completing import complete
from twoway.collection.tabular.dates import DateForm, NoDate
from twoway.collection.tabular.fields import (
    REPLYING,
    SHARING,
    ByRole,
    replies,
    single_fields,
    turn_shares,
    word,
)  # fmt: skip
from twoway.collection.tabular.naming import read_mentions
from twoway.collection.tabular.rows import Row

# What pandas writes for a missing text; "None" and "null" are things people say.
_SHORTEST_TITLE: Final = 8
# What blogs give all who have no account; a single person may have it where people were numbered.
_GUEST: Final = "0"
_NO_TEXT: Final = frozenset({"nan", "NaN", "<NA>"})


class PostMaker:
    """Makes posts of the rows of one table; `made_up` counts the ids it had to invent."""

    def __init__(
        self,
        *,
        file: str,
        columns: Columns,
        network: str,
        form: DateForm,
        owner: str | None,
        is_html: bool,
    ) -> None:
        self.made_up = 0
        self._hangs_below_root = columns.hangs_below_root
        self._file = file
        self._roles = tuple(columns.of)
        self._layout = columns.layout
        self._network = network
        self._form = form
        self._owner = owner
        self._is_html = is_html
        self._authors = Authors(network)
        self._single = single_fields(form)

    def make(self, rows: Sequence[Row]) -> Iterator[Record]:
        """Hand over the posts of some rows, their authors, and the rows that are no posts."""
        cells = self._by_column([values for _, values in rows])
        authors = self._find_authors(cells, len(rows))
        times = vectors.times(cells["created_at"], self._form)
        bad = {
            place: "no author" if author is None else str(time)
            for place, (author, time) in enumerate(zip(authors, times, strict=True))
            if author is None or time.__class__ is NoDate
        }
        for place, reason in bad.items():
            line, values = rows[place]
            raw = str(dict(zip(self._roles, values, strict=True)))[:2_000]
            yield Rejected(self._file, line, reason, raw)
        if bad:
            good = [place for place in range(len(rows)) if place not in bad]
            cells = {role: [column[place] for place in good] for role, column in cells.items()}
            authors, times = [authors[p] for p in good], [times[p] for p in good]
        if authors:
            posts = self._posts(cells, authors, times)
            yield from self._authors.new_in(cells, posts)
            yield posts

    def _by_column(self, rows: Sequence[Sequence[Any]]) -> ByRole:
        adjust = self._layout.adjust
        if adjust is None:
            cells = dict(zip(self._roles, map(list, zip(*rows, strict=True)), strict=True))
        else:
            found = [dict(zip(self._roles, row, strict=True)) for row in rows]
            for one in found:
                adjust(one)
            roles = dict.fromkeys(role for one in found for role in one)
            cells = {role: [one.get(role) for one in found] for role in roles}
        complete(cells, is_x=self._network == "x")
        if self._hangs_below_root:
            nearest = zip(cells.get("parent", [None] * len(rows)), cells["root"], strict=True)
            cells["parent"] = [root if _is_nowhere(one) else one for one, root in nearest]
        return cells

    def _find_authors(self, cells: ByRole, count: int) -> list[Any]:
        """Return who wrote: by id, else by handle, else by name, else the owner of the table."""
        found: list[Any] = [None] * count
        if "author" in cells:
            found = vectors.ids(cells["author"])
        for role in ("handle", "name"):
            if role in cells and (not all(found) or _GUEST in found):
                words = list(map(word, cells[role]))
                if len({name for one, name in zip(found, words, strict=True) if one == _GUEST}) > 1:
                    found = [None if one == _GUEST else one for one in found]
                found = [one or other or None for one, other in zip(found, words, strict=True)]
        return found if self._owner is None else [one or self._owner for one in found]

    def _posts(self, cells: ByRole, authors: list[str], times: list[int]) -> Posts:
        bodies = self._bodies(cells)
        own = self._ids(cells, authors, times, bodies)
        columns: ByRole = {
            "id": own, "author": authors, "said_at": times, "text": bodies,
        }  # fmt: skip
        columns |= {field: read(cells[role]) for role, field, read in self._single if role in cells}
        if self._layout.nesting != "threaded":
            columns["nesting"] = [self._layout.nesting] * len(own)
        if self._layout.adjust is not None or REPLYING & cells.keys():
            columns |= replies(cells, own)
        if {"deleted_at", "is_deleted"} & cells.keys():
            columns["deleted_at"] = self._deletions(cells, times)
        columns |= self._named_and_linked(cells, columns)
        if self._network == "x" or SHARING & cells.keys():
            turn_shares(cells, columns, is_x=self._network == "x")
        return Posts(self._network, columns)

    def _bodies(self, cells: ByRole) -> list[str]:
        bodies = vectors.texts(cells["text"], is_html=self._is_html)
        if not _NO_TEXT.isdisjoint(bodies):
            bodies = ["" if body in _NO_TEXT else body for body in bodies]
        if "title" not in cells:
            return bodies
        titles = map(word, cells["title"])
        return [
            body if _is_in(title, body) else f"{title}\n\n{body}".strip()
            for title, body in zip(titles, bodies, strict=True)
        ]

    def _ids(
        self, cells: ByRole, authors: list[str], times: list[int], bodies: list[str]
    ) -> list[str]:
        """Return ids, made of author, time and text where there is none: always the same."""
        found: list[Any] = vectors.ids(cells["id"]) if "id" in cells else [None] * len(authors)
        if not all(found):
            self.made_up += sum(not one for one in found)
            made_of = zip(authors, times, bodies, strict=True)
            return [one or _made_up(*parts) for one, parts in zip(found, made_of, strict=True)]
        return found

    def _deletions(self, cells: ByRole, times: list[int]) -> list[int | None]:
        """Return when posts were deleted; at the latest when they were seen to be gone."""
        nothing = [None] * len(times)
        said = vectors.moments(cells.get("deleted_at", nothing), self._form)
        seen = vectors.moments(cells.get("observed_at", nothing), self._form)
        gone = map(read_flag, cells.get("is_deleted", nothing))
        return [
            at or ((observed or time) if is_gone else None)
            for at, observed, is_gone, time in zip(said, seen, gone, times, strict=True)
        ]

    def _named_and_linked(self, cells: ByRole, columns: ByRole) -> ByRole:
        bodies = columns["text"]
        nothing = [None] * len(bodies)
        replies = columns.get("is_reply", nothing)
        titles, raws = cells.get("link_title", nothing), cells["text"]
        is_reddit = self._network == "reddit"  # where names stand as u/name
        found: ByRole = {}
        if "mentions" in cells or is_reddit or "@" in "".join(bodies):
            found["mentions"] = [
                read_mentions(column, body, self._network, is_reply=bool(reply))
                if column or "@" in body or is_reddit
                else ()
                for column, body, reply in zip(
                    cells.get("mentions", nothing), bodies, replies, strict=True
                )
            ]
        if "links" in cells or self._is_html or "://" in "".join(bodies):
            columns_of = zip(cells.get("links", nothing), titles, raws, bodies, strict=True)
            found["links"] = [read_links(*one) for one in columns_of]
        return found


def _is_nowhere(pointer: Any) -> bool:
    return is_empty(pointer) or str(pointer) in NOWHERE


def _is_in(title: str, body: str) -> bool:
    """Tell a title that is the beginning of the text, which a collector may have cut."""
    begin = title.rstrip(" .…")
    return body.startswith(begin) or (len(begin) >= _SHORTEST_TITLE and begin in body)


def _made_up(author: str, time: int, body: str) -> str:
    digest = blake2b(f"{author}\n{time}\n{body}".encode(errors="replace"), digest_size=8)
    return f"made-up-{digest.hexdigest()}"

"""Columns of a table as fields of posts: those that are one, and those that several tell."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from twoway.collection.tabular import vectors
from twoway.collection.tabular.attached import read_media
from twoway.collection.tabular.cells import EMPTY, read_flag, read_list
from twoway.collection.tabular.dates import DateForm
from twoway.collection.tabular.wording import plain
from twoway.collection.values import text
from twoway.core.posts import Visibility

ByRole = dict[str, list[Any]]
"""Cells by role before they are read, or fields by name after: one list per column."""

# Roles that tell of a post replied to, and of one shared.
REPLYING: Final = frozenset({"parent", "parent_author", "parent_handle", "root", "is_reply"})
SHARING: Final = frozenset({"shared", "is_share"})
_VISIBILITY: Final[dict[str, Visibility]] = {
    "private": "followers",
    "followers": "followers",
    "direct": "private",
    "limited": "private",
}
_NO_LANGUAGE: Final = frozenset({"und", "zxx", "art", "qme", "qst", "qht", "qam", "qct"}) | EMPTY
# A plain share has these of its own; all else that its row tells is the shared post's.
_OF_SHARES: Final = {
    "text": "", "parent": None, "parent_author": None, "root": None, "is_reply": False,
    "quoted": None, "quoted_author": None, "mentions": (), "links": (), "media": (),
}  # fmt: skip


def single_fields(
    form: DateForm,
) -> tuple[tuple[str, str, Callable[[Sequence[Any]], list[Any]]], ...]:
    """Return role, field and reader of every column that is a field of its own."""
    return (
        ("address", "address", vectors.each(_address)),
        ("language", "language", vectors.each(_language)),
        ("visibility", "visibility", vectors.each(_visibility)),
        ("quoted", "quoted", vectors.pointers),
        ("quoted_author", "quoted_author", vectors.pointers),
        ("client", "client", vectors.each(_client)),
        ("automatic", "automatic", vectors.each(read_flag)),
        ("followers", "author_followers", vectors.counts),
        ("observed_at", "observed_at", lambda column: vectors.moments(column, form)),
        ("replies", "seen_replies", vectors.counts),
        ("shares", "seen_shares", vectors.counts),
        ("likes", "seen_likes", vectors.counts),
        ("media", "media", vectors.each(read_media)),
    )


def replies(cells: ByRole, own: Sequence[str]) -> ByRole:
    """Return what rows tell of the posts they reply to; one that points at itself does not."""
    nothing = [None] * len(own)
    parents = [
        None if parent == post else parent
        for parent, post in zip(vectors.pointers(cells.get("parent", nothing)), own, strict=True)
    ]
    roots = vectors.pointers(cells.get("root", nothing))
    authors = vectors.pointers(cells.get("parent_author", nothing))
    if "parent_handle" in cells:
        handles = map(word, cells["parent_handle"])
        authors = [
            author or (f"@{handle}" if handle else None)
            for author, handle in zip(authors, handles, strict=True)
        ]
    flags = _flags(cells.get("is_reply", nothing))
    is_reply = [
        flag or parent is not None or author is not None or (root is not None and root != post)
        for flag, parent, author, root, post in zip(
            flags, parents, authors, roots, own, strict=True
        )
    ]
    return {"parent": parents, "parent_author": authors, "root": roots, "is_reply": is_reply}


def turn_shares(cells: ByRole, columns: ByRole, *, is_x: bool) -> None:
    """Make plain shares of the posts that are; where a table does not say of what, of a stand-in."""
    bodies, own = columns["text"], columns["id"]
    nothing = [None] * len(own)
    shared = vectors.pointers(cells.get("shared", nothing))
    authors = vectors.pointers(cells.get("shared_author", nothing))
    flags = _flags(cells.get("is_share", nothing))
    for place, body in enumerate(bodies):
        is_old_form = is_x and body.startswith("RT @")
        if shared[place] is None and not is_old_form and not flags[place]:
            continue
        if authors[place] is None and is_old_form:
            authors[place] = body[3:].partition(":")[0].partition(" ")[0].lower()
        shared[place] = shared[place] or f"shared by {own[place]}"
        for field, empty in _OF_SHARES.items():
            if field in columns:
                columns[field][place] = empty
    columns["shared"] = shared
    columns["shared_author"] = [
        author if post is not None else None for author, post in zip(authors, shared, strict=True)
    ]


_flags: Final = vectors.each(read_flag)


def word(value: Any) -> str:
    """Return a name in a cell, without @ and what tools write for nothing."""
    if not value:
        return ""
    found = (text(value) if isinstance(value, str) else str(value)).strip()
    return "" if found.lower() in EMPTY else found.removeprefix("@")[:500]


def _client(value: Any) -> str | None:
    """Return a program's name, which X wraps into a link."""
    return plain(word(value), is_html=True) or None


def _address(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    if value.startswith("/r/"):
        return f"https://www.reddit.com{value}"
    return value.strip()[:2_000] if "://" in value[:12] else None


def _visibility(value: Any) -> Visibility:
    return _VISIBILITY.get(word(value).lower(), "public")


def _language(value: Any) -> str | None:
    if not value:
        return None
    if not isinstance(value, str) or value[0] == "[":
        value = next(iter(read_list(value)), "")
    found = str(value).strip().lower()
    return found if 2 <= len(found) <= 12 and found not in _NO_LANGUAGE else None

"""Posts by column as the columns of core.tables.POSTS: what `rows` does for one, for thousands."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pyarrow as pa

from twoway.collection.parts import schema
from twoway.collection.records import Posts
from twoway.collection.rows import Row, account_key, link_rows, media_rows
from twoway.core.identity import keys
from twoway.core.tables import POSTS

# Columns of a post that hold what its field holds, and what they are where there is no field.
_SAME: Final[dict[str, Any]] = {
    "id": None, "said_at": None, "text": "", "address": None, "language": None,
    "visibility": "public", "nesting": "threaded", "client": None, "automatic": False,
    "deleted_at": None, "author_followers": None, "observed_at": None, "seen_replies": None,
    "seen_shares": None, "seen_likes": None, "older_cells": None,
}  # fmt: skip
_POINTERS: Final = ("parent", "root", "quoted", "shared")
_FIELDS: Final = schema(POSTS)


def to_arrow(posts: Posts) -> tuple[pa.Table, list[Any]]:
    """Return the rows of posts, and their keys; raises where a value fits no column."""
    count, held = len(posts), posts.columns
    own = keys(posts.network, held["id"])
    known = dict(zip(held["id"], own, strict=True))
    cells: dict[str, Any] = {
        "post": own,
        "network": pa.repeat(posts.network, count),
        "author": accounts(posts.network, held["author"]),
        "has_poll": list(map(bool, held["poll"])) if "poll" in held else pa.repeat(False, count),
        "is_reply": _replies(posts),
    }
    for name, default in _SAME.items():
        cells[name] = held[name] if name in held else _constant(name, default, count)
    for name in _POINTERS:
        cells |= _pointer(posts, name, known)
    columns = [pa.array(cells[field.name], field.type) for field in _FIELDS]
    return pa.Table.from_arrays(columns, schema=_FIELDS), own


def attached_rows(posts: Posts, own: Sequence[int]) -> dict[str, list[Row]]:
    """Return the rows of mentions, links and media of posts whose keys are `own`."""
    network = posts.network
    nothing: list[tuple[Any, ...]] = [()] * len(own)
    named = list(zip(own, posts.columns.get("mentions", nothing), strict=True))
    number = {
        account: account_key(network, account)
        for account in {mention.account for _, mentions in named for mention in mentions}
    }
    mentions = [
        (post, number[one.account], one.is_new is not False, one.is_new)
        for post, some in named
        for one in some
    ]
    links = zip(own, posts.columns.get("links", nothing), strict=True)
    media = zip(own, posts.columns.get("media", nothing), strict=True)
    return {
        "mentions": mentions,
        "links": [row for post, some in links if some for row in link_rows(post, network, some)],
        "media": [row for post, some in media if some for row in media_rows(post, network, some)],
    }


def accounts(network: str, ids: Iterable[str | None]) -> list[int | None]:
    """Return the keys of accounts."""
    held = list(ids)
    number: dict[str | None, int | None] = {None: None}
    for account in set(held):
        if account is not None:
            number[account] = account_key(network, account)
    return [number[account] for account in held]


def _pointer(posts: Posts, name: str, known: dict[Any, int | None]) -> dict[str, Any]:
    """Return key, id and author of what posts point at; most of it was written just before."""
    count = len(posts)
    ids: Sequence[str | None] | None = posts.columns.get(name)
    authors = posts.columns.get(f"{name}_author")
    if ids is None:
        found = {name: pa.nulls(count, pa.int64()), f"{name}_id": pa.nulls(count, pa.string())}
    else:
        missing = list(dict.fromkeys(one for one in ids if one is not None and one not in known))
        elsewhere = dict(zip(missing, keys(posts.network, missing), strict=True))
        found = {
            name: [
                None if one is None else known[one] if one in known else elsewhere[one]
                for one in ids
            ],
            f"{name}_id": ids,
        }
    found[f"{name}_author"] = (
        pa.nulls(count, pa.int64()) if authors is None else accounts(posts.network, authors)
    )
    return found


def _replies(posts: Posts) -> Any:
    nothing = [None] * len(posts)
    flags = posts.columns.get("is_reply", nothing)
    parents = posts.columns.get("parent", nothing)
    return [bool(flag) or parent is not None for flag, parent in zip(flags, parents, strict=True)]


def _constant(name: str, value: Any, count: int) -> pa.Array:
    kind = _FIELDS.field(name).type
    return pa.nulls(count, kind) if value is None else pa.repeat(pa.scalar(value, kind), count)

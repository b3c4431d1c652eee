"""What a network may not do to us: ids without end, times beyond the calendar, signs no database takes."""

from dataclasses import replace
from typing import Any

from twoway.core.accounts import Account
from twoway.core.posts import Post, Version
from twoway.desk import clock
from twoway.desk.people.erased import STANDS_FOR

LONGEST_ID = 500
LONGEST_TEXT = 100_000
"""Longer than any network's longest post; the rest is cut."""

_LAST = 4_102_444_800_000_000
"""The year 2100 in µs: whoever writes later than that lies."""

_MOST = 200
"""So many mentions, links or media of one post are kept."""


def is_sound(post: Post) -> bool:
    """Tell whether a post has ids that fit and a time that can be."""
    ids = (post.id, post.author, post.parent, post.root, post.quoted, post.shared)
    return all(name is None or is_id(name) for name in ids) and 0 <= post.said_at < _LAST


def is_id(name: str) -> bool:
    """Tell whether an id fits, and is none that only the desk itself gives."""
    return 0 < len(name) <= LONGEST_ID and "\0" not in name and not name.startswith(STANDS_FOR)


def cleaned(post: Post) -> Post:
    """Return a post whose texts can be stored, said no later than it was seen.

    A clock that runs ahead would hide a post until its time comes: nobody would answer it.
    """
    latest = min(clock.now(), post.observed_at or _LAST)
    found: dict[str, Any] = {
        "text": _text(post.text),
        "language": post.language[:35] if post.language else None,
        "mentions": post.mentions[:_MOST],
        "links": post.links[:_MOST],
        "media": post.media[:_MOST],
        "earlier": tuple(
            Version(version.replaced_at, _text(version.text)) for version in post.earlier[:_MOST]
        ),
    }
    if post.said_at > latest + 5 * clock.MINUTE:
        found["said_at"] = latest
    # Most need none of it, and a new post costs 10 µs.
    if all(getattr(post, name) == value for name, value in found.items()):
        return post
    return replace(post, **found)


def cleaned_account(account: Account) -> Account:
    """Return an account whose texts can be stored."""
    return replace(
        account,
        handle=_text(account.handle),
        name=_text(account.name),
        biography=None if account.biography is None else _text(account.biography),
    )


def _text(text: str) -> str:
    """Without NUL, which PostgreSQL refuses, and halves of letters, which no encoding takes."""
    if "\0" in text:
        text = text.replace("\0", "")
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    return text[:LONGEST_TEXT]

"""A row of a table as a post, and what it tells of its author."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

from twoway.collection.tabular.attached import read_links, read_media
from twoway.collection.tabular.cells import (
    EMPTY,
    Damaged,
    read_count,
    read_flag,
    read_id,
    read_list,
    read_pointer,
)  # fmt: skip
from twoway.collection.tabular.dates import DateForm, NoDate
from twoway.collection.tabular.layout import Cells, Layout
from twoway.collection.tabular.naming import read_mentions
from twoway.collection.tabular.wording import plain
from twoway.collection.values import Lacking, text
from twoway.core.accounts import Account
from twoway.core.posts import Post, Visibility

_VISIBILITY: Final[dict[str, Visibility]] = {
    "private": "followers",
    "followers": "followers",
    "direct": "private",
    "limited": "private",
}
_NO_LANGUAGE: Final = frozenset({"und", "zxx", "art", "qme", "qst", "qht", "qam", "qct"})
# What pandas writes for a missing text; "None" and "null" are things people say.
_NO_TEXT: Final = frozenset({"nan", "NaN", "<NA>"})
_REMEMBERED: Final = 100_000


@dataclass(slots=True, kw_only=True)
class PostMaker:
    """Makes posts of the rows of one table; counts the ids it had to make up."""

    roles: Sequence[str]
    layout: Layout
    network: str
    form: DateForm
    owner: str | None
    is_html: bool
    made_up: int = 0
    _told: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def make(self, values: Sequence[Any]) -> tuple[Post, Account | None]:
        """Return a row's post, and its author where something new is told of them.

        Raises Lacking or NoDate where the row is no post.
        """
        cells: Cells = dict(zip(self.roles, values, strict=True))
        if self.layout.adjust is not None:
            self.layout.adjust(cells)
        handle = _word(cells.get("handle"))
        author = self._author(cells, handle)
        post = self._post(cells, author, self.form.read(cells.get("created_at")))
        return post, self._account(cells, author, handle, post)

    def _author(self, cells: Cells, handle: str) -> str:
        try:
            author = read_id(cells["author"]) if "author" in cells else None
        except Damaged:
            author = None
        found = author or handle or _word(cells.get("name")) or self.owner
        if found is None:
            raise Lacking("no author")
        return found

    def _post(self, cells: Cells, author: str, said_at: int) -> Post:
        get = cells.get
        body = self._body(cells)
        own = self._id(cells, author, said_at, body)
        parent, root = _pointer(get("parent"), own), _pointer(get("root"))
        parent_author = _who(get("parent_author"), get("parent_handle"))
        is_reply = (
            parent is not None
            or parent_author is not None
            or (root is not None and root != own)
            or read_flag(get("is_reply"))
        )
        shared, shared_author = self._shared(cells, own, body)
        is_share = shared is not None
        return Post(
            network=self.network,
            id=own,
            author=author,
            said_at=said_at,
            text="" if is_share else body,
            address=_address(get("address")),
            language=_language(get("language")),
            visibility=_VISIBILITY.get(_word(get("visibility")).lower(), "public"),
            nesting=self.layout.nesting,
            parent=None if is_share else parent,
            parent_author=None if is_share else parent_author,
            root=None if is_share else root,
            quoted=_pointer(get("quoted"), own),
            quoted_author=_pointer(get("quoted_author")),
            shared=shared,
            shared_author=shared_author,
            is_reply=is_reply and not is_share,
            mentions=()
            if is_share
            else read_mentions(get("mentions"), body, self.network, is_reply=is_reply),
            links=()
            if is_share
            else read_links(get("links"), get("link_title"), get("text"), body),
            media=read_media(get("media"), get("alt_text")),
            client=_word(get("client")) or None,
            automatic=read_flag(get("automatic")),
            deleted_at=self._deleted_at(cells, said_at),
            author_followers=read_count(get("followers")),
            observed_at=self._time(get("observed_at")),
            seen_replies=read_count(get("replies")),
            seen_shares=read_count(get("shares")),
            seen_likes=read_count(get("likes")),
        )

    def _body(self, cells: Cells) -> str:
        raw = cells.get("text")
        body = plain(raw, is_html=self.is_html) if raw.__class__ is str else ""
        if body in _NO_TEXT:
            body = ""
        title = _word(cells.get("title"))
        if not title or body.startswith(title):
            return body
        return f"{title}\n\n{body}".strip()

    def _id(self, cells: Cells, author: str, said_at: int, body: str) -> str:
        """Return the id, or one made of author, time and text: the same whenever it is read."""
        try:
            own = read_id(cells.get("id"))
        except Damaged:
            own = None
        if own is None:
            self.made_up += 1
            digest = blake2b(f"{author}\n{said_at}\n{body}".encode(errors="replace"), digest_size=8)
            return f"made-up-{digest.hexdigest()}"
        return own

    def _shared(self, cells: Cells, own: str, body: str) -> tuple[str | None, str | None]:
        """Return what a plain share shares; where the table does not say it, a stand-in."""
        shared = _pointer(cells.get("shared"), own)
        is_old_form = self.network == "x" and body.startswith("RT @")
        if shared is None and not is_old_form and not read_flag(cells.get("is_share")):
            return None, None
        author = _pointer(cells.get("shared_author"))
        if author is None and is_old_form:
            author = body[3:].partition(":")[0].partition(" ")[0].lower()
        return shared or f"shared by {own}", author

    def _deleted_at(self, cells: Cells, said_at: int) -> int | None:
        """Return when it was deleted; at the latest when it was seen to be gone."""
        at = self._time(cells.get("deleted_at"))
        if at is None and read_flag(cells.get("is_deleted")):
            return self._time(cells.get("observed_at")) or said_at
        return at

    def _time(self, value: Any) -> int | None:
        if value is None or value == "":
            return None
        try:
            return self.form.read(value)
        except NoDate:
            return None

    def _account(self, cells: Cells, author: str, handle: str, post: Post) -> Account | None:
        """Return the author when they are seen first or something of them has changed."""
        get = cells.get
        told = (handle, get("name"), get("biography"))
        if self._told.get(author) == told:
            return None
        if len(self._told) >= _REMEMBERED:
            self._told.clear()
        self._told[author] = told
        if told == (author, None, None):
            return None
        return Account(
            network=self.network,
            id=author,
            handle=handle or author,
            name=_word(get("name")),
            biography=text(get("biography")) or None,
            followers=read_count(get("followers")),
            following=read_count(get("following")),
            automatic=read_flag(get("automatic")),
            observed_at=post.observed_at or post.said_at,
        )


def _word(value: Any) -> str:
    """Return a name in a cell, without @ and what tools write for nothing."""
    if value is None:
        return ""
    found = (text(value) if isinstance(value, str) else str(value)).strip()
    return "" if found.lower() in EMPTY else found.removeprefix("@")[:500]


def _pointer(value: Any, own: str | None = None) -> str | None:
    """Return the id of something else; a post that points at itself points nowhere."""
    found = read_pointer(value) if value else None
    return None if found == own else found


def _who(account: Any, handle: Any) -> str | None:
    """Return an account by its id, else by its handle."""
    found = _pointer(account)
    if found is None and handle:
        name = _word(handle)
        return f"@{name}" if name else None
    return found


def _address(value: Any) -> str | None:
    if not isinstance(value, str) or "://" not in value[:12]:
        return (
            f"https://www.reddit.com{value}"
            if isinstance(value, str) and value[:3] == "/r/"
            else None
        )
    return value.strip()[:2_000]


def _language(value: Any) -> str | None:
    if value is None or value == "":
        return None
    first = (
        next(iter(read_list(value)), "") if not isinstance(value, str) or value[0] == "[" else value
    )
    found = str(first).strip().lower()
    return found if 2 <= len(found) <= 12 and found not in _NO_LANGUAGE | EMPTY else None

"""Reads TWCS, "Customer Support on Twitter": three million posts of people and support accounts.

Seven columns; companies keep their handle as author_id, people have numbers. All ids were made
anew for the data set, so they carry `twcs-` here and never meet those of X.
"""

from collections.abc import Collection, Iterator
from typing import Any, Final

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Posts, Record, Rejected
from twoway.collection.source import Source
from twoway.collection.tabular.cells import Damaged, read_flag, read_id, read_pointer
from twoway.collection.tabular.columns import Columns
from twoway.collection.tabular.dates import choose_form
from twoway.collection.tabular.delimited import Delimited
from twoway.collection.tabular.files import table_names
from twoway.collection.tabular.layout import Cells, Layout
from twoway.collection.tabular.posts import PostMaker
from twoway.collection.tabular.roles import normal
from twoway.collection.tabular.rows import in_batches
from twoway.collection.tabular.zones import find_zone
from twoway.core.coverage import Coverage, Stream

NAME = "TWCS (Customer Support on Twitter)"
PRIORITY = 20

_NETWORK: Final = "x"
# Roles of our columns; response_tweet_id lists a post's answers, which name it themselves.
_COLUMNS: Final = {
    "id": "tweet_id",
    "handle": "author_id",
    "inbound": "inbound",
    "created_at": "created_at",
    "text": "text",
    "parent": "in_response_to_tweet_id",
}
_AUTHOR, _INBOUND = (tuple(_COLUMNS).index(role) for role in ("handle", "inbound"))
_SEVEN: Final = frozenset({*_COLUMNS.values(), "response_tweet_id"})
_STREAMS: Final[tuple[Stream, ...]] = ("originals", "replies", "comments")
_HOW: Final = "TWCS holds conversations with support accounts, a sample of what was said"


def recognises(source: Source) -> bool:
    """Tell it by its seven columns."""
    return any(_columns(source, name) for name in table_names(source))


def read(source: Source, options: Options) -> Iterator[Record]:
    """Hand over every post, and the coverage of the companies: those who wrote what is not inbound."""
    seen = _Seen()
    for name in table_names(source):
        if columns := _columns(source, name):
            yield from _read_file(Delimited(source, name), columns, options, seen)
    yield from seen.coverage()


def _columns(source: Source, name: str) -> dict[str, str]:
    """Return the file's names for ours; nothing where it is not TWCS."""
    try:
        found = {normal(column): column for column in Delimited(source, name).columns}
    except Unreadable:
        return {}
    return found if found.keys() >= _SEVEN else {}


def _read_file(
    table: Delimited, columns: dict[str, str], options: Options, seen: "_Seen"
) -> Iterator[Record]:
    maker = PostMaker(
        file=table.name,
        columns=Columns(Layout(name=NAME, network=_NETWORK, adjust=_adjust), _COLUMNS, ()),
        network=options.network or _NETWORK,
        form=choose_form((), find_zone(options.zone)),
        owner=None,
        is_html=False,
    )
    for rows in in_batches(table.rows([columns[theirs] for theirs in _COLUMNS.values()])):
        if isinstance(rows, Rejected):
            yield rows
            continue
        companies = {_account(row[1][_AUTHOR]) for row in rows if not read_flag(row[1][_INBOUND])}
        for record in maker.make(rows):
            if isinstance(record, Posts):
                seen.note(record, companies)
            yield record


def _adjust(cells: Cells) -> None:
    """Set the data set's own numbers apart from X's."""
    cells["id"] = _own(cells.get("id"))
    cells["parent"] = _own(read_pointer(cells.get("parent")))
    handle = cells["handle"] = read_id(cells.get("handle"))
    cells["author"] = _account(handle)


def _own(value: Any) -> str | None:
    try:
        found = read_id(value)
    except Damaged:
        return None
    return f"twcs-{found}" if found else None


def _account(handle: Any) -> str | None:
    """Return a company's handle as it is, a person's number set apart."""
    return _own(handle) if handle and str(handle).strip().isdigit() else handle or None


class _Seen:
    """From when to when each company wrote or was written to."""

    def __init__(self) -> None:
        self._spans: dict[tuple[str, str], tuple[int, int]] = {}
        self._last_heard: dict[str, int] = {}

    def note(self, posts: Posts, companies: Collection[str | None]) -> None:
        columns = posts.columns
        for author, at, text in zip(
            columns["author"], columns["said_at"], columns["text"], strict=True
        ):
            if author in companies:
                company = (posts.network, author)
                begins, ends = self._spans.get(company, (at, at))
                self._spans[company] = min(begins, at), max(ends, at)
            elif text.startswith("@"):
                to = text[1:].split(maxsplit=1)[0].lower() if len(text) > 1 else ""
                self._last_heard[to] = max(at, self._last_heard.get(to, 0))

    def coverage(self) -> Iterator[Coverage]:
        for (network, account), (begins, ends) in self._spans.items():
            last = max(ends, self._last_heard.get(account.lower(), 0))
            for stream in _STREAMS:
                yield Coverage(
                    network=network, account=account, stream=stream, begins=begins, ends=last,
                    is_complete=False, how=_HOW,
                )  # fmt: skip

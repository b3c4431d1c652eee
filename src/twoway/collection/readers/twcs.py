"""Reads TWCS, "Customer Support on Twitter": three million posts of people and support accounts.

Seven columns; companies keep their handle as author_id, people have numbers. All ids were made
anew for the data set, so they carry `twcs-` here and never meet those of X.
"""

from collections.abc import Iterator
from typing import Any, Final

from twoway.collection.errors import Unreadable
from twoway.collection.reader import Options
from twoway.collection.records import Record, Rejected
from twoway.collection.source import Source
from twoway.collection.tabular.cells import Damaged, read_flag, read_id, read_pointer
from twoway.collection.tabular.dates import choose_form
from twoway.collection.tabular.delimited import Delimited
from twoway.collection.tabular.files import table_names
from twoway.collection.tabular.layout import Cells, Layout
from twoway.collection.tabular.posts import PostMaker
from twoway.collection.tabular.roles import normal
from twoway.collection.tabular.wording import leading
from twoway.collection.tabular.zones import find_zone
from twoway.core.coverage import Coverage, Stream
from twoway.core.posts import Post

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
        roles=tuple(_COLUMNS),
        layout=Layout(name=NAME, network=_NETWORK, adjust=_adjust),
        network=options.network or _NETWORK,
        form=choose_form((), find_zone(options.zone)),
        owner=None,
        is_html=False,
    )
    inbound = tuple(_COLUMNS).index("inbound")
    for row in table.rows([columns[theirs] for theirs in _COLUMNS.values()]):
        if isinstance(row, Rejected):
            yield row
            continue
        line, values = row
        try:
            post, account = maker.make(values)
        except ValueError as error:
            yield Rejected(table.name, line, str(error), ",".join(values)[:2_000])
            continue
        seen.note(post, is_inbound=read_flag(values[inbound]))
        yield post
        if account is not None:
            yield account


def _adjust(cells: Cells) -> None:
    """Set the data set's own numbers apart from X's."""
    cells["id"] = _own(cells.get("id"))
    cells["parent"] = _own(read_pointer(cells.get("parent")))
    handle = cells["handle"] = read_id(cells.get("handle"))
    cells["author"] = _own(handle) if handle and handle.isdigit() else handle


def _own(value: Any) -> str | None:
    try:
        found = read_id(value)
    except Damaged:
        return None
    return f"twcs-{found}" if found else None


class _Seen:
    """From when to when each company wrote or was written to."""

    def __init__(self) -> None:
        self._spans: dict[tuple[str, str], tuple[int, int]] = {}
        self._last_heard: dict[str, int] = {}

    def note(self, post: Post, *, is_inbound: bool) -> None:
        if is_inbound:
            to = leading(post.text).strip().split(" ")[0].lower()
            if len(to) > 1:
                self._last_heard[to] = max(post.said_at, self._last_heard.get(to, 0))
            return
        company = (post.network, post.author)
        begins, ends = self._spans.get(company, (post.said_at, post.said_at))
        self._spans[company] = min(begins, post.said_at), max(ends, post.said_at)

    def coverage(self) -> Iterator[Coverage]:
        for (network, account), (begins, ends) in self._spans.items():
            last = max(ends, self._last_heard.get(f"@{account.lower()}", 0))
            for stream in _STREAMS:
                yield Coverage(
                    network=network, account=account, stream=stream, begins=begins, ends=last,
                    is_complete=False, how=_HOW,
                )  # fmt: skip

"""The index beside the posts: written in the transaction that writes them.

SQLite has a contentless FTS5 table, PostgreSQL a table of tsvectors. Facets (organisation, channel,
month, language, kind, account, whose) are tokens too, so that a filter is part of the search.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
from django.db import connection

from twoway.desk import clock
from twoway.desk.database import array, writing
from twoway.desk.inbox.search.tokens import tokens

SQLITE = """
create virtual table inbox_post_search using fts5(
    text, facet, content='', tokenize="unicode61 remove_diacritics 0", detail=column, columnsize=0
)
"""
# As migration 0003 made it; 0005 lets it collect entries and 0009 says how many: what goes in by word,
# not post by post, takes a third of the time.
POSTGRESQL = """
create table inbox_post_search (post_id bigint primary key, tokens tsvector not null);
alter table inbox_post_search alter column tokens set statistics 1000;
create index inbox_post_search_tokens on inbox_post_search using gin (tokens)
    with (fastupdate = off);
"""

_PAGES_AT_ONCE = 1_000
_ENCODE = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Entry:
    """One post as the index has it: its id, its text, its facets parted by spaces."""

    post: int
    text: str
    facets: str


def month(at: int) -> int:
    """Return the number of a month, from year 0 on."""
    day = clock.moment(at)
    return day.year * 12 + day.month - 1


def facets(
    *,
    organisation: int,
    channel: int,
    account: int,
    said_at: int,
    language: str,
    kinds: Iterable[str],
    is_ours: bool,
) -> str:
    """Return the facets of a post, letters and digits only."""
    named = [f"o{organisation}", f"c{channel}", f"a{account}", f"m{month(said_at)}"]
    named += ["w1" if is_ours else "w0", *(f"k{kind.replace('_', '')}" for kind in sorted(kinds))]
    if language.isalnum():
        named.append(f"l{language}")
    return " ".join(named)


def change(added: Sequence[Entry], removed: Sequence[Entry]) -> None:
    """Put posts into the index and take others out, by what was put in."""
    prepare(added, removed)()


def prepare(added: Sequence[Entry], removed: Sequence[Entry]) -> Callable[[], None]:
    """Find the words of such a change now; return what writes it."""
    if connection.vendor == "sqlite":
        # In the order of their ids FTS5 appends, out of it each row begins a segment of its own.
        return partial(_change_sqlite, sorted(map(_row, added)), [*map(_row, removed)])
    kept = {entry.post for entry in added}
    rows = [(entry.post, " ".join(map(_quoted, vector(entry)))) for entry in added]
    gone = [entry.post for entry in removed if entry.post not in kept]
    return partial(_change_postgresql, _ENCODE(rows).decode() if rows else "", gone)


def _row(entry: Entry) -> tuple[int, str, str]:
    return entry.post, " ".join(tokens(entry.text)), entry.facets


def _change_sqlite(added: Sequence[Any], removed: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        if removed:
            cursor.executemany(
                "insert into inbox_post_search(inbox_post_search, rowid, text, facet) "
                "values ('delete', %s, %s, %s)",
                removed,
            )
        if added:
            cursor.executemany(
                "insert into inbox_post_search(rowid, text, facet) values (%s, %s, %s)", added
            )


def _change_postgresql(added: str, gone: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        if gone:
            cursor.execute("delete from inbox_post_search where post_id = any(%s)", [array(gone)])
        if added:
            cursor.execute(
                "insert into inbox_post_search (post_id, tokens) "
                "select (value ->> 0)::bigint, (value ->> 1)::tsvector "
                "from json_array_elements(%s::json) "
                "on conflict (post_id) do update set tokens = excluded.tokens",
                [added],
            )


def _quoted(token: str) -> str:
    """A token as a tsvector reads it; ours hold no quotes and no backslashes."""
    return f"'{token}'"


def vector(entry: Entry) -> list[str]:
    """Return the tokens of an entry as PostgreSQL keeps them: facets told apart by a leading "="."""
    words = dict.fromkeys(tokens(entry.text))
    return [*words, *(f"={facet}" for facet in entry.facets.split())]


def squeeze() -> None:
    """Let the index of SQLite hold no more of what was taken out of it: it only notes that first.

    A little at a time, so that nobody waits long; PostgreSQL forgets at once.
    """
    pages = -_PAGES_AT_ONCE
    while connection.vendor == "sqlite":
        with writing(), connection.cursor() as cursor:
            before = connection.connection.total_changes
            cursor.execute(
                "insert into inbox_post_search(inbox_post_search, rank) values ('merge', %s)",
                [pages],
            )
            # So FTS5 says that there is nothing left to merge.
            if connection.connection.total_changes - before < 2:
                return
        pages = _PAGES_AT_ONCE

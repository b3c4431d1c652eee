"""Records on their way into a collection: rows of core/tables.py in Parquet files of a scratch folder.

Batches are sorted by their first column, so that a merge which takes one range of keys at a time
skips most of every file. Memory holds one batch of each table.
"""

from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from twoway.collection import rows
from twoway.collection.parts import schema
from twoway.collection.records import Note, Own, Record, Rejected
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage
from twoway.core.posts import Post
from twoway.core.reactions import Mark, Reaction
from twoway.core.tables import TABLES, Table

# Posts of one batch: some 100 MB of Python objects; a row group is an eighth of it.
BATCH: Final = 64_000
_GROUPS: Final = 8
# Few values, often repeated: everything else is faster without a dictionary.
_REPEATED = ["network", "visibility", "nesting", "client", "language", "kind", "stream", "how"]


_REMEMBERED: Final = 500_000
_AUTHOR: Final = TABLES["posts"].names.index("author")
_OTHER_NAMES: Final = ("parent_author", "root_author", "quoted_author", "shared_author")
_OTHERS: Final = attrgetter(*_OTHER_NAMES)
_OTHER_KEYS: Final = tuple(TABLES["posts"].names.index(name) for name in _OTHER_NAMES)


class Staging:
    """Takes records, keeps their rows in `folder/<table>.parquet`, and counts what came."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.posts = 0
        self.rejected = 0
        self.notes: dict[str, None] = {}
        self.owners: list[Own] = []
        self.states_coverage = False
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._rejects = (folder / "rejects.jsonl").open("wb")
        self._named: set[int] = set()
        self._adders: dict[type, Callable[[Any], None]] = {
            Post: self._add_post,
            Account: self._add_account,
            Follow: lambda follow: self._rows["follows"].append(rows.of_follow(follow)),
            Reaction: lambda reaction: self._rows["reactions"].append(rows.of_reaction(reaction)),
            Mark: lambda mark: self._rows["marks"].append(rows.of_mark(mark)),
            Coverage: self._add_coverage,
            Rejected: self.reject,
            Note: lambda note: self.notes.setdefault(note.text),
            Own: self.owners.append,
        }

    def add(self, record: Record) -> None:
        """Keep one record."""
        self._adders[type(record)](record)

    def reject(self, rejected: Rejected) -> None:
        """Keep a row that could not be read aside."""
        self.rejected += 1
        self._rejects.write(orjson.dumps(rejected, default=str, option=orjson.OPT_APPEND_NEWLINE))

    def files(self, table: str) -> list[Path]:
        """The staged file of a table, if it has rows."""
        path = self.folder / f"{table}.parquet"
        return [path] if path.exists() else []

    def close(self) -> None:
        """Write what is still held."""
        for name in self._rows:
            self._flush(name)
        for writer in self._writers.values():
            writer.close()
        self._rejects.close()

    def _add_post(self, post: Post) -> None:
        self.posts += 1
        held = self._rows
        row = rows.of_post(post)
        own = row[0]
        held["posts"].append(row)
        self._name(post.network, post.author, row[_AUTHOR])
        for account, place in zip(_OTHERS(post), _OTHER_KEYS, strict=True):
            if account is not None:
                self._name(post.network, account, row[place])
        if post.mentions:
            named = list(rows.of_mentions(own, post))
            held["mentions"] += named
            for mention, found in zip(post.mentions, named, strict=True):
                self._name(post.network, mention.account, found[1])
        if post.links:
            held["links"].extend(rows.of_links(own, post))
        if post.media:
            held["media"].extend(rows.of_media(own, post))
        if post.earlier:
            held["versions"].extend(rows.of_versions(own, post))
        if len(held["posts"]) >= BATCH:
            self._flush_all(BATCH // _GROUPS)

    def _name(self, network: str, account: str, number: int) -> None:
        """Keep a row for an account that a post names, so that everybody named has one.

        It knows nothing but the id; what a reader knows of the account wins in the merge.
        """
        if number in self._named:
            return
        if len(self._named) >= _REMEMBERED:
            self._named.clear()
        self._named.add(number)
        self._add_account(Account(network=network, id=account, handle=account))

    def _add_account(self, account: Account) -> None:
        self._rows["accounts"].append(rows.of_account(account))

    def _add_coverage(self, coverage: Coverage) -> None:
        self.states_coverage = True
        self._rows["coverage"].append(rows.of_coverage(coverage))

    def _flush_all(self, least: int) -> None:
        for name, held in self._rows.items():
            if len(held) >= least:
                self._flush(name)

    def _flush(self, name: str) -> None:
        held = self._rows[name]
        if not held:
            return
        table = TABLES[name]
        batch = _to_arrow(table, held, self.reject)
        if name == "posts":
            self.posts -= len(held) - batch.num_rows
        order = pc.sort_indices(batch.column(0))
        if name not in self._writers:
            self._writers[name] = pq.ParquetWriter(
                self.folder / f"{name}.parquet",
                batch.schema,
                compression="lz4",
                use_dictionary=[column for column in table.names if column in _REPEATED],
                write_statistics=[table.names[0]],
            )
        self._writers[name].write_table(
            batch.take(order), row_group_size=max(1024, -(-len(held) // _GROUPS))
        )
        held.clear()


def _to_arrow(
    table: Table, held: list[tuple[Any, ...]], reject: Callable[[Rejected], None]
) -> pa.Table:
    """Turn rows into columns; a row that no column can hold is rejected alone."""
    try:
        return _columns(table, held)
    except (pa.ArrowException, OverflowError, UnicodeError, ValueError, TypeError):
        return _columns(table, list(_holdable(table, held, reject)))


def _columns(table: Table, held: list[tuple[Any, ...]]) -> pa.Table:
    fields = schema(table)
    columns = zip(*held, strict=True) if held else [()] * len(fields)
    return pa.Table.from_arrays(
        [pa.array(cells, field.type) for cells, field in zip(columns, fields, strict=True)],
        schema=fields,
    )


def _holdable(
    table: Table, held: list[tuple[Any, ...]], reject: Callable[[Rejected], None]
) -> Iterator[tuple[Any, ...]]:
    for row in held:
        try:
            _columns(table, [row])
        except (pa.ArrowException, OverflowError, UnicodeError, ValueError, TypeError) as error:
            raw = repr(row)[:2_000].encode(errors="replace").decode()
            reject(Rejected(table.name, 0, f"a value does not fit its column ({error})", raw))
        else:
            yield row

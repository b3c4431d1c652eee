"""Records on their way into a collection: rows of core/tables.py in Parquet files of a scratch folder.

Batches are sorted by their first column, so that a merge which takes one range of keys at a time
skips most of every file. Memory holds one batch of each table.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from twoway.collection import rows
from twoway.collection.batches import attached_rows, to_arrow
from twoway.collection.deletions import DELETIONS
from twoway.collection.parts import schema
from twoway.collection.records import Deletion, Note, Own, Posts, Record, Rejected
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage
from twoway.core.posts import Post
from twoway.core.reactions import Mark, Reaction
from twoway.core.tables import TABLES, Table

# What is staged: the tables of a collection, and what only changes them.
STAGED: Final = {**TABLES, DELETIONS.name: DELETIONS}
# Posts of one batch: some 100 MB of Python objects; a row group is an eighth of it.
BATCH: Final = 64_000
TEXT: Final = 64 * 1024**2
_GROUPS: Final = 8
# Few values, often repeated: everything else is faster without a dictionary.
_REPEATED = ["network", "visibility", "nesting", "client", "language", "kind", "stream", "how"]


# What Arrow raises for a value that fits no column.
UNFIT: Final = (pa.ArrowException, OverflowError, UnicodeError, ValueError, TypeError)
_REMEMBERED: Final = 500_000
_AUTHOR: Final = TABLES["posts"].names.index("author")
_OTHERS: Final = tuple(
    (TABLES["posts"].names.index(name), name)
    for name in ("parent_author", "root_author", "quoted_author", "shared_author")
)


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
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in STAGED}
        self._batches: list[pa.Table] = []
        self._batched = 0
        self._text_size = 0
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._rejects = (folder / "rejects.jsonl").open("wb")
        self._named: set[int] = set()
        self._adders: dict[type, Callable[[Any], None]] = {
            Post: self._add_post,
            Posts: self._add_posts,
            Account: self._add_account,
            Follow: lambda follow: self._rows["follows"].append(rows.of_follow(follow)),
            Reaction: lambda reaction: self._rows["reactions"].append(rows.of_reaction(reaction)),
            Deletion: lambda gone: self._rows["deletions"].append(rows.of_deletion(gone)),
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
        try:
            row = rows.of_post(post)
        except UnicodeError as error:  # half an emoji in an id
            self.reject(
                Rejected("posts", 0, f"an id that is no text ({error})", repr(post)[:2_000])
            )
            return
        self.posts += 1
        self._rows["posts"].append(row)
        self._text_size += len(post.text)
        if row[_AUTHOR] not in self._named:
            self._name(post.network, post.author)
        for place, name in _OTHERS:
            if row[place] is not None and row[place] not in self._named:
                self._name(post.network, getattr(post, name))
        self._rows["mentions"].extend(rows.of_mentions(row[0], post))
        self._rows["links"].extend(rows.of_links(row[0], post))
        self._rows["media"].extend(rows.of_media(row[0], post))
        self._name_all(post.network, {mention.account for mention in post.mentions})
        if post.earlier:
            self._rows["versions"].extend(rows.of_versions(row[0], post))
        self._flush_when_full()

    def _add_posts(self, posts: Posts) -> None:
        """Keep many posts; one that no column can hold is found among them and rejected alone."""
        try:
            table, own = to_arrow(posts)
        except UNFIT:
            for post in posts:
                self._add_post(post)
            return
        self.posts += len(posts)
        self._batches.append(table)
        self._batched += len(posts)
        self._text_size += sum(map(len, posts.columns.get("text", ())))
        for name in ("author", *(name for _, name in _OTHERS)):
            self._name_all(posts.network, posts.columns.get(name, ()))
        for name, made in attached_rows(posts, own).items():
            self._rows[name] += made
        mentions = posts.columns.get("mentions", ())
        self._name_all(posts.network, (one.account for some in mentions for one in some))
        self._flush_when_full()

    def _name_all(self, network: str, accounts: Iterable[str | None]) -> None:
        for account in set(accounts):
            if account is not None and rows.account_key(network, account) not in self._named:
                self._name(network, account)

    def _name(self, network: str, account: str) -> None:
        """Keep a row for an account that a post names, so that everybody named has one.

        It knows nothing but the id; what a reader knows of the account wins in the merge.
        """
        if len(self._named) >= _REMEMBERED:
            self._named.clear()
        self._add_account(Account(network=network, id=account, handle=account))

    def _add_account(self, account: Account) -> None:
        row = rows.of_account(account)
        self._named.add(row[0])
        self._rows["accounts"].append(row)

    def _add_coverage(self, coverage: Coverage) -> None:
        self.states_coverage = True
        self._rows["coverage"].append(rows.of_coverage(coverage))

    def _flush_when_full(self) -> None:
        if len(self._rows["posts"]) + self._batched < BATCH and self._text_size < TEXT:
            return
        for name, held in self._rows.items():
            if len(held) >= BATCH // _GROUPS or name == "posts":
                self._flush(name)

    def _flush(self, name: str) -> None:
        held = self._rows[name]
        table = STAGED[name]
        batch = _to_arrow(table, held, self.reject)
        if name == "posts":
            self.posts -= len(held) - batch.num_rows
            batch = pa.concat_tables([batch, *self._batches])
            self._batches, self._batched, self._text_size = [], 0, 0
        held.clear()
        if not batch.num_rows:
            return
        if name not in self._writers:
            self._writers[name] = pq.ParquetWriter(
                self.folder / f"{name}.parquet",
                batch.schema,
                compression="lz4",
                use_dictionary=[column for column in table.names if column in _REPEATED],
                write_statistics=[table.names[0]],
            )
        self._writers[name].write_table(
            batch.take(pc.sort_indices(batch.column(0))),
            row_group_size=max(1024, -(-batch.num_rows // _GROUPS)),
        )


def _to_arrow(
    table: Table, held: list[tuple[Any, ...]], reject: Callable[[Rejected], None]
) -> pa.Table:
    """Turn rows into columns; a row that no column can hold is rejected alone."""
    try:
        return _columns(table, held)
    except UNFIT:
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
        except UNFIT as error:
            raw = repr(row)[:2_000].encode(errors="replace").decode()
            reject(Rejected(table.name, 0, f"a value does not fit its column ({error})", raw))
        else:
            yield row

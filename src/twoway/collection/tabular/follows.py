"""A table of who follows whom."""

from collections.abc import Iterator

from twoway.collection.records import Note, Record, Rejected
from twoway.collection.tabular.cells import Damaged, read_id
from twoway.collection.tabular.columns import Columns
from twoway.collection.tabular.networks import UNKNOWN
from twoway.collection.tabular.rows import TableFile
from twoway.core.accounts import Follow


def read_follows(table: TableFile, columns: Columns, network: str | None) -> Iterator[Record]:
    """Hand over follows; they are no posts, so nobody can be judged by them alone."""
    yield Note(f"{table.name} lists who follows whom; it holds no posts.")
    for row in table.rows([columns.of["follower"], columns.of["followed"]]):
        if isinstance(row, Rejected):
            yield row
            continue
        line, values = row
        try:
            follower, followed = map(read_id, values)
        except Damaged:
            follower = followed = None
        if follower and followed:
            guessed = "bluesky" if follower.startswith("did:") else UNKNOWN
            yield Follow(network=network or guessed, follower=follower, followed=followed)
        else:
            yield Rejected(table.name, line, "names no two accounts", str(values)[:2_000])

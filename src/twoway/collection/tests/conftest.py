"""What the tests of collections share: folders that are quickly made, and rows as dictionaries."""

from itertools import count

import duckdb
import pytest

from twoway.collection.folder import Collection
from twoway.collection.gathering import gather, gather_records
from twoway.collection.reader import Options
from twoway.collection.readers import readers
from twoway.core.posts import Post
from twoway.core.tables import TABLES

MINUTE = 60_000_000
# Monday, 2 March 2026, 09:00 UTC
MORNING = 1_772_442_000_000_000


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "collection"


@pytest.fixture
def gather_all(folder):
    """Import records under ever new names, without readings unless asked."""
    names = map(str, count())

    def run(*records, language=False, into=folder):
        return gather_records(records, into, next(names), language=language)

    return run


@pytest.fixture
def gather_files(folder):
    """Import files with every reader of this room, without readings."""

    def run(*paths, into=folder, **options):
        return gather(paths, into, readers(), Options(**options), language=False)

    return run


@pytest.fixture
def rows(folder):
    """Rows of a table as dictionaries, in the order of its identity."""

    def read(table, of=folder):
        files = [str(file) for file in Collection.open(of).files(table)]
        if not files:
            return []
        names = TABLES[table].names
        columns = ", ".join(f'"{name}"' for name in names)
        order = ", ".join(TABLES[table].identity)
        found = duckdb.connect().execute(
            f"select {columns} from read_parquet({files}) order by {order}"
        )
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return read


@pytest.fixture
def say():
    """Make posts of the harbour museum and the people around it, a minute apart."""

    def make(own_id, author="museum", minute=0, **more):
        said_at = more.pop("said_at", MORNING + minute * MINUTE)
        return Post(network="x", id=own_id, author=author, said_at=said_at, **more)

    return make

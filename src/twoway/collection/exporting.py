"""All that a collection knows of a person, for that person: what they are, wrote, did, and were read as."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from twoway.collection.database import MEMORY, Database
from twoway.collection.folder import Collection
from twoway.collection.people import find_accounts
from twoway.core.tables import TABLES

# What others wrote is theirs: of a post that names the person only its address is told.
_ABOUT: Final = {
    "accounts": "from accounts semi join chosen using (account)",
    "posts": "from posts where author in (select account from chosen) order by said_at, post",
    "links": "from links semi join theirs using (post)",
    "media": "from media semi join theirs using (post)",
    "versions": "from versions semi join theirs using (post) order by post, version",
    "readings": "from readings semi join theirs using (post)",
    "kinds": "from kinds semi join theirs using (post)",
    "marks": "from marks semi join theirs using (post)",
    "mentions": "select m.*, p.network, p.id, p.address from mentions m "
    "semi join chosen using (account) left join posts p using (post)",
    "reactions": "select r.*, p.network, p.id, p.address from reactions r "
    "semi join chosen using (account) left join posts p using (post)",
    "follows": "from follows where follower in (select account from chosen) "
    "or followed in (select account from chosen)",
    "coverage": "from coverage semi join chosen using (account)",
    "organisations": "from organisations semi join chosen using (account)",
}
_BATCH: Final = 1_000


def export(
    folder: Path | str, accounts: Sequence[str], memory: str = MEMORY
) -> Iterator[dict[str, Any]]:
    """Hand over every row about these accounts, each with the name of its table under "table"."""
    collection = Collection.open(folder)
    with (
        TemporaryDirectory(prefix="twoway-") as scratch,
        closing(Database(Path(scratch), memory)) as database,
    ):
        for table in TABLES.values():
            database.view(table.name, table, collection.files(table.name))
        find_accounts(database, collection.path, accounts)
        database.run(
            "create table theirs as select post from posts "
            "where author in (select account from chosen)"
        )
        for name, query in _ABOUT.items():
            columns = [row[0] for row in database.rows(f"describe {query}")]
            for rows in database.batches(query, _BATCH):
                for row in rows:
                    yield {"table": name, **dict(zip(columns, row, strict=True))}

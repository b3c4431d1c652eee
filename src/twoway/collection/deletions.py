"""What networks say is gone, brought to the posts it concerns."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from twoway.collection.database import Database
from twoway.core.tables import Column, Table

DELETIONS: Final = Table(
    "deletions",
    "one post that a network says is gone; staged only, never kept",
    ("post",),
    (
        Column("post", "bigint", "key of (network, id)"),
        Column("deleted_at", "bigint", "µs"),
    ),
)


def honour(database: Database, files: Sequence[Path]) -> None:
    """Mark posts of view all_posts as deleted; one that we never had leaves no trace."""
    if not files:
        return
    database.view("all_deletions", DELETIONS, files)
    database.run("alter view all_posts rename to standing_posts")
    database.run(
        "create view all_posts as "
        "select p.* replace (least(p.deleted_at, d.deleted_at) as deleted_at) "
        "from standing_posts p left join "
        "(select post, min(deleted_at) as deleted_at from all_deletions group by post) d "
        "using (post)"
    )

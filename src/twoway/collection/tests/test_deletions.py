"""What a network says is gone is gone, whenever the word arrives."""

from dataclasses import replace

import duckdb
import pytest

from twoway.collection.folder import Collection
from twoway.collection.gathering import gather_records
from twoway.collection.records import Deletion
from twoway.core.posts import Post

POST = Post(network="mastodon", id="1", author="ada", said_at=1_000, text="Hello")
OTHER = replace(POST, id="2")
GONE = Deletion("mastodon", "1", 5_000)


def deleted(folder):
    files = [str(path) for path in Collection.open(folder).files("posts")]
    rows = duckdb.sql(f"select id, deleted_at from read_parquet({files}) order by id").fetchall()
    return dict(rows)


@pytest.mark.parametrize(
    "gatherings",
    [
        [[POST, OTHER, GONE]],
        [[GONE, OTHER, POST]],
        [[POST, OTHER], [GONE]],
        [[POST, OTHER], [GONE], [POST]],
        [[POST, OTHER], [replace(GONE, deleted_at=9_000), GONE]],
    ],
)
def test_a_deleted_post_stays_deleted(tmp_path, gatherings):
    for records in gatherings:
        gather_records(records, tmp_path / "c", "test", language=False)
    assert deleted(tmp_path / "c") == {"1": 5_000, "2": None}


def test_what_we_never_had_leaves_no_trace(tmp_path):
    gather_records([OTHER, GONE], tmp_path / "c", "test", language=False)
    assert deleted(tmp_path / "c") == {"2": None}

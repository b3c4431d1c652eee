"""Repositories in a temporary folder, and their records."""

import pytest

from twoway.collection.reader import Options
from twoway.collection.source import Source
from twoway.networks.bluesky import archive as bluesky_archive
from twoway.networks.bluesky.tests.larchtea import Repository


@pytest.fixture
def read(tmp_path):
    """Read a repository, or a path, and return the records, all or those of one type."""

    def run(found, kind=object, **options):
        path = found
        if isinstance(found, Repository | bytes):
            path = tmp_path / "repo.car"
            path.write_bytes(found if isinstance(found, bytes) else found.car())
        with Source(path) as source:
            assert bluesky_archive.recognises(source)
            records = list(bluesky_archive.read(source, Options(**options)))
        return [record for record in records if isinstance(record, kind)]

    return run

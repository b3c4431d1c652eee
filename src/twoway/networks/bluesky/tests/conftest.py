"""Repositories in a temporary folder and their records, and a real network to play on."""

import pytest
from servers.jetstream import jetstream

from twoway.collection.reader import Options
from twoway.collection.source import Source
from twoway.networks.bluesky import archive as bluesky_archive
from twoway.networks.bluesky.tests.larchtea import Repository
from twoway.networks.bluesky.tests.stage import Stage


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


@pytest.fixture(scope="session")
def bluesky_stream(bluesky):
    """A Jetstream over the real network, for the whole session."""
    with jetstream(bluesky.pds) as stream:
        yield stream


@pytest.fixture
def stage(bluesky, bluesky_stream, tmp_path):
    """The real network, with credentials in a folder of the test's own."""
    return Stage(bluesky, bluesky_stream, tmp_path)

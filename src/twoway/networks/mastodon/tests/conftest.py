"""Archives in a temporary folder, and their records."""

import pytest

from twoway.collection.reader import Options
from twoway.collection.source import Source
from twoway.networks.mastodon import archive as mastodon_archive
from twoway.networks.mastodon.tests.larchtea import MastodonArchive


@pytest.fixture
def archive(tmp_path):
    return MastodonArchive(tmp_path)


@pytest.fixture
def read():
    """Read a path and return the records, all of them or those of one type."""

    def run(path, kind=object, reader=mastodon_archive, **options):
        with Source(path) as source:
            assert reader.recognises(source)
            records = list(reader.read(source, Options(**options)))
        return [record for record in records if isinstance(record, kind)]

    return run

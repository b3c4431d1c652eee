"""Archives in a temporary folder, and their records."""

import pytest

from twoway.collection.reader import Options
from twoway.collection.source import Source
from twoway.networks.x import archive as x_archive
from twoway.networks.x.tests.larchtea import XArchive


@pytest.fixture
def archive(tmp_path):
    return XArchive(tmp_path)


@pytest.fixture
def read():
    """Read a path and return the records, all of them or those of one type."""

    def run(path, kind=object, reader=x_archive, **options):
        with Source(path) as source:
            assert reader.recognises(source)
            records = list(reader.read(source, Options(**options)))
        return [record for record in records if isinstance(record, kind)]

    return run

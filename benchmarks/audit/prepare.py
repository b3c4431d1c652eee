"""What an import of a world would do last: prepare the audit of all its accounts over 90 days."""

import sys
from pathlib import Path

from twoway.cli._first_audit import prepare_first_audit
from twoway.cli.terminal import Progress
from twoway.collection.folder import Collection

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    prepare_first_audit(folder, Collection.open(folder).manifest.rows("posts"), Progress())

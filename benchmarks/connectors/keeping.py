"""Raw pages on their way to disk, and credentials on theirs: what a step costs that no kill tears.

.venv/bin/python benchmarks/connectors/keeping.py
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from twoway.connectors.credentials import Store
from twoway.connectors.interface import Credentials, Page, Raw
from twoway.connectors.shelf import Shelf

PAGES, ITEMS = 500, 40


def main() -> None:
    """Say how many a second, in processor time."""
    for what, seconds, count in measure():
        each = seconds / count * 1e6
        print(f"{what:<48} {count / seconds:>10,.0f} a second {each:>9.1f} µs each")


def measure() -> Iterator[tuple[str, float, int]]:
    """Store pages of 40 answers of 2 KB each, read them back, and refresh credentials."""
    body = b'{"text": "' + bytes(range(32, 127)).replace(b'"', b"") * 20 + b'"}'
    raw = Raw(network="n", kind="post", body=body, fetched_at=0)
    page = Page(items=(raw,) * ITEMS, cursor="next")
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder), "n", "a")
        begun = time.process_time()
        for _ in range(PAGES):
            shelf.keep("posts", page)
        yield "pages stored with their cursors, synced", time.process_time() - begun, PAGES
        begun = time.process_time()
        count = sum(len(kept.page.items) for kept in shelf.everything())
        yield "answers read back", time.process_time() - begun, count
        store = Store(Path(folder))
        known = Credentials(network="n", account="a", handle="a", secrets={"token": "t" * 200})
        store.save(known, since=0)
        keeper = store.keeper("n", "a")
        begun = time.process_time()
        for _ in range(PAGES):
            keeper.keep(keeper.read())
        yield "credentials refreshed, sealed and synced", time.process_time() - begun, PAGES


if __name__ == "__main__":
    main()

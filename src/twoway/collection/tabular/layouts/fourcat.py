"""4CAT's CSV and NDJSON: nearly always id, thread_id, timestamp, body, author, whatever the source."""

from twoway.collection.tabular.layout import Cells, Layout, one_of


def _adjust(cells: Cells) -> None:
    """Hang what names no parent below the first post of its thread; that one is its own thread."""
    root = cells.get("root")
    if not cells.get("parent") and root and root != cells.get("id"):
        cells["parent"] = root


LAYOUT = Layout(
    name="4CAT",
    marks=(one_of("thread_id"), one_of("timestamp"), one_of("body"), one_of("author")),
    nesting="flat",
    columns={"root": "thread_id", "title": "subject", "created_at": "timestamp"},
    adjust=_adjust,
)

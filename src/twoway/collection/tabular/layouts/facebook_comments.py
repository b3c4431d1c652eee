"""Comments on Facebook pages as the same collectors write them: one level below the post."""

from twoway.collection.tabular.layout import Cells, Layout, one_of


def _adjust(cells: Cells) -> None:
    """Hang a top comment below its post."""
    if not cells.get("parent"):
        cells["parent"] = cells.get("root")


LAYOUT = Layout(
    name="Facebook page comments",
    marks=(one_of("comment_message"), one_of("status_id"), one_of("comment_id")),
    network="facebook",
    columns={"id": "comment_id", "root": "status_id", "text": "comment_message"},
    adjust=_adjust,
)

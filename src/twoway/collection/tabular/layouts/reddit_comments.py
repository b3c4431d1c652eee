"""Reddit comments: data requests, Pushshift and Arctic Shift dumps. Ids are kept with t1_ and t3_."""

from twoway.collection.tabular.cells import is_empty
from twoway.collection.tabular.layout import Cells, Layout, one_of


def _adjust(cells: Cells) -> None:
    """Write ids as Reddit's full names: comments and posts count separately."""
    cells["id"] = full_name("t1", cells.get("id"))
    root = cells.get("root")
    if isinstance(root, str) and "/comments/" in root:  # a data request gives addresses
        root = root.partition("/comments/")[2].partition("/")[0]
    cells["root"] = full_name("t3", root)
    parent = cells.get("parent")
    if is_empty(parent) or parent == 0:
        cells["parent"] = cells["root"]
    elif isinstance(parent, str) and not parent.startswith(("t1_", "t3_")):
        cells["parent"] = full_name("t1", parent)


def full_name(kind: str, value: object) -> str | None:
    """Return t1_abc or t3_abc."""
    if not isinstance(value, str) or not value:
        return None
    return value if value[:3] in ("t1_", "t3_") else f"{kind}_{value}"


LAYOUT = Layout(
    name="Reddit comments",
    marks=(
        one_of("body"),
        one_of("link_id", "link", "submission_id"),
        one_of("parent_id", "parent"),
        one_of("subreddit"),
    ),
    network="reddit",
    columns={"text": "body", "root": "link_id|link|submission_id", "links": "", "author": ""},
    adjust=_adjust,
)

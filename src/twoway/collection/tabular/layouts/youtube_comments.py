"""Comments below YouTube videos: two levels; a reply's id begins with its comment's id."""

from twoway.collection.tabular.layout import Cells, Layout, one_of


def _adjust(cells: Cells) -> None:
    """Hang a reply below its comment, a comment below its video."""
    post = cells.get("id")
    if not cells.get("parent"):
        is_reply = isinstance(post, str) and "." in post
        cells["parent"] = str(post).partition(".")[0] if is_reply else cells.get("root")


LAYOUT = Layout(
    name="YouTube comments",
    marks=(
        one_of("video", "video_id", "videoid"),
        one_of("comment_id", "cid", "commentid", "comment", "textdisplay", "text_display"),
    ),
    network="youtube",
    columns={"title": ""},  # the video's, where there is one
    is_html=True,
    adjust=_adjust,
)

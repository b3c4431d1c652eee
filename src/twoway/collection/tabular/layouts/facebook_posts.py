"""Posts of Facebook pages as collectors of the Graph API write them (status_message, num_comments)."""

from twoway.collection.tabular.layout import Cells, Layout, one_of


def _adjust(cells: Cells) -> None:
    """Take the page from the post's id, which is page_post, where no column names it.

    The link of a photo or a video opens the post itself, so it is none.
    """
    post = cells.get("id")
    if "author" not in cells and "handle" not in cells and isinstance(post, str) and "_" in post:
        cells["author"] = post.partition("_")[0]
    link = cells.get("links")
    if isinstance(link, str) and cells.get("media") != "link" and "facebook.com/" in link[:40]:
        cells["links"] = cells["link_title"] = None


LAYOUT = Layout(
    name="Facebook page posts",
    marks=(
        one_of("status_message", "status_type"),
        one_of("num_comments", "num_reactions", "num_shares"),
    ),
    network="facebook",
    columns={"id": "status_id", "text": "status_message", "links": "status_link"},
    tells_author=True,
    adjust=_adjust,
)

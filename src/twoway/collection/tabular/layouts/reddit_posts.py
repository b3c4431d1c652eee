"""Reddit posts: data requests, Pushshift and Arctic Shift dumps. A title is part of the text."""

from twoway.collection.tabular.layout import Cells, Layout, one_of
from twoway.collection.tabular.layouts.reddit_comments import full_name


def _adjust(cells: Cells) -> None:
    cells["id"] = full_name("t3", cells.get("id"))


LAYOUT = Layout(
    name="Reddit posts",
    marks=(
        one_of("title"),
        one_of("selftext", "body"),
        one_of("subreddit"),
        one_of("url", "permalink"),
    ),
    network="reddit",
    columns={"links": "url", "address": "permalink", "author": "", "root": "", "media": ""},
    adjust=_adjust,
)

"""4CAT's posts of X: its own names beside the usual four."""

from twoway.collection.tabular.layout import Layout, one_of

LAYOUT = Layout(
    name="4CAT, posts of X",
    marks=(
        one_of("thread_id"),
        one_of("timestamp"),
        one_of("body"),
        one_of("author"),
        one_of("is_retweet", "retweet_count"),
    ),
    network="x",
    columns={"root": "thread_id", "language": "language_guess", "title": "", "parent": "reply_to"},
)

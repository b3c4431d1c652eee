"""Posts of X as flat tables: twarc's CSV, exports of the old API, collectors' own files."""

from twoway.collection.tabular.layout import Layout, one_of

LAYOUT = Layout(
    name="X posts",
    marks=(
        one_of(
            "tweet_id", "tweetid", "retweet_count", "in_reply_to_status_id",
            "in_reply_to_status_id_str", "in_reply_to_screen_name", "in_reply_to_user_id",
            "referenced_tweets_replied_to_id", "public_metrics_retweet_count", "retweetcount",
            "is_retweet", "inreplytotweetid", "quoted_status_id",
        ),
    ),
    network="x",
    columns={"title": "", "media": "", "client": "source|source_label|sourcelabel"},
)  # fmt: skip

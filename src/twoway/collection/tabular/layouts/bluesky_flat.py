"""Posts of Bluesky as flat tables: the address at://… is the id, accounts are DIDs."""

from twoway.collection.tabular.layout import Layout, one_of

LAYOUT = Layout(
    name="Bluesky posts",
    marks=(one_of("author_did", "did"), one_of("uri", "post_uri")),
    network="bluesky",
)

"""snscrape's JSON lines (the project stopped in 2023); ids are numbers beyond a float's digits."""

from twoway.collection.tabular.layout import Layout, one_of

LAYOUT = Layout(
    name="snscrape, posts of X",
    marks=(
        one_of("rawcontent", "renderedcontent"),
        one_of("inreplytotweetid", "conversationid"),
        one_of("user_username", "username", "user"),
    ),
    network="x",
    columns={
        "id": "id",
        "author": "user_id",
        "text": "rawcontent",
        "shared": "retweetedtweet_id",
        "client": "sourcelabel",
        "parent_author": "inreplytouser_id",
        "media": "",
    },
)

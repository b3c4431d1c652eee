"""Comments.csv of a LinkedIn member's export: own comments, with a link to what they stand below."""

from twoway.collection.tabular.layout import Layout, one_of

LAYOUT = Layout(
    name="LinkedIn comments",
    marks=(one_of("date"), one_of("link"), one_of("message")),
    network="linkedin",
    columns={"text": "message", "parent": "link", "links": "", "created_at": "date"},
)

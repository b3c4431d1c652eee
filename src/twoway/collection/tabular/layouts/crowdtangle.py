"""CrowdTangle's post export (service closed in 2024): pages' own posts, no comments.

Pages of Facebook and accounts of Instagram, told by their addresses. Times carry a zone's abbreviation, counts have thousands separators, and the last header changes
with the weights somebody chose.
"""

from twoway.collection.tabular.layout import Layout, one_of

LAYOUT = Layout(
    name="CrowdTangle posts",
    marks=(
        one_of("post_created"),
        one_of("total_interactions"),
        one_of("page_name", "group_name", "account"),
    ),
    columns={
        "id": "url",
        "author": "facebook_id",
        "handle": "user_name",
        "name": "page_name",
        "text": "message",
        "title": "",
        "created_at": "post_created",
        "followers": "followers_at_posting",
        "media": "type",
        "links": "final_link",
        "link_title": "link_text",
        "client": "",
    },
)

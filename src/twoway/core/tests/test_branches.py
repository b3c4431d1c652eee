"""Replies inside a top comment: below whom they go to, told by the names in them."""

from twoway.core.branches import inside
from twoway.core.posts import Post


def said(own_id, author, at, parent=None):
    return Post(network="youtube", id=own_id, author=author, said_at=at, parent=parent, text="")


VIDEO = said("video", "museum", 0)
TOP = said("top", "ada", 1, "video")


def places(*replies, **names):
    posts = [VIDEO, TOP, *replies]
    return inside(posts, {post.id: names.get(post.id, ()) for post in posts})


def test_a_name_leads_to_what_they_said_last():
    replies = [
        said("b1", "ben", 2, "top"), said("b2", "ben", 3, "top"),
        said("m", "museum", 4, "top"), said("b3", "ben", 5, "top"),
    ]  # fmt: skip
    assert places(*replies, m=["ben"]) == {"b2": "b1", "m": "b2"}


def test_without_a_name_it_is_the_top_comment_or_goes_on():
    replies = [
        said("m", "museum", 2, "top"),
        said("a", "ada", 3, "top"),
        said("a2", "ada", 4, "top"),
    ]
    assert places(*replies) == {"a2": "a"}


def test_a_name_of_nobody_there_or_of_oneself_changes_nothing():
    assert places(said("b", "ben", 2, "top"), b=["cleo", "ben"]) == {}


def test_top_comments_and_other_networks_stay_where_they_are():
    other = said("b", "ben", 2, "top")
    assert places(said("b", "ben", 2, "video"), b=["ada"]) == {}
    assert inside([VIDEO, TOP, other], {"video": None, "top": None, "b": None}) == {}


def test_the_order_of_posts_does_not_matter():
    posts = [VIDEO, TOP, said("b", "ben", 2, "top"), said("m", "museum", 2, "top")]
    names = {"video": (), "top": (), "b": (), "m": ["ben"]}
    assert inside(posts, names) == inside(posts[::-1], names) == {"m": "b"}

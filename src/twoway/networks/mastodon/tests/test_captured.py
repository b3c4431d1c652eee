"""An outbox that a real server wrote is read to the last post."""

from pathlib import Path

from twoway.collection.records import Rejected
from twoway.core.accounts import Account
from twoway.core.posts import Link, Media, Mention, Post

CAPTURED = Path(__file__).parent / "captured"
TEA, ANN = "https://tea.example/larchtea", "https://tea.example/ann"


def test_every_post_is_what_was_written(read):
    posts = sorted(read(CAPTURED, Post), key=lambda post: post.said_at)
    original, answer, more, _ = posts
    assert [post.text for post in posts] == [
        "New season! See https://larch.example/menu?x=1&y=2 #tea",
        "@ann@tea.example Yes, from nine to six & always with scones.",
        "And on Mondays too.",
        "tea talk\n\nBehind the warning\n\nSecond paragraph",
    ]
    assert original.links == (Link("https://larch.example/menu?x=1&y=2"),)
    assert original.media == (Media("image", "A pot of tea"),)
    assert [post.is_reply for post in posts] == [False, True, True, False]
    assert (answer.parent_author, answer.mentions) == (ANN, (Mention(ANN),))
    assert (more.parent, more.parent_author, more.mentions) == (answer.id, TEA, ())
    assert {post.visibility for post in posts} == {"public"}


def test_everybody_is_known_and_nothing_is_lost(read):
    records = read(CAPTURED, Account | Rejected)
    assert [record.handle for record in records] == ["larchtea@tea.example", "ann@tea.example"]

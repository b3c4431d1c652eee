"""A repository that Bluesky's own implementation made is read to the last record."""

from pathlib import Path

from twoway.collection.records import Rejected
from twoway.core.accounts import Account, Follow
from twoway.core.coverage import Coverage
from twoway.core.posts import Link, Post
from twoway.core.reactions import Reaction
from twoway.networks.bluesky.tests.larchtea import at

CAPTURED = Path(__file__).parent / "captured" / "larchtea.car"
ANN = "did:plc:anninvented00000000000001"


def test_every_post_has_its_time_its_text_and_its_place(read):
    posts = {post.said_at: post for post in read(CAPTURED, Post) if post.shared is None}
    assert set(posts) == {at(minute) for minute in range(1, 60)}
    for minute in range(1, 60):
        post = posts[at(minute)]
        is_answer = minute % 4 == 0
        menu = f"https://larch.example/teas/{minute}"
        assert post.is_reply is is_answer
        assert post.parent_author == (ANN if is_answer else None)
        assert post.text == (
            f"Yes, we are open till {minute % 12}!"
            if is_answer
            else f"Tea of the day number {minute} 🍵 {menu}"
        )
        assert post.links == (() if is_answer else (Link(menu),))


def test_nothing_is_missing_and_the_profile_is_the_changed_one(read):
    records = read(CAPTURED)
    assert not [record for record in records if isinstance(record, Rejected)]
    assert len([r for r in records if isinstance(r, Post) and r.shared]) == 10
    assert len([r for r in records if isinstance(r, Reaction)]) == 10
    assert len([r for r in records if isinstance(r, Follow)]) == 1
    assert all(r.is_complete for r in records if isinstance(r, Coverage))
    (owner,) = [r for r in records if isinstance(r, Account)]
    assert (owner.name, owner.biography) == ("Larch Tea House", "Tea and talk (invented)")
    assert (owner.messages_open, owner.following) == (True, 1)

"""Places in a thread: orphans, circles, missing roots, order, pieces."""

from hypothesis import given
from hypothesis import strategies as st

from twoway.core.posts import Post
from twoway.core.threads import place

MINUTE = 60 * 1_000_000


def post(name, by="ana", at=0, to=None, **more):
    return Post(network="x", id=name, author=by, said_at=at * MINUTE, parent=to, **more)


def placed(*posts, withdrawals=()):
    return {spot.post: spot for spot in place(posts, frozenset(withdrawals))}


def test_a_tree_is_numbered_so_that_below_is_a_range():
    spots = placed(
        post("a"), post("b", "ben", 1, "a"), post("c", "cy", 2, "b"), post("d", "dee", 3, "a")
    )
    assert [(spots[i].enter, spots[i].leave) for i in "abcd"] == [(1, 4), (2, 3), (3, 3), (4, 4)]
    assert {spot.thread for spot in spots.values()} == {"a"}


def test_orphans_of_one_missing_root_are_one_thread():
    spots = placed(
        post("b", "ben", 1, "gone", root="root"), post("c", "cy", 2, "other", root="root")
    )
    assert [spots[i].thread for i in "bc"] == ["root", "root"]
    assert spots["b"].above is None


def test_an_orphan_joins_the_thread_of_the_root_that_we_have():
    spots = placed(post("a"), post("c", "cy", 2, "gone", root="a"))
    assert spots["c"].thread == "a"
    assert spots["c"].above is None


def test_orphans_without_a_root_stand_alone():
    spots = placed(post("b", "ben", 1, "gone"), post("c", "cy", 2, "gone"))
    assert [spots[i].thread for i in "bc"] == ["b", "c"]


def test_a_circle_is_cut_above_its_earliest_post():
    spots = placed(post("a", at=5, to="b"), post("b", "ben", 1, "c"), post("c", "cy", 3, "a"))
    assert spots["b"].above is None
    assert {spot.thread for spot in spots.values()} == {"b"}


def test_a_private_post_below_a_public_one_begins_a_thread():
    spots = placed(post("a"), post("d", "dee", 1, "a", visibility="private", nesting="chat"))
    assert spots["d"].thread == "d"


def test_pieces_go_on_for_a_quarter_of_an_hour_each():
    spots = placed(
        post("a"), post("b", at=15, to="a"), post("c", at=30, to="b"), post("d", at=46, to="c")
    )
    assert [spots[i].first_piece for i in "abcd"] == ["a", "a", "a", "d"]


def test_a_reply_by_somebody_else_ends_the_pieces():
    spots = placed(post("a"), post("x", "ben", 1, "a"), post("b", at=2, to="a"))
    assert spots["b"].first_piece == "b"


def test_only_the_authors_last_post_goes_on():
    spots = placed(post("a"), post("b", at=1, to="a"), post("c", at=2, to="a"))
    assert [spots[i].first_piece for i in "abc"] == ["a", "a", "c"]


def test_withdrawals_flat_comments_and_deleted_posts_are_no_pieces():
    assert placed(post("a"), post("b", at=1, to="a"), withdrawals=["b"])["b"].first_piece == "b"
    flat = placed(post("a", nesting="flat"), post("b", at=1, to="a", nesting="flat"))
    assert flat["b"].first_piece == "b"
    assert placed(post("a", deleted_at=9), post("b", at=1, to="a"))["b"].first_piece == "b"


def test_the_chain_of_replies_to_oneself_is_known_by_its_top():
    spots = placed(
        post("a"), post("b", at=60, to="a"), post("x", "ben", 61, "b"), post("c", at=62, to="x")
    )
    assert [spots[i].chain_top for i in "abxc"] == ["a", "a", "x", "c"]


def test_a_thread_of_fifty_thousand_replies_needs_no_recursion():
    posts = [post("0"), *(post(str(i), f"p{i}", i, str(i - 1)) for i in range(1, 50_000))]
    spots = placed(*posts)
    assert spots["0"].leave == 50_000


@st.composite
def anything(draw):
    names = draw(st.lists(st.text("abcdef", min_size=1, max_size=2), unique=True, max_size=8))
    pointer = st.none() | st.sampled_from([*names, "missing"])
    return [
        post(
            name,
            draw(st.sampled_from(["ana", "ben"])),
            draw(st.integers(0, 40)),
            draw(pointer),
            root=draw(pointer),
            nesting=draw(st.sampled_from(["threaded", "flat"])),
            visibility=draw(st.sampled_from(["public", "private"])),
        )
        for name in names
    ]


@given(anything(), st.randoms(use_true_random=False))
def test_every_post_has_one_place_whatever_the_order(posts, random):
    spots = placed(*posts)
    assert set(spots) == {p.id for p in posts}
    shuffled = list(posts)
    random.shuffle(shuffled)
    assert placed(*shuffled) == spots
    for spot in spots.values():
        if spot.above is not None:
            above = spots[spot.above]
            assert above.thread == spot.thread
            assert above.enter < spot.enter <= above.leave
        assert spots[spot.first_piece].thread == spot.thread
    for thread in {spot.thread for spot in spots.values()}:
        numbers = sorted(s.enter for s in spots.values() if s.thread == thread)
        assert numbers == list(range(1, len(numbers) + 1))

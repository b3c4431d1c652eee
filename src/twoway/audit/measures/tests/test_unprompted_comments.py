"""Measure 11: replies to people who did not speak to us first."""


def test_example_of_the_head(small):
    # 20 own posts, 9 of them replies, 2 of those unprompted: 2 / 20
    small.put(
        "own_posts", *({"post": n, "class": "original"} for n in range(8)),
        *({"post": 10 + n, "class": "share"} for n in range(3)),
        *({"post": 20 + n, "class": "reply", "is_unprompted": n < 2} for n in range(9)),
    )  # fmt: skip
    figure = small.figure("unprompted_comments")
    assert (figure.hits, figure.n, figure.value) == (2, 20, 0.1)
    assert [post.post for post in figure.evidence] == [20, 21]


def test_replies_to_posts_we_do_not_have_widen_the_bound(small):
    # 1 of 9; with one reply of which we do not know: 1 / 10 … 2 / 10
    small.put(
        "own_posts", *({"post": n, "class": "original"} for n in range(8)),
        {"post": 10, "class": "reply", "is_unprompted": True}, {"post": 11, "class": "reply"},
    )  # fmt: skip
    figure = small.figure("unprompted_comments")
    assert (figure.hits, figure.n, figure.bound) == (1, 9, (0.1, 0.2))

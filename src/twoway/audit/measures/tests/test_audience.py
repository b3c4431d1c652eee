"""The audience's reactions: comments, shares and likes per post, depth, "you never answer"."""

import pytest

US, CUSTOMER = 1, 30


def test_comments_as_the_network_counts_them(small):
    # 0, 1, 2 and 9 comments: 12 / 4; what is in the collection counts where it is more
    small.own(*({"post": n, "class": "original", "seen_replies": seen} for n, seen in enumerate((0, 1, 0, 9))),
              {"post": 9, "class": "reply", "seen_replies": 70})  # fmt: skip
    small.put("addressed", {"post": 20, "below_original": 2}, {"post": 21, "below_original": 2},
              {"post": 22, "below_original": 3}, {"post": 23, "below_original": 2, "is_private": True})  # fmt: skip
    figure = small.figure("conversation_per_post")
    assert (figure.value, figure.n) == (3, 4)
    assert figure.evidence[0].post == 3


def test_comments_in_the_collection(small):
    small.own(*({"post": n, "class": "original"} for n in range(4)))
    small.put("addressed", *({"post": 20 + n, "below_original": 1} for n in range(6)))
    assert small.figure("conversation_per_post").n == 0
    small.put("covered", {"stream": "comments", "begins": small.at(), "ends": small.at(90)})
    assert small.figure("conversation_per_post").value == 1.5


@pytest.mark.parametrize(("measure", "column", "kind"), [
    ("applause_per_post", "seen_likes", "like"), ("amplification_per_post", "seen_shares", "share"),
])  # fmt: skip
def test_likes_and_shares(small, measure, column, kind):
    # 6 and 0 as the network says, 2 as the collection does (one was taken back), of one nobody knows
    small.own({"post": 0, "class": "original", column: 6}, {"post": 1, "class": "original", column: 0},
              {"post": 2, "class": "original"}, {"post": 3, "class": "original"})  # fmt: skip
    small.put("reactions", *({"account": n, "post": 2, "kind": kind} for n in (30, 31)),
              {"account": 32, "post": 2, "kind": kind, "taken_back_at": small.at(1)})  # fmt: skip
    figure = small.figure(measure)
    assert figure.value == pytest.approx(8 / 3)
    assert figure.n == 3


def _thread(root, *above):
    """Return a thread: post root + n stands below root + above[n - 1]."""
    rows = [{"post": root, "thread": root, "first_piece": root}]
    for n, place in enumerate(above, start=1):
        rows.append(
            {"post": root + n, "thread": root, "first_piece": root + n, "above": root + place}
        )
    return rows


def test_depth(small):
    # five commented originals: 100 has a reply to a reply, the others only replies; 600 has none,
    # 700 only our own, and a reply to its second piece (800) is a reply to it
    roots = (100, 200, 300, 400, 500, 600, 700)
    small.own(*({"post": root, "class": "original", "author": US} for root in roots))
    threads = [
        *_thread(100, 0, 1), *_thread(200, 0), *_thread(300, 0, 0), *_thread(400, 0), *_thread(600), *_thread(700, 0),
        {"post": 500, "thread": 500, "first_piece": 500}, {"post": 501, "thread": 500, "first_piece": 500, "above": 500},
        {"post": 502, "thread": 500, "first_piece": 502, "above": 501},
    ]  # fmt: skip
    small.put("threads", *threads)
    small.put("said", *(
        {"post": row["post"], "author": US if row["post"] % 100 == 0 or row["post"] == 701 else CUSTOMER}
        for row in threads
    ))  # fmt: skip
    small.put("ours", {"account": US})
    figure = small.figure("conversation_depth")
    assert (figure.hits, figure.n, figure.value) == (1, 5, 0.2)
    assert [shown.post for shown in figure.evidence] == [100]


def test_depth_is_no_question_where_nothing_nests(small):
    small.own({"post": 100, "class": "original", "author": US, "nesting": "flat"})
    small.put("threads", *_thread(100, 0))
    small.put("ours", {"account": US})
    assert small.figure("conversation_depth").n == 0


def test_people_who_say_you_never_answer(small):
    # three such posts by two people, one of them in private: the last public one of each
    small.put("addressed", {"post": 1, "person": 30, "said_at": small.at(1)}, {"post": 2, "person": 30, "said_at": small.at(2)},
              {"post": 3, "person": 31, "said_at": small.at(3)}, {"post": 4, "person": 32, "is_private": True},
              {"post": 5, "person": 33, "said_at": small.at(4)})  # fmt: skip
    small.put("readings", *({"post": n, "says_never_answer": n < 5} for n in range(1, 6)))
    figure = small.figure("never_answer")
    assert (figure.value, figure.unit) == (2, "count")
    assert [shown.post for shown in figure.evidence] == [3, 2]

"""Measure 1: replies among originals, replies and quotes of others."""

import pytest

BEGINS = 1_767_225_600_000_000
DAY = 86_400_000_000


def _post(post, class_, day=0, **more):
    return {"post": post, "class": class_, "said_at": BEGINS + day * DAY} | more


@pytest.fixture
def ten_posts(small):
    # 5 originals, 3 replies, 2 quotes; shares and self-threads count on neither side: 3 / 10
    classes = ["original"] * 5 + ["reply"] * 3 + ["quote"] * 2 + ["share"] * 4 + ["self_thread"]
    small.put("own_posts", *(_post(n, class_, day=n) for n, class_ in enumerate(classes)))
    return small


def test_counts_replies_among_what_could_have_been_one(ten_posts):
    figure = ten_posts.figure("reply_share")
    assert (figure.hits, figure.n, figure.value) == (3, 10, 0.3)
    assert figure.low == pytest.approx(0.1078, abs=1e-4)  # Wilson, 3 of 10
    assert figure.high == pytest.approx(0.6032, abs=1e-4)


def test_says_which_band(ten_posts):
    assert ten_posts.figure("reply_share").band.label == "mixed"


def test_shows_the_newest_replies(ten_posts):
    assert [shown.post for shown in ten_posts.figure("reply_share").evidence] == [7, 6, 5]


def test_bounds_what_names_nobody(small):
    # of 4 replies one names nobody: 4 / 8 as it stands, 3 / 8 without it
    small.put(
        "own_posts",
        *(_post(n, "original") for n in range(4)),
        *(_post(n, "reply", names_whom=n != 7) for n in range(4, 8)),
    )
    figure = small.figure("reply_share")
    assert figure.value == 0.5
    assert figure.bound == (0.375, 0.5)


def test_four_posts_are_too_little(small):
    small.put("own_posts", *(_post(n, "reply") for n in range(4)))
    figure = small.figure("reply_share")
    assert (figure.status, figure.value, figure.n, figure.hits) == ("too_little_data", None, 4, 4)


def test_organisations_stand_apart(small):
    small.window("shop", "rival", "silent")
    small.put("own_posts", *(_post(n, "reply") for n in range(5)),
              *(_post(n, "original", organisation="rival") for n in range(5, 10)))  # fmt: skip
    assert small.figure("reply_share", "shop").value == 1
    assert small.figure("reply_share", "rival").value == 0
    assert small.figure("reply_share", "silent").n == 0


def test_months(small):
    # 31 days of January: 10 posts, 5 of them replies; February: 4 posts, too few for a value
    small.put(
        "own_posts",
        *(_post(n, "reply" if n % 2 else "original", day=n) for n in range(10)),
        *(_post(n, "reply", day=31 + n) for n in range(10, 14)),
    )
    assert small.figure("reply_share").series == (("2026-01", 0.5, 10), ("2026-02", None, 4))

"""Measure 15: replies that are nearly the same as another one, among 300."""


def _replies(*posts):
    return [{"post": post, "class": "reply"} for post in posts]


def test_both_of_a_pair_are_canned(small):
    # of 10 replies 2 is like 1, and 5 is like 4: four are nearly the same as another
    small.put("own_posts", *_replies(*range(1, 11)), {"post": 99, "class": "original"})
    small.put("likeness", {"post": 2, "other": 1, "form": "bare", "jaccard": 0.8},
              {"post": 5, "other": 4, "form": "bare", "jaccard": 0.7})  # fmt: skip
    figure = small.figure("canned_replies")
    assert (figure.hits, figure.n) == (4, 10)
    assert figure.band.label == "more than the most canned of three brands"


def test_the_300_with_the_lowest_keys(small):
    # 301 replies with the keys −150 … 150: 150 is left out, and with it the pair it belongs to
    small.put("own_posts", *_replies(*range(-150, 151)))
    small.put("likeness", {"post": 150, "other": -150, "form": "bare", "jaccard": 1.0},
              {"post": 149, "other": -149, "form": "bare", "jaccard": 1.0})  # fmt: skip
    figure = small.figure("canned_replies")
    assert (figure.hits, figure.n) == (2, 300)


def test_each_organisation_has_its_own_300(small):
    small.window("shop", "rival")
    small.put("own_posts", *_replies(*range(10)),
              *({"post": n, "class": "reply", "organisation": "rival"} for n in range(10, 20)))  # fmt: skip
    small.put("likeness", {"post": 12, "other": 11, "form": "bare", "jaccard": 0.8})
    assert small.figure("canned_replies", "shop").hits == 0
    assert small.figure("canned_replies", "rival").hits == 2

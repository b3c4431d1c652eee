"""Measure 13: originals that are nothing but a link."""


def _originals(count, **more):
    return [{"post": n, "class": "original"} | more for n in range(count)]


def test_example_of_the_head(small):
    # 6 of 10 have links; post 0 says 6 characters beside its link, post 1 (60 characters) repeats
    # the title: 2 / 10, any link 6 / 10, own site (of shop.example and below it) 2 / 10
    title = "What we learned from forty years of making boots for rain"
    rows = _originals(10)
    rows[0] |= {"text": "Read: https://a.example/1", "bare_length": 5}
    rows[1] |= {"text": f"{title} https://a.example/2", "bare_length": 57}
    small.own(*rows)
    small.put(
        "links", *({"post": n, "address": f"https://a.example/{n}", "site": "a.example"} for n in (0, 3)),
        {"post": 1, "address": "https://a.example/2", "title": title, "site": "a.example"},
        {"post": 4, "address": "https://shop.example/", "site": "shop.example"},
        {"post": 5, "address": "https://sale.shop.example/", "site": "sale.shop.example"},
        {"post": 6, "address": "https://workshop.example/", "site": "workshop.example"},
    )  # fmt: skip
    small.put(
        "brands", {"kind": "site", "value": "shop.example"}, {"kind": "word", "value": "a.example"}
    )
    figure = small.figure("link_only")
    assert (figure.hits, figure.n) == (2, 10)
    assert {shown.post for shown in figure.evidence} == {0, 1}
    assert small.part("link_only", "any_link").hits == 6
    own = small.part("link_only", "own_site")
    assert (own.hits, own.n) == (2, 10)


def test_nineteen_characters_are_few_and_twenty_are_not(small):
    rows = _originals(6)
    rows[0] |= {"bare_length": 19}
    rows[1] |= {"bare_length": 20}
    small.own(*rows)
    small.put("links", *({"post": n, "address": "https://a.example/"} for n in (0, 1)))
    assert small.figure("link_only").hits == 1


def test_scripts_without_spaces_say_more_in_less(small):
    rows = _originals(6, language="ja", bare_length=8)
    rows[0] |= {"bare_length": 7}
    small.own(*rows)
    small.put("links", *({"post": n, "address": "https://a.example/"} for n in range(6)))
    assert small.figure("link_only").hits == 1


def test_few_words_without_a_link_are_no_link(small):
    small.own(*_originals(5, bare_length=3))
    figure = small.figure("link_only")
    assert (figure.hits, figure.value) == (0, 0)


def test_more_than_the_title_is_more_than_a_link(small):
    rows = _originals(5)
    rows[0] |= {"text": "We disagree: Boots for rain https://a.example/", "bare_length": 27}
    small.own(*rows)
    small.put("links", {"post": 0, "address": "https://a.example/", "title": "Boots for rain"})
    assert small.figure("link_only").hits == 0


def test_a_link_in_a_later_piece_counts_once(small):
    small.own(*_originals(5))
    small.put("threads", *({"post": n, "thread": 0, "first_piece": min(n, 0)} for n in (0, 50, 51)),
              *({"post": n, "thread": n, "first_piece": n} for n in range(1, 5)))  # fmt: skip
    small.put("posts", *({"post": n} for n in (0, 1, 2, 3, 4, 50, 51)))
    small.put(
        "links",
        {"post": 50, "address": "https://a.example/1"},
        {"post": 51, "address": "https://a.example/2"},
    )
    assert small.part("link_only", "any_link").hits == 1
    assert small.part("link_only", "any_link").n == 5


def test_only_originals(small):
    small.own(*_originals(5), {"post": 9, "class": "reply", "bare_length": 1})
    small.put("links", {"post": 9, "address": "https://a.example/"})
    assert small.figure("link_only").n == 5
    assert small.figure("link_only").hits == 0

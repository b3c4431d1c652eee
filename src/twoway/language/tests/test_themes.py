"""Themes, bursts and past posts like a new one."""

from twoway.language.bursts import bursts
from twoway.language.similar import Similar
from twoway.language.themes import Said, themes

_LIFT = (
    "lift broken at central",
    "the lift is broken again",
    "central lift out of order",
    "broken lift, no stairs for me",
)
_BREAD = (
    "the new rye bread is wonderful",
    "rye bread again please",
    "love that rye bread",
    "best rye bread in town",
)
_SEATS = (
    "seats on the night train",
    "night train seats too hard",
    "night train: more seats",
    "hard seats, night train",
)


def _said(texts, kinds=("complaint",), begin=0, recent=True):
    return [
        Said(begin + n, begin + n, f"{text} number{n}", "en", frozenset(kinds), recent)
        for n, text in enumerate(texts * 3)
    ]


def _all(begin=0, recent=True):
    return [
        *_said(_LIFT, begin=begin, recent=recent),
        *_said(_BREAD, ("praise",), begin + 100, recent),
        *_said(_SEATS, ("request",), begin + 200, recent),
    ]


def test_themes_are_named_by_their_words():
    found = themes(_all())
    about = {word for theme in found for word in theme.name.split(" / ")}
    assert {"lift", "bread", "night"} <= about | {w for t in found for w in t.words}
    natures = {theme.nature for theme in found}
    assert {"issue", "liking", "wish"} <= natures


def test_a_theme_keeps_its_identity_and_its_name_when_posts_arrive():
    before = themes(_all())
    renamed = [
        theme.__class__(
            **{
                **{f: getattr(theme, f) for f in theme.__slots__},
                "name": "our bread",
                "is_named_by_hand": True,
            }
        )
        if "bread" in theme.words
        else theme
        for theme in before
    ]
    after = themes([*_all(recent=False), *_said(_BREAD, ("praise",), 1000)], renamed)
    ids = {theme.id for theme in renamed if theme.name == "our bread"}
    again = [theme for theme in after if theme.name == "our bread"]
    assert again
    assert {theme.id for theme in again} <= ids


def test_one_author_is_no_theme():
    posts = [Said(n, 1, text, "en", frozenset(), True) for n, text in enumerate(_LIFT * 3)]
    assert themes(posts) == []


def test_nothing_gives_nothing():
    assert themes([]) == []
    assert bursts([]) == []
    assert Similar([]).find("lift") == []


def test_a_sudden_word_bursts_and_an_everyday_word_does_not():
    everyday = [
        Said(n, n, f"lovely walk by the {w} today", "en", frozenset(), n % 10 == 0)
        for n, w in enumerate(["river", "lake", "wood", "hill"] * 50)
    ]
    outage = [
        Said(900 + n, 900 + n, f"login broken {n}", "en", frozenset(), True) for n in range(12)
    ]
    found = bursts([*everyday, *outage])
    assert "login broken" in {burst.words for burst in found}
    assert "walk" not in {burst.words for burst in found}


def test_similar_past_posts_come_first_with_the_shared_words():
    index = Similar(
        [
            (1, "How do I reset my password?"),
            (2, "When is the pool open?"),
            (3, "I forgot the password"),
        ]
    )
    found = index.find("cannot reset password")
    assert found[0].post == 1
    assert "password" in found[0].shared
    assert index.find("Zebras graze quietly") == []

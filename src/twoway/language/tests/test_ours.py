"""What a post of the organisation does, on the project's labelled posts of organisations."""

from statistics import mean

import pytest

from twoway.language import Utterance, labelled, read
from twoway.language.model.ours import KINDS

POSTS = labelled.rows("ours")
LANGUAGES = ("en", "de", "es", "fr", "pt", "it")


def _f1(language, kind):
    rows = [
        row
        for row in POSTS
        if row["half"] == "held out" and (language is None or row["language"] == language)
    ]
    asked = (
        Utterance(text=row["text"], language=row["language"], is_reply=row["is_reply"])
        for row in rows
    )
    told = [kind in {k.name for k in one.ours if k.holds} for one in read(asked)]
    true = [kind in row["kinds"] for row in rows]
    return 2 * sum(map(min, told, true)) / max(1, sum(told) + sum(true))


def test_labelled_posts_show_every_kind_in_every_language():
    for language in LANGUAGES:
        own = [row for row in POSTS if row["language"] == language and row["half"] == "held out"]
        assert {kind for row in own for kind in row["kinds"]} == set(KINDS)


def test_two_labellings_agree_as_the_card_says():
    assert (len(POSTS), sum(row["first"] == row["second"] for row in POSTS)) == (408, 396)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_assessed_language_is_worth_assessing(language):
    assert mean(_f1(language, kind) for kind in KINDS) >= 0.70


# A promise wants words for it, so that plain answers are none: that costs it, and what informs
# instead, some of the posts here (the card tells the price).
LEAST = {"information": 0.60}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_worth_saying(kind):
    assert _f1(None, kind) >= LEAST.get(kind, 0.70)


@pytest.mark.parametrize("language", ["cs", None])
def test_other_languages_are_read_by_their_marks_alone(language):
    (reading,) = read(
        [Utterance(text="Kdy jste byli v knihovně?", language=language, is_reply=True)]
    )
    assert {kind.name for kind in reading.ours if kind.holds} == {"question", "asks"}


def test_a_poll_invites_whatever_it_says():
    (reading,) = read([Utterance(text="The new tram", language="en", has_poll=True)])
    assert {"question", "invitation"} <= {kind.name for kind in reading.ours if kind.holds}


@pytest.mark.parametrize(
    "text",
    ["No.", "Yes, it does.", "We don't know yet.", "Nein, leider nicht.", "Sí, claro.", "Oui."],
)
def test_a_short_answer_is_more_than_thanks(text):
    (reading,) = read([Utterance(text=text, is_reply=True)])
    assert "thanks" not in {kind.name for kind in reading.ours if kind.holds}


@pytest.mark.parametrize("text", ["Thank you for telling us!", "Danke dir!", "¡Gracias, Mía!"])
def test_thanks_are_no_more_than_thanks(text):
    (reading,) = read([Utterance(text=text, is_reply=True)])
    assert {kind.name for kind in reading.ours if kind.holds} == {"thanks"}


REPORTS = [
    "Officials in the northern province said on Friday that the bridge, closed since the flood in March, will stay shut until autumn while engineers look for the cause of the cracks",
    "The champions came back from two goals down to beat their rivals at home, and their captain, who left the field limping, will be examined again before the final on Saturday",
    "Scientists who followed four hundred swallows for ten years found that the birds now arrive a week earlier and that half of their nests are empty by the end of June",
    "Nach monatelangem Streit hat der Stadtrat am Dienstagabend beschlossen, zwei der fünf Büchereien zu schließen; mehrere Mitglieder der Opposition verließen vor der Abstimmung den Saal",
    "Le maire a annoncé mardi soir sa démission, six mois après l'ouverture d'une enquête sur l'achat de terrains au bord du fleuve par une société de sa famille",
]


@pytest.mark.parametrize("text", REPORTS)
def test_a_report_longer_than_what_was_taught_announces_nothing(text):
    (reading,) = read([Utterance(text=text)])
    held = {kind.name for kind in reading.ours if kind.holds}
    assert held.isdisjoint({"offer", "launch", "featuring", "daily_life"})


def test_a_long_offer_in_the_words_of_offers_is_one():
    text = (
        "From Thursday until Sunday every winter coat in our shop at the harbour is half price, hats"
        " and gloves too, and whoever brings an old coat gets another five euros off"
    )
    (reading,) = read([Utterance(text=text)])
    assert {kind.name for kind in reading.ours if kind.holds} == {"offer"}

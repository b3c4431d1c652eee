"""Whom a post speaks to, as far as its text tells."""

import pytest

from twoway.language import Utterance, read


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("@harbour when do you open?", "organisation"),
        ("Your staff are wonderful, thank you so much!", "organisation"),
        ("Does anyone know when the library opens?", "everyone"),
        ("Weiß hier jemand, wann der Bus fährt?", "everyone"),
        ("@mia haha see you there tomorrow", "person"),
        ("Kdy otevíráte v neděli", None),
    ],
)
def test_says_to_whom(text, whom):
    (reading,) = read([Utterance(text=text, ours=("harbour",))])
    assert reading.addressee == whom

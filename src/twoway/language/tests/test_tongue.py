"""Which language: short posts, hints, and what we do not know."""

import pytest

from twoway.language import Utterance, read


@pytest.mark.parametrize(
    ("text", "language"),
    [("Thanks a lot!", "en"), ("danke", "de"), ("Vielen Dank", "de"), ("muchas gracias", "es"), ("merci beaucoup", "fr"),
     ("obrigada", "pt"), ("grazie mille", "it"), ("@bob https://x.example wann öffnet ihr?", "de"),
     ("明日は開いていますか", "ja")],
)  # fmt: skip
def test_language(text, language):
    (reading,) = read([Utterance(text=text)])
    assert reading.language == language
    assert reading.language_certainty >= 0.5


def test_hint_decides_where_letters_do_not():
    plain, hinted = read([Utterance(text="ok"), Utterance(text="ok", language="pt-BR")])
    assert hinted.language == "pt"
    assert plain.language_certainty < 1


def test_hint_does_not_overrule_the_text():
    (reading,) = read([Utterance(text="Wann macht die Bibliothek am Montag auf?", language="en")])
    assert reading.language == "de"


@pytest.mark.parametrize("text", ["", "1234", "👍", "@bob", "https://example.org"])
def test_nothing_to_read(text):
    (reading,) = read([Utterance(text=text)])
    assert (reading.language, reading.language_certainty) == (None, 0.0)

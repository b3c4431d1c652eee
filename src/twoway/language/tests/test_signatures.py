"""Who signed, and who did not."""

import pytest

from twoway.language import Utterance, read

SIGNED = {
    "Sorry to hear that, which train was it? ^AB": "AB",
    "Sorry to hear that ^Anna": "Anna",
    "Which store was it? *TMT": "TMT",
    "Glad it works again. -Anna": "Anna",
    "Glad it works again – Anna": "Anna",
    "Have a look at the page. /NS": "NS",
    "All the best. /Anna https://help.example": "Anna",
    "Hi, Anna from the service desk here. What happened?": "Anna",
    "Das prüfen wir gern. Liebe Grüße, Jana": "Jana",
    "Hallo, hier ist Jana vom Kundenservice. Was ist passiert?": "Jana",
    "Lo miramos ahora mismo. Un saludo, Lucía": "Lucía",
    "Hola, soy Lucía de Atención al cliente.": "Lucía",
    "Nous regardons cela. Cordialement, Élodie": "Élodie",
    "Bonjour, je suis Élodie du service client.": "Élodie",
    "Já vamos verificar. Cumprimentos, Inês": "Inês",
    "Olá, aqui é a Inês do apoio ao cliente.": "Inês",
    "Controlliamo subito. Cordiali saluti, Giulia": "Giulia",
    "Buongiorno, sono Giulia del servizio clienti.": "Giulia",
    "We are on it (1/2) ^JD": "JD",
    "We are on it ^JD 2/2": "JD",
}


@pytest.mark.parametrize(("text", "who"), SIGNED.items())
def test_signed(text, who):
    (reading,) = read([Utterance(text=text, is_reply=True)])
    assert reading.signature == who


@pytest.mark.parametrize(
    "text",
    [
        "Is it open and/or free?",
        "A walk along the river - lovely",
        "2^10 is 1024",
        "See you at 10 am/PM maybe later",
        "",
    ],
)
def test_not_signed(text):
    (reading,) = read([Utterance(text=text)])
    assert reading.signature is None


def test_the_same_letter_signed_by_two_people_has_the_same_bare_words():
    letter = "Hello {}, we are sorry about the delay and look into it. ^{}"
    one, two = read(
        [
            Utterance(text=letter.format("Jonas", "AB")),
            Utterance(text=letter.format("Miriam", "Tom")),
        ]
    )
    assert one.bare_words == two.bare_words
    assert one.words != two.words

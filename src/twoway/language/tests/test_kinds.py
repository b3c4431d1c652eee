"""What the rules make of posts by somebody else and of our own, in six languages."""

import pytest

from twoway.language import Utterance, read

THEIRS = {
    "question": (
        "Are you open on Sunday?",
        "Hat das Schwimmbad am Montag geöffnet?",
        "¿A qué hora abrís mañana?",
        "Savez-vous quand la ligne 4 reprendra",
        "Alguém sabe quando abre a nova biblioteca",
        "Vorrei sapere quando apre la mostra",
    ),
    "complaint": (
        "Third week without hot water and nobody answers. Unacceptable.",
        "Seit zwei Stunden in der Warteschleife, unverschämt!",
        "Pésimo servicio, nunca más compro aquí",
        "Mon colis n'est toujours pas arrivé, c'est honteux",
        "Péssimo atendimento, cobraram duas vezes a mesma conta",
        "Treno cancellato senza preavviso, una vergogna",
    ),
    "request": (
        "Please send me the form for the parking permit",
        "Könntet ihr mir bitte die Rechnung schicken",
        "Necesito cambiar mi cita, por favor llámenme",
        "Je souhaiterais modifier ma réservation svp",
        "Preciso de cancelar a minha inscrição",
        "Vorrei annullare la mia prenotazione",
    ),
    "praise": (
        "What a wonderful exhibition, great work!",
        "Ihr seid spitze, die neue Ausstellung ist fantastisch",
        "Excelente atención, me encanta vuestra tienda",
        "Accueil formidable, bravo à toute la troupe",
        "Adorei o concerto, equipa fantástica",
        "Complimenti, una serata meravigliosa",
    ),
    "closer": ("Thanks!", "Alles klar, danke", "Vale, gracias", "D'accord, merci", "Muito obrigada!", "Perfetto, grazie", "👍"),
    "withdrawal": (
        "Never mind, it works now",
        "Hat sich erledigt, danke",
        "Olvidadlo, ya lo he encontrado",
        "C'est réglé, merci",
        "Deixa pra lá, já consegui",
        "Come non detto, ho risolto",
    ),
    "spam": (
        "Click here to earn $500 weekly from home http://win.example",
        "Verdiene 300 Euro täglich, schreib mir auf WhatsApp",
        "Gana dinero fácil desde casa, escríbeme por WhatsApp",
        "Gagnez de l'argent avec le bitcoin, cliquez ici",
        "Ganhe dinheiro com bitcoin, chama no WhatsApp",
        "Guadagna soldi facili online, clicca qui",
    ),
}  # fmt: skip
OURS = {
    "promise": (
        "We will look into it and get back to you.",
        "Wir kümmern uns darum und melden uns.",
    ),
    "taken_private": ("Please send us a private message.", "Schreiben Sie uns bitte per PN."),
    "thanks": ("Thank you so much!", "Vielen Dank für das Lob!"),
    "asks": ("Could you tell us the number of the train?", "Quel est le numéro de la commande ?"),
    "invitation": (
        "What is your favourite spot in town?",
        "Raccontateci il vostro ricordo: qual è?",
    ),
    "offer": ("50% off everything, today only", "Nur heute: 20 % Rabatt auf alle Tickets"),
    "launch": ("Introducing our brand new app", "Presentamos nuestra nueva colección"),
    "daily_life": ("Behind the scenes: our team at lunch", "En coulisses avec notre équipe"),
    "information": ("The library closes at six.", "Die Bibliothek schließt um sechs."),
}
_REPLIES = {"promise", "taken_private", "thanks", "asks"}


def _cases(kinds):
    return [(kind, text) for kind, texts in kinds.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), _cases(THEIRS))
def test_their_post_is_of_its_kind(kind, text):
    (reading,) = read([Utterance(text=text)])
    assert kind in {k.name for k in reading.theirs if k.holds}


@pytest.mark.parametrize(("kind", "text"), _cases(OURS))
def test_our_post_does_what_it_does(kind, text):
    (reading,) = read([Utterance(text=text, is_reply=kind in _REPLIES)])
    assert kind in {k.name for k in reading.ours if k.holds}


@pytest.mark.parametrize(
    "text", ["Thanks for nothing", "Danke für nichts", "😡", "Thanks! Are you open on Sunday?"]
)
def test_no_closer(text):
    (reading,) = read([Utterance(text=text)])
    assert "closer" not in {k.name for k in reading.theirs if k.holds}


@pytest.mark.parametrize(
    "text", ["明日は開いていますか？", "Är ni öppna på söndag", "Kdy otevíráte v neděli"]
)
def test_other_languages_are_not_assessed(text):
    (reading,) = read([Utterance(text=text)])
    assert [k.name for k in reading.theirs if k.holds] == ["unsure"]


@pytest.mark.parametrize(
    "text",
    ["You never answer", "Ihr antwortet ja nie", "Nunca contestáis", "Vous ne répondez jamais", "Vocês nunca respondem",
     "Non rispondete mai"],
)  # fmt: skip
def test_says_that_we_never_answer(text):
    (reading,) = read([Utterance(text=text)])
    assert reading.says_never_answer
    assert "complaint" in {k.name for k in reading.theirs if k.holds}


@pytest.mark.parametrize(
    "text",
    ["So nett, dass hier ein richtiger Mensch antwortet.", "Warum antwortet ihr erst jetzt?",
     "Pourquoi répondez-vous si tard ?"],
)  # fmt: skip
def test_whoever_speaks_of_answers_does_not_say_that_there_are_none(text):
    (reading,) = read([Utterance(text=text)])
    assert not reading.says_never_answer

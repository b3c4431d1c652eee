"""Who signed a post: ^AB, *TMT, -Anna, /NS, "Anna from …", in six languages."""

import re
from typing import NamedTuple

_INITIALS = r"[A-ZÀ-Þ]{2,4}"
_NAME = r"[A-ZÀ-Þ][a-zß-ÿ']{1,14}(?:-[A-ZÀ-Þ][a-zß-ÿ]{1,14})?"
_WHO = rf"(?P<who>{_NAME}|{_INITIALS})"
_CLOSING = (
    r"(?:(?:kind|best|warm)?\s?(?:regards|wishes)|cheers|yours|(?:liebe|viele|beste|schöne|herzliche)\s"
    r"(?:grüße|grüsse)|(?:lg|vg|mfg|bg)|dein|deine|ihr|ihre|(?:un\s)?(?:cordial\s)?(?:saludos?|abrazo)|atentamente"
    r"|(?:bien\s)?cordialement|bonne\sjournée|à\sbientôt|(?:os\smelhores\s)?cumprimentos|atenciosamente"
    r"|(?:um\s)?abraço|(?:cordiali|distinti)?\s?saluti|un\ssaluto)"
)
_FROM = r"(?:from|vom|von|aus|de|del|de\sla|du|do|da|dal|dalla|di)"
_END = r"[\s.!)\]]*$"
# In order: the surest first. Each begins where the signature begins.
_FORMS = (
    re.compile(r"\s*\^\s?(?P<who>[A-Za-zÀ-ÿ]{1,15})\b(?=[\s.!)]*(?:\d/\d)?[\s.!)]*$)"),
    re.compile(rf"\s*\*\s?{_WHO}{_END}"),
    re.compile(rf"(?<=[\s.!?,)])[-–—~]\s?{_WHO}(?:\s{_FROM}\s[\w .&-]{{2,30}})?{_END}"),
    re.compile(rf"(?<=[\s.!?)])/\s?{_WHO}{_END}"),
    re.compile(rf"\s*[\[(]{_WHO}[\])]{_END}"),
    re.compile(rf"(?<![\w])(?i:{_CLOSING})[,!\s]+{_WHO}(?:\s{_FROM}\s[\w .&-]{{2,30}})?{_END}"),
    re.compile(rf"(?<=[.!?\n]\s){_WHO},?\s{_FROM}\s[\w &-]{{2,30}}{_END}"),
)
# "Hi, Anna from the service desk here": said at the beginning, nothing to cut away.
_INTRODUCTION = re.compile(
    rf"(?:\b(?i:i'm|i am|my name is|this is|it's|ich bin|hier ist|mein name ist|soy|me llamo|je suis|ici"
    rf"|je m'appelle|sou a|sou o|aqui é a|aqui é o|meu nome é|sono|mi chiamo)\s(?P<who>{_NAME})"
    rf"(?:,?\s{_FROM}\b|\s(?i:here|hier|aquí|à votre écoute)))|(?:^|[.!,]\s)(?P<here>{_NAME})"
    rf"(?:\s(?i:here|hier|aquí|aqui|ici|qui)\b|\s{_FROM}\s[\w &-]{{2,30}}\s(?i:here|hier|aquí|ici)\b)"
)
_TRAILING = re.compile(r"(?:\s*(?:#\w+|https?://\S+|www\.\S+|\(?\d/\d\)?))+\s*$")
# A signature is never longer, and looking for it only there keeps long posts cheap.
_REACH = 60


class Signature(NamedTuple):
    """Who signed, and the text without it."""

    who: str | None
    text: str


def find(text: str) -> Signature:
    """Return who signed plain `text`, and `text` up to the signature."""
    body = _TRAILING.sub("", text).rstrip()
    reach = max(0, len(body) - _REACH)
    tail = body[reach:]
    for form in _FORMS:
        found = form.search(tail)
        if found and reach + found.start() > 0:
            return Signature(found["who"], body[: reach + found.start()])
    introduced = _INTRODUCTION.search(text[:200])
    if introduced:
        return Signature(introduced["who"] or introduced["here"], text)
    return Signature(None, text)

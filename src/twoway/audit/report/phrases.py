"""Sentences of a report as JSON keeps them: template and values, of which the same sentence is made again."""

import re
from collections.abc import Mapping
from typing import Final

from twoway.audit.findings import Report
from twoway.audit.report.published import Phrase
from twoway.audit.report.retelling import Tell, each, sentences
from twoway.audit.saying import ENGLISH, Said, Value, say, speaking

# A file may hold anything: a template reaches into no value, and asks for no million of blanks.
_PLACES: Final = re.compile(r"\{[a-z_]+(?::(?:small|capital|\.2f))?\}")
_DEEPEST: Final = 20
"""Sentences inside of sentences; a list of eight streams is eight deep."""


def kept(report: Report) -> tuple[Phrase, ...]:
    """Return each sentence of a report once."""
    return tuple(map(_packed, {said: said for said in sentences(report)}.values()))


def restored(report: Report, phrases: tuple[Phrase, ...]) -> Report:
    """Return a report whose sentences know again how they were made."""
    with speaking(ENGLISH):
        known = dict(filter(None, map(_made, phrases)))

    def find(words: str) -> str:
        return known.get(words, words)

    return each(report, Tell(find, find)) if known else report


def _packed(said: Said) -> Phrase:
    values = {
        name: _packed(value) if isinstance(value, Said) else value
        for name, value in said.values.items()
    }
    return Phrase(say=said.template, of_many=said.plural, values=values)


def _made(phrase: Phrase) -> tuple[str, Said] | None:
    said = _unpacked(phrase)
    return (str(said), said) if isinstance(said, Said) else None


def _unpacked(one: Phrase | Value, depth: int = 0) -> Value | None:
    """Return what a phrase says; None of one that no Twoway has written."""
    if not isinstance(one, Phrase):
        return one
    if depth > _DEEPEST:
        return None
    made = {name: _unpacked(value, depth + 1) for name, value in one.values.items()}
    values = {name: value for name, value in made.items() if value is not None}
    return say(one.say, one.of_many, **values) if _is_sound(one, values) else None


def _is_sound(phrase: Phrase, values: Mapping[str, Value]) -> bool:
    for template in filter(None, (phrase.say, phrase.of_many)):
        asked = {place[1:-1].partition(":")[0] for place in _PLACES.findall(template)}
        is_plain = not set("{}") & set(_PLACES.sub("", template))
        if values and not (is_plain and asked <= set(values)):
            return False
    is_counted = isinstance(values.get("n"), int | float)
    return "plural" not in values and (is_counted or not phrase.of_many)

"""Texts from the phrase books in phrases/: templates whose {symbols} are replaced by chance.

A book is a folder of TOML files; every list in it is a symbol. Symbols of a [words] table keep
their value within one talk, so that the answer speaks of the stop that was asked about; `stop_two`
is another one of `stop`. `[[topic]]` tables hold symbols of one subject.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from twoway.practice.dice import Dice

FOLDER = Path(__file__).parent / "phrases"
_SYMBOL = re.compile(r"\{(\w+)\}")
_SPACES = re.compile(r"\s+")
_SENTENCE = re.compile(r"(?:^|(?<=[.!?] ))[¿¡]?[^\W\d_]")
_GAP = re.compile(r" (?=[.,])")
# What is English in every language: names, and what machines and spammers write.
_SHARED = ("names", "spam")
# Texts and symbols in turn: "Hi {name}," is ("Hi ", "name", ",").
Template = tuple[str, ...]


@dataclass(slots=True)
class Talk:
    """What one talk is about: its topic, and the words and names it has settled on."""

    topic: Mapping[str, Sequence[Template]]
    bound: dict[str, str] = field(default_factory=dict)


class Phrases:
    """The phrase book of one setting in one language."""

    def __init__(self, language: str, setting: str) -> None:
        self.language = language
        self.words: frozenset[str] = frozenset()
        self.lists: dict[str, tuple[Template, ...]] = {}
        self.topics: list[dict[str, tuple[Template, ...]]] = []
        self.crisis_topics: list[dict[str, tuple[Template, ...]]] = []
        for book in _books(FOLDER / "en" / "everywhere"):
            self._add({section: book.get(section, {}) for section in _SHARED})
        for folder in (FOLDER / language / "everywhere", FOLDER / language / setting):
            for book in _books(folder):
                self._add(book)

    def _add(self, book: dict[str, Any]) -> None:
        self.words |= frozenset(book.get("words", ()))
        for section in ("names", "words", "posts", "theirs", "ours", "spam"):
            self.lists.update(_templates(book.get(section, {})))
        for topic in book.get("topic", ()):
            made = _templates(topic)
            self.topics.append(made)
            if topic.get("crisis"):
                self.crisis_topics.append(made)

    def talk(self, dice: Dice, *, crisis: bool = False, **names: str) -> Talk:
        """Begin a talk about one topic; `names` are symbols only this talk knows."""
        topic = dice.pick((crisis and self.crisis_topics) or self.topics)
        return Talk(topic, dict(names))

    def say(self, symbol: str, dice: Dice, talk: Talk) -> str:
        """Return a text for the symbol, tidied."""
        text = _GAP.sub("", _SPACES.sub(" ", self._expand(symbol, dice, talk)).strip())
        return _SENTENCE.sub(lambda letter: letter[0].upper(), text)

    def _expand(self, symbol: str, dice: Dice, talk: Talk) -> str:
        if (known := talk.bound.get(symbol)) is not None:
            return known
        name = symbol.removesuffix("_two")
        choices = talk.topic.get(name) or self.lists[name]
        made = self._fill(dice.pick(choices), dice, talk)
        if name in self.words:
            while name != symbol and made == talk.bound.get(name) and len(choices) > 1:
                made = self._fill(dice.pick(choices), dice, talk)
            talk.bound[symbol] = made
        return made

    def _fill(self, template: Template, dice: Dice, talk: Talk) -> str:
        if len(template) == 1:
            return template[0]
        return "".join(
            self._expand(part, dice, talk) if place % 2 else part
            for place, part in enumerate(template)
        )


def _books(folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(folder.glob("*.toml")):
        yield tomllib.loads(file.read_text(encoding="utf-8"))


def _templates(section: Mapping[str, Any]) -> dict[str, tuple[Template, ...]]:
    return {
        symbol: tuple(tuple(_SYMBOL.split(text)) for text in texts)
        for symbol, texts in section.items()
        if isinstance(texts, list)
    }


@cache
def phrases(language: str, setting: str) -> Phrases:
    """Return a phrase book, read once."""
    return Phrases(language, setting)


@cache
def languages() -> tuple[str, ...]:
    return tuple(sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir()))


@cache
def settings() -> tuple[str, ...]:
    """Return the kinds of organisation there are: folders with organisations of their own."""
    return tuple(sorted(file.parent.name for file in FOLDER.glob("en/*/organisations.toml")))


@cache
def organisations(setting: str) -> tuple[Mapping[str, str], ...]:
    """Return what the five organisations of a setting are called, and what their profiles say."""
    text = (FOLDER / "en" / setting / "organisations.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["organisation"])

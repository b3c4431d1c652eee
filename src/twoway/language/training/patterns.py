"""Invented posts from patterns: for every language and kind, as many as asked, always the same.

A file has fillers below `[= name]` and patterns below `[kind]`: `{name}` takes a filler,
`[a|b|]` one of its choices. Below `[praise+complaint]` stand patterns that are both. People write without capitals, marks and accents; so do these.
"""

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from hashlib import blake2b
from importlib.resources import files
from typing import Literal

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
# Kinds that go together in one post: "Thanks! Are you open on Sunday?" is a question.
_PAIRS = (
    ("praise", "question"), ("praise", "request"), ("complaint", "question"), ("complaint", "request"),
    ("praise", "complaint"), ("closer", "question"), ("closer", "complaint"), ("statement", "question"),
    ("statement", "complaint"), ("statement", "praise"), ("story", "praise"), ("story", "question"),
    ("complaint", "complaint"), ("statement", "request"), ("story", "complaint"), ("question", "closer"),
    ("request", "closer"), ("complaint", "statement"), ("statement", "statement"), ("request", "question"),
)  # fmt: skip
# What counts no more once something else is said too.
_FADES = frozenset({"closer", "statement"})
_SHORT = frozenset({"closer", "withdrawal", "spam"})


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented post and the kinds it was made of."""

    text: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Patterns:
    fillers: dict[str, tuple[str, ...]]
    lines: dict[str, tuple[str, ...]]


# Every fifth line can be kept from a model, to see what it makes of posts like no other it knows.
_ASIDE = 5
Part = Literal["all", "learned", "unseen"]


@cache
def patterns(name: str, part: Part = "all") -> Patterns:
    """Return the patterns of the file `name` below `patterns/` and of its further voices.

    `part` leaves out a fifth of the lines, or all others; a heading without any keeps its own.
    """
    folder = files("twoway.language.training").joinpath("patterns")
    both = (folder.joinpath(f"{name}.txt"), folder.joinpath("voices", f"{name}.txt"))
    text = "\n".join(file.read_text("utf-8") for file in both if file.is_file())
    fillers: dict[str, tuple[str, ...]] = {}
    lines: dict[str, list[str]] = {}
    for section, line in _lines(text):
        if section.startswith("="):
            name = section.strip("= ")
            fillers[name] = (*fillers.get(name, ()), *map(str.strip, line.split("|")))
        else:
            lines.setdefault(section, []).append(line)
    return Patterns(fillers, {kind: _of(part, found) for kind, found in lines.items()})


def _of(part: Part, lines: Sequence[str]) -> tuple[str, ...]:
    if part == "all":
        return tuple(lines)
    aside = [blake2b(line.encode(), digest_size=2).digest()[0] % _ASIDE == 0 for line in lines]
    chosen = (
        line for line, is_aside in zip(lines, aside, strict=True) if is_aside == (part == "unseen")
    )
    return tuple(chosen) or tuple(lines)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield (section, line); a heading stands alone in its brackets, unlike a line of choices."""
    section = ""
    for line in text.splitlines():
        if re.fullmatch(r"\[(?:= )?[\w+]+\]", line):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            yield section, line


def invent(language: str, kind: str, chance: random.Random, part: Part = "all") -> Invented:
    """Return one invented post of `kind`, in four of ten cases beside another kind."""
    own = patterns(language, part)
    mixed = [heading for heading in own.lines if "+" in heading and kind in heading.split("+")]
    if mixed and chance.random() < 0.12:
        chosen = chance.choice(mixed)
        text = _with_tail(fill(own, chosen, chance), own, chance)
        return Invented(_roughen(text, own, chance), frozenset(chosen.split("+")))
    pairs = [pair for pair in _PAIRS if kind in pair]
    if pairs and chance.random() < 0.3:
        first, second = chance.choice(pairs)
        said = [_said(own, name, chance) for name in (first, second)]
        kinds = frozenset((first, second))
        kept = kinds - _FADES or frozenset((kind,))
        return Invented(_roughen(join(said, chance), own, chance), kept)
    return Invented(_roughen(_said(own, kind, chance), own, chance), frozenset((kind,)))


def invent_all(language: str, kinds: Sequence[str], chance: random.Random, part: Part) -> str:
    """Return one invented post of all of `kinds`, in an order of its own."""
    own = patterns(language, part)
    said = [_said(own, kind, chance) for kind in chance.sample(kinds, len(kinds))]
    return _roughen(reduce(lambda a, b: join([a, b], chance), said), own, chance)


def _said(own: Patterns, kind: str, chance: random.Random) -> str:
    text = fill(own, kind, chance)
    return text if kind in _SHORT else _with_tail(text, own, chance)


def _with_tail(text: str, own: Patterns, chance: random.Random) -> str:
    """Add in some cases where, when or with whom: words that say nothing about the kind."""
    if chance.random() >= 0.25:
        return text
    end = len(text.rstrip("?!. "))
    return f"{text[:end]} {chance.choice(own.fillers['tail'])}{text[end:]}"


def fill(own: Patterns, heading: str, chance: random.Random) -> str:
    """Return a line below `heading` with its choices made and its slots filled."""
    text = chance.choice(own.lines[heading])
    while found := _CHOICE.search(text):
        text = text[: found.start()] + chance.choice(found[1].split("|")) + text[found.end() :]
    text = _SLOT.sub(lambda slot: chance.choice(own.fillers[slot[1]]), text)
    return re.sub(r"\s+", " ", re.sub(r"\s+([,.!?])", r"\1", text)).strip(" ,")


def join(said: list[str], chance: random.Random) -> str:
    """Return two sentences as one text."""
    first = (
        said[0] if said[0][-1:] in "?!." else said[0] + chance.choice((".", "!", ",", " -", "..."))
    )
    return f"{first} {said[1]}"


def _roughen(text: str, own: Patterns, chance: random.Random) -> str:
    """Write `text` as people do: a handle before it, no capitals, a slip, no last mark."""
    if chance.random() < 0.5:
        text = text.rstrip(".")
    if chance.random() < 0.25:
        text = text.rstrip("?!")
    if chance.random() < 0.35:
        text = text.lower()
    elif text[:1].islower() and chance.random() < 0.6:
        text = text[:1].upper() + text[1:]
    if chance.random() < 0.1:
        text = "".join(
            c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
        )
    if chance.random() < 0.1 and len(text) > 12:
        text = _slip(text, chance)
    if chance.random() < 0.2:
        text = f"{chance.choice(own.fillers['org'])} {text}"
    if chance.random() < 0.06:
        text = text + chance.choice(("!", "!!", "...", " :)", " :(", " pls"))
    return text


def _slip(text: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(text) - 2)
    if chance.random() < 0.5:
        return text[:place] + text[place + 1 :]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]

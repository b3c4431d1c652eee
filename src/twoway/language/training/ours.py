"""Invented posts of an organisation: what each does, in six languages.

The headings of `patterns/ours` are the kinds; the fillers are those of `patterns`.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from twoway.language.model.ours import HEADS, KINDS
from twoway.language.tongue import KNOWN
from twoway.language.training.patterns import Invented, Part, Patterns, fill, join, patterns
from twoway.language.training.sources import Example

# Of each heading in each language; most answers only tell, and too few of them made promises of all.
_MANY = {"information": 1000, "promise": 600}
_SOME = 420
_TOGETHER = (
    ("thanks", "promise"), ("thanks", "information"), ("thanks", "asks+question"), ("thanks", "asks"),
    ("information", "promise"), ("information", "offer"), ("information", "launch"),
    ("information", "taken_private+asks"), ("promise", "taken_private+asks"), ("asks+question", "promise"),
    ("information", "information"), ("featuring", "thanks"), ("launch", "offer"), ("launch", "daily_life"),
    ("information", "asks+question"), ("offer", "information"), ("daily_life", "invitation+question"),
)  # fmt: skip
# "Nothing but thanks", and information is what is left where nothing else is done.
_FADES = frozenset({"thanks", "information"})
_TAGS = ("#news", "#monday", "#ourtown", "#team", "#thanks", "#service")


def examples(chance: random.Random, part: Part = "all") -> Iterator[Example]:
    """Yield posts as if the organisation had written them."""
    for language in KNOWN:
        for heading in _patterns(language).lines:
            for _ in range(_MANY.get(heading, _SOME)):
                post = invent(language, heading, chance, part)
                labels = {HEADS[kind]: float(kind in post.kinds) for kind in KINDS}
                yield Example(post.text, language, labels)


def invent(language: str, heading: str, chance: random.Random, part: Part = "all") -> Invented:
    """Return one post of the kinds of `heading`, in a quarter of the cases beside others."""
    own = _patterns(language, part)
    pairs = [pair for pair in _TOGETHER if heading in pair]
    if pairs and chance.random() < 0.25:
        chosen = chance.choice(pairs)
        kinds = frozenset(kind for part in chosen for kind in part.split("+"))
        text = join([fill(own, part, chance) for part in chosen], chance)
        return Invented(_dress(text, chance), kinds - _FADES or frozenset(heading.split("+")))
    return Invented(_dress(fill(own, heading, chance), chance), frozenset(heading.split("+")))


@cache
def _patterns(language: str, part: Part = "all") -> Patterns:
    return replace(patterns(f"ours/{language}", part), fillers=patterns(language).fillers)


def _dress(text: str, chance: random.Random) -> str:
    """Write `text` as organisations do: whom it answers before it, who signed or a tag behind it."""
    text = text[:1].upper() + text[1:]
    if chance.random() < 0.15:
        text = text.rstrip("?!.")
    elif text[-1:].isalnum():
        text += chance.choice((".", ".", "!", ""))
    if chance.random() < 0.2:
        text = f"@{chance.choice(('jonas', 'mia_k', 'tom77', 'lena'))} {text}"
    if chance.random() < 0.2:
        text = f"{text} {chance.choice(('^AB', '/NS', 'http://t.example/a', '👇', '🎉', *_TAGS))}"
    return text

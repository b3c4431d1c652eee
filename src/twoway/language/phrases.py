"""Phrases in readable files, and where they stand in a post.

A file has [sections]; each line below one is a phrase. `a|b` is either word, `(a)` may be missing,
`…` stands for up to three words.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

GAP = "…"
WIDEST_GAP = 3

Slot = frozenset[str]
# Words found per section: how often, and the first and last place of each.
Hits = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The phrases of one language by their first word, and its plain lists of words."""

    phrases: Mapping[str, Sequence[tuple[str, tuple[Slot, ...]]]]
    lists: Mapping[str, frozenset[str]]
    words: frozenset[str]

    def find(self, tokens: Sequence[str]) -> Hits:
        """Return where the phrases of each section stand among `tokens`."""
        hits: Hits = {}
        for place, token in enumerate(tokens):
            for section, rest in self.phrases.get(token, ()):
                end = _match(tokens, place + 1, rest)
                if end:
                    hits.setdefault(section, []).append((place, end))
        return hits


def _match(tokens: Sequence[str], place: int, slots: tuple[Slot, ...]) -> int:
    """Return the place behind `slots` when they stand at `place`, else 0."""
    for number, slot in enumerate(slots):
        if GAP in slot:
            rest = slots[number + 1 :]
            ends = (_match(tokens, place + gap, rest) for gap in range(WIDEST_GAP + 1))
            return next((end for end in ends if end), 0)
        if place >= len(tokens) or tokens[place] not in slot:
            return 0
        place += 1
    return place


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield (section, line) of a file of phrases."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            yield section, line


def _variants(line: str) -> Iterator[tuple[Slot, ...]]:
    """Yield the slots of a phrase, once with and once without each word that may be missing."""
    choices: list[tuple[Slot | None, ...]] = []
    for word in line.split():
        slot = frozenset(word.strip("()").casefold().split("|"))
        choices.append((slot, None) if word.startswith("(") else (slot,))
    for chosen in product(*choices):
        yield tuple(slot for slot in chosen if slot is not None)


# Sections that are lists of words rather than phrases: looked up word by word.
_LISTS = frozenset(
    ("common", "first_person", "question_start", "filler", "greeting", "safety", "money", "time", "public",
     "friendly", "hostile", "you")
)  # fmt: skip


@cache
def phrasebook(language: str) -> Phrasebook:
    """Return the phrasebook of `language`; each is read once, when first needed."""
    text = files("twoway.language.rules").joinpath("words", f"{language}.txt").read_text("utf-8")
    phrases: dict[str, list[tuple[str, tuple[Slot, ...]]]] = defaultdict(list)
    lists: dict[str, set[str]] = defaultdict(set)
    for section, line in sections(text):
        if section in _LISTS:
            lists[section].update(line.replace("|", " ").casefold().split())
            continue
        for slots in _variants(line):
            for first in slots[0]:
                phrases[first].append((section, slots[1:]))
    known = {word for words in lists.values() for word in words}
    known.update(
        phrases, *(slot for found in phrases.values() for _, rest in found for slot in rest)
    )
    return Phrasebook(
        dict(phrases), {name: frozenset(words) for name, words in lists.items()}, frozenset(known)
    )

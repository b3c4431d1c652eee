"""Which words made the model say so: exact, because the model is a sum.

What a piece adds to a head's score is shared out evenly over the words it touches, what a phrase adds
over its words; what no word is to blame for (how long a post is, how common the kind) is the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twoway.language.assessor import Heard
from twoway.language.model.assessor import TrainedModel
from twoway.language.model.marks import NAMES, SECTIONS, marks
from twoway.language.model.ours import HEADS
from twoway.language.model.pieces import DIGIT, LINK_MARK, LONGEST, SHORTEST, cut, normal, words_at
from twoway.language.phrases import phrasebook
from twoway.language.reader import hear
from twoway.language.tongue import KNOWN
from twoway.language.utterance import Utterance

Floats = NDArray[np.floating]
Places = NDArray[np.int64]
# What no word is to blame for.
REST = ""
# Beside the strongest word, one that adds less than this share of it explains nothing.
_WORTH_NAMING = 0.2
_LEAST = 0.01
_NAMED = 3
# Signs that count by themselves, and which marks of theirs.
_SIGNS = {
    "?": ("asks", "ends asking", "asks twice", "question word first"),
    "!": ("exclaims", "exclaims often"),
}


class Reason(NamedTuple):
    """A word of a post, and what it adds to the score of a kind (below zero: speaks against it)."""

    word: str
    weight: float


def why(model: TrainedModel, text: str, kind: str, most: int = 5) -> tuple[Reason, ...]:
    """Return the words that speak most for `kind` in `text`, the strongest first.

    A kind of ours is asked for by the name of its head ("ours promise").
    """
    found = shares(model, hear(Utterance(text=text))[0], kind)
    found.pop(REST, None)
    ranked = sorted(found.items(), key=lambda pair: -pair[1])[:most]
    return tuple(Reason(word, round(weight, 4)) for word, weight in ranked)


def mattered(
    model: TrainedModel, text: str, kind: str, *, is_ours: bool = False
) -> tuple[str, ...]:
    """Return up to three words for which `text` was taken for `kind`, as far as words were the reason.

    Words that everybody says ("it", "for") are named only where no other word mattered.
    """
    one = hear(Utterance(text=text))[0]
    found = shares(model, one, HEADS.get(kind, "") if is_ours else kind)
    found.pop(REST, None)
    least = max(_WORTH_NAMING * max(found.values(), default=0.0), _LEAST)
    ranked = sorted((word for word in found if found[word] >= least), key=lambda word: -found[word])
    telling = [word for word in ranked if word not in common(one.language)]
    return tuple((telling or ranked)[:_NAMED])


def common(language: str | None) -> frozenset[str]:
    """Return the words everybody says in a language."""
    return phrasebook(language).lists["common"] if language in KNOWN else frozenset()


def shares(model: TrainedModel, one: Heard, kind: str) -> dict[str, float]:
    """Return what each word of a post adds to the score of `kind`, and the rest: together the score."""
    weights = model.weights
    # What makes a post unsure is that it may call for an answer.
    name = "calls" if kind == "unsure" else kind
    if name not in weights.heads:
        return {}
    head = weights.heads.index(name)
    form = normal(one.surface)
    pieces = cut([form])
    units = _Units(form)
    found = [(REST, float(weights.bias[head]))]
    for table, steps, buckets, share in (
        (weights.characters, weights.steps[0], pieces.characters, units.by_piece),
        (weights.words, weights.steps[1], pieces.words, units.by_word),
    ):
        found += share(table[buckets, head] * steps[head] / np.sqrt(max(1, len(buckets))))
    found += _marked(one, weights.marks[:, head])
    return _summed(_as_written(found, one))


class _Units:
    """The words of a normal form and its question and exclamation marks, and whose each letter is."""

    def __init__(self, form: str) -> None:
        starts, stops = words_at(np.frombuffer(form.encode("utf-32-le"), dtype=np.uint32))
        self.words = [form[a:b] for a, b in zip(starts, stops, strict=True)]
        signs = [place for place, letter in enumerate(form) if letter in _SIGNS]
        self._names = [*self.words, *(form[place] for place in signs)]
        self._owner = np.full(len(form), -1)
        for number, (a, b) in enumerate(zip(starts, stops, strict=True)):
            self._owner[a:b] = number
        self._owner[signs] = np.arange(len(self.words), len(self._names))

    def by_piece(self, added: Floats) -> Iterable[tuple[str, float]]:
        """Share out what pieces of characters add, in the order in which `cut` returns them."""
        found, begins = np.zeros(len(self._names) + 1), 0
        for size in range(SHORTEST, LONGEST + 1):
            if size > len(self._owner):
                break
            # Both the places a piece covers and whose they are; the last is nobody's.
            covered = np.lib.stride_tricks.sliding_window_view(self._owner, size)
            each = added[begins : begins + len(covered)]
            begins += len(covered)
            told = (covered >= 0).sum(axis=1)
            np.add.at(found, covered[covered >= 0], np.repeat(each / np.maximum(told, 1), told))
            found[-1] += each[told == 0].sum()
        return zip([*self._names, REST], found.tolist(), strict=True)

    def by_word(self, added: Floats) -> Iterable[tuple[str, float]]:
        """Share out what words and pairs of neighbours add."""
        found, count = np.zeros(len(self._names) + 1), len(self.words)
        found[:count] += added[:count]
        found[: max(0, count - 1)] += added[count:] / 2
        found[1:count] += added[count:] / 2
        return zip([*self._names, REST], found.tolist(), strict=True)


def _marked(one: Heard, weights: Floats) -> Iterator[tuple[str, float]]:
    """Share out what marks add: phrases over their words, signs to themselves, others to the rest."""
    book = phrasebook(one.language) if one.language in KNOWN else None
    added = np.asarray(marks(one.surface, one.hits, book)) * weights
    for name, weight in zip(NAMES, added.tolist(), strict=True):
        to = list(_blamed(name, one)) or [REST]
        yield from ((word, weight / len(to)) for word in to)


def _blamed(name: str, one: Heard) -> Iterator[str]:
    section = name.removesuffix(" twice")
    if section in SECTIONS:
        for begins, ends in one.hits.get(section, ()):
            yield from (DIGIT.sub("0", token) for token in one.surface.tokens[begins:ends])
    yield from (
        sign for sign, names in _SIGNS.items() if name in names and sign in one.surface.bare
    )


def _as_written(found: Iterable[tuple[str, float]], one: Heard) -> Iterator[tuple[str, float]]:
    """Name words as they stand in the post: digits are cut as 0, links as a mark."""
    tokens: Sequence[str] = (*one.surface.bare.casefold().split(), *one.surface.tokens)
    written = {DIGIT.sub("0", token): token for token in reversed(tokens)}
    for word, weight in found:
        yield "link" if word == LINK_MARK.strip() else written.get(word, word), weight


def _summed(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for word, weight in found:
        total[word] += weight
    return dict(total)

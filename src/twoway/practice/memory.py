"""What an organisation has said before, so that it repeats itself only when the script says so.

Likeness is counted here by its definition, shared words over all words, and kept for truth.
"""

from collections.abc import Iterator
from math import ceil

from twoway.practice.lines import Line

# metrics 14 and 15 call two texts alike from 0.7 on; fresh texts keep a distance.
ALIKE = 0.7
FRESH = 0.62
# Of the posts that share a rare word, how many are looked at: nobody remembers the rest either.
LATELY = 20

Words = frozenset[int]


class Memory:
    """Sets of words with the lines that have them."""

    def __init__(self) -> None:
        self._number: dict[Words, int] = {}
        self._sets: list[Words] = []
        self._lines: list[list[Line]] = []
        self._holding: dict[int, list[int]] = {}

    def is_fresh(self, words: Words) -> bool:
        """Tell whether nothing like it was said lately."""
        if words in self._number:
            return False
        lately = (self._holding.get(word, ())[-LATELY:] for word in self._rarest(words, FRESH))
        return all(
            _jaccard(words, self._sets[number]) < FRESH for numbers in lately for number in numbers
        )

    def keep(self, line: Line, words: Words) -> None:
        """Remember a line by its words."""
        if (number := self._number.get(words)) is not None:
            self._lines[number].append(line)
            return
        number = self._number[words] = len(self._sets)
        self._sets.append(words)
        self._lines.append([line])
        for word in words:
            self._holding.setdefault(word, []).append(number)

    def groups(self) -> Iterator[tuple[list[Line], list[Line]]]:
        """Hand over, for each set, its lines and those of the sets that are alike but not the same."""
        for number, words in enumerate(self._sets):
            candidates = {n for word in self._rarest(words, ALIKE) for n in self._holding[word]} - {
                number
            }
            alike = [n for n in sorted(candidates) if _jaccard(words, self._sets[n]) >= ALIKE]
            yield self._lines[number], [line for n in alike for line in self._lines[n]]

    def _rarest(self, words: Words, threshold: float) -> list[int]:
        """Return so many of the rarest words that a set so like must have one of them."""
        by_rarity = sorted((len(self._holding.get(word, ())), word) for word in words)
        return [word for _, word in by_rarity[: len(words) - ceil(threshold * len(words)) + 1]]


def _jaccard(one: Words, other: Words) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)

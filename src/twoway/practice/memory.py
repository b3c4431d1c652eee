"""What an organisation has said before, so that it repeats itself only when the script says so."""

# metrics 14 and 15 call two texts alike from 0.7 on; fresh texts keep a distance.
FRESH = 0.62
# How many of a text's words are followed up, and how many of the posts that have one: nobody
# remembers the rest either.
RARE = 4
LATELY = 12

Words = frozenset[int]


class Memory:
    """Sets of words by the words they hold."""

    def __init__(self) -> None:
        self._known: set[Words] = set()
        self._sets: list[Words] = []
        self._holding: dict[int, list[int]] = {}

    def is_fresh(self, words: Words) -> bool:
        """Tell whether nothing like it was said lately."""
        if words in self._known:
            return False
        lately = {
            number
            for word in self._rarest(words)
            for number in self._holding.get(word, ())[-LATELY:]
        }
        return all(_jaccard(words, self._sets[number]) < FRESH for number in lately)

    def keep(self, words: Words) -> None:
        """Remember what was said."""
        if words in self._known:
            return
        self._known.add(words)
        for word in words:
            self._holding.setdefault(word, []).append(len(self._sets))
        self._sets.append(words)

    def _rarest(self, words: Words) -> list[int]:
        """Return some of its rarest words: what is like it has one of them, too."""
        by_rarity = sorted((len(self._holding.get(word, ())), word) for word in words)
        return [word for _, word in by_rarity[:RARE]]


def _jaccard(one: Words, other: Words) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)

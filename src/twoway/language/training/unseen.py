"""Posts from lines of patterns that a model was kept from: what it makes of words it does not know."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from twoway.language import labelled
from twoway.language.training.patterns import invent_all

_SEED = 5
_DRAWS = 3


def theirs() -> list[dict[str, Any]]:
    """Return the labelled tuning half, and unseen posts of the same kinds and languages.

    Both weigh the same: for each post three are invented, because with one the limits follow luck.
    """
    known = labelled.rows("first", "tuning") * _DRAWS
    return [*known, *_like(known)]


def _like(known: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    chance = random.Random(_SEED)
    for row in known:
        text = invent_all(row["language"], sorted(row["kinds"]), chance, "unseen")
        yield {**row, "text": text}

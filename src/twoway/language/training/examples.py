"""All examples the model learns from: invented posts, then the licensed texts."""

import random
from collections.abc import Iterator
from pathlib import Path

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.language.tongue import ASSESSED
from twoway.language.training import sources
from twoway.language.training.patterns import Invented, invent
from twoway.language.training.sources import Example

KINDS = (
    "question",
    "complaint",
    "request",
    "praise",
    "story",
    "statement",
    "closer",
    "withdrawal",
    "spam",
)
# So many invented posts of each kind: complaints and what is none of all are the hardest to tell.
_MANY = {"complaint": 1900, "question": 1500, "statement": 1500, "request": 1300}
_SOME = 900


def examples(folder: Path, youtube: Path, seed: int = 7) -> Iterator[Example]:
    """Yield all examples, the same ones in the same order for the same `seed`."""
    chance = random.Random(seed)
    for language in ASSESSED:
        for kind in KINDS:
            for _ in range(_MANY.get(kind, _SOME)):
                yield _labelled(invent(language, kind, chance), language)
    yield from sources.emotions(folder, chance)
    yield from sources.sentences(folder, chance)
    yield from sources.commands(folder, chance)
    yield from sources.bank(folder, chance)
    yield from sources.spam(folder, youtube)
    yield from sources.tweets(folder)


def _labelled(post: Invented, language: str) -> Example:
    kinds = post.kinds
    labels = {kind: float(kind in kinds) for kind in KINDS}
    labels["calls"] = float(bool(kinds & CALLS_FOR_ANSWER))
    if "complaint" in kinds and "?" in post.text and "question" not in kinds:
        del labels["question"]  # "Where is my order?" is both, "are you kidding?" is not
    if "complaint" in kinds and "request" not in kinds:
        del labels["request"]
    if kinds <= {"praise", "story"}:
        labels |= {"negative": 0.0, "positive": float("praise" in kinds)}
    elif "complaint" in kinds:
        labels |= {"positive": 0.0} if "praise" in kinds else {"negative": 1.0, "positive": 0.0}
    elif "praise" in kinds or kinds == {"closer"}:
        labels |= {"negative": 0.0}
    else:
        labels |= {"negative": 0.0, "positive": 0.0}
    return Example(post.text, language, labels)

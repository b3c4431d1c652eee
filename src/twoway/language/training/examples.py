"""All examples the model learns from: invented posts, then the licensed texts."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.language.model.kinds import KINDS
from twoway.language.tongue import KNOWN
from twoway.language.training import ours, sources
from twoway.language.training.patterns import Invented, Part, invent
from twoway.language.training.sources import Example

# So many invented posts of each kind: complaints and what is none of all are the hardest to tell.
_MANY = {"complaint": 2600, "praise": 1500, "question": 1600, "statement": 1800, "request": 1600}
_SOME = 900


def examples(folder: Path, youtube: Path, part: Part = "all", seed: int = 7) -> Iterator[Example]:
    """Yield all examples, the same ones in the same order for the same `seed`; of patterns a `part`."""
    chance = random.Random(seed)
    for name, found in (
        ("patterns", _invented(chance, part)),
        ("emotions", sources.emotions(folder, chance)),
        ("sentences", sources.sentences(folder, chance)),
        ("commands", sources.commands(folder, chance)),
        ("bank", sources.bank(folder, chance)),
        ("spam", sources.spam(folder, youtube)),
        ("tweets", sources.tweets(folder)),
        ("ours", ours.examples(chance, part)),
    ):
        for one in found:
            yield replace(one, source=name)


def _invented(chance: random.Random, part: Part) -> Iterator[Example]:
    for language in KNOWN:
        for kind in KINDS:
            for _ in range(_MANY.get(kind, _SOME)):
                yield _labelled(invent(language, kind, chance, part), language)


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

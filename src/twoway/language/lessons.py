"""What a model of a team's own learned, in words a teammate can check: by kind, which words now speak for it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from twoway.language.model.assessor import TrainedModel
from twoway.language.reader import hear
from twoway.language.remembering import Correction
from twoway.language.surface import look
from twoway.language.utterance import Utterance
from twoway.language.why import common

_NAMED = 5
# A word of one post only may be anybody's name.
_FEWEST = 2
# Of the words said most; asking for each costs a millisecond.
_ASKED = 60


class Lesson(NamedTuple):
    """How many posts taught a kind, and the words that gained most for it."""

    posts: int
    words: tuple[str, ...]


def lessons(
    base: TrainedModel, model: TrainedModel, taught: Iterable[Correction]
) -> dict[str, Lesson]:
    """Return by kind what `model` learned beyond `base`, the kinds taught most first."""
    by_kind: dict[str, list[Correction]] = defaultdict(list)
    for one in taught:
        for kind in one.kinds:
            by_kind[kind].append(one)
    ranked = sorted(by_kind, key=lambda kind: -len(by_kind[kind]))
    return {
        kind: Lesson(len(by_kind[kind]), _gained(base, model, kind, by_kind[kind]))
        for kind in ranked
    }


def _gained(
    base: TrainedModel, model: TrainedModel, kind: str, posts: Iterable[Correction]
) -> tuple[str, ...]:
    if base is model or kind not in model.weights.heads:
        return ()
    said = Counter(
        word
        for post in posts
        for word in set(look(post.text).words) - common(post.language)
        if not word.isdigit()
    )
    asked = [word for word, count in said.most_common(_ASKED) if count >= _FEWEST]
    gains = {word: _score(model, word, kind) - _score(base, word, kind) for word in asked}
    best = sorted(gains, key=lambda word: -gains[word])[:_NAMED]
    return tuple(word for word in best if gains[word] > 0)


def _score(model: TrainedModel, word: str, kind: str) -> float:
    heard, _ = hear(Utterance(text=word))
    return float(model.scores([heard])[0, model.weights.heads.index(kind)])

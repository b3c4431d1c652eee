"""The trained model as an assessor; its weights are read when the first post is."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from twoway.core.readings import Kind
from twoway.language import MODEL, tongue
from twoway.language.assessed import is_assessed
from twoway.language.assessor import Assessment, Heard
from twoway.language.model.kinds import kinds
from twoway.language.model.marks import marks
from twoway.language.model.ours import HEADS, ours
from twoway.language.model.pieces import cut, normal
from twoway.language.model.weights import Floats, Weights, load
from twoway.language.phrases import phrasebook

SHIPPED = Path(__file__).parent / "weights" / "kinds.npz"

_NEVER = 2.0
# A picture or a link alone may be a screenshot of what went wrong.
_UNSURE = (Kind("unsure", 1.0, holds=True),)


class TrainedModel:
    """Weights with a name; knows the six assessed languages and says so of all others."""

    def __init__(self, weights: Weights, name: str) -> None:
        self.weights = weights
        self._name = name
        # What a team learned from an older base has no heads for what we ourselves write.
        self._knows_ours = all(head in weights.heads for head in HEADS.values())

    @property
    def name(self) -> str:
        """Name and version of the weights."""
        return self._name

    def scores(self, heard: Sequence[Heard]) -> Floats:
        """Return the raw score of every head for every post."""
        pieces = cut([normal(one.surface) for one in heard])
        shown = [
            marks(
                one.surface,
                one.hits,
                phrasebook(one.language) if one.language in tongue.KNOWN else None,
            )
            for one in heard
        ]
        return self.weights.scores(pieces, shown)

    def assess(self, heard: Sequence[Heard]) -> list[Assessment]:
        """Return kinds and tone of posts, in their order."""
        if not heard:
            return []
        rows = self.weights.chances(self.scores(heard)).tolist()
        named = [dict(zip(self.weights.heads, row, strict=True)) for row in rows]
        return [self._assess(one, chances) for one, chances in zip(heard, named, strict=True)]

    def _assess(self, one: Heard, chances: dict[str, float]) -> Assessment:
        if not one.surface.bare:
            alone = one.utterance.has_media or one.utterance.has_link or one.surface.plain.strip()
            return Assessment(_UNSURE if alone else (), chances=chances)
        if not is_assessed(one.language) and one.surface.has_letters:
            return Assessment(not_assessed(asks=one.surface.asks), chances=chances)
        tells_tone = is_assessed(one.language, "tone") or not one.surface.has_letters
        tone = round(tone_of(chances), 4) if tells_tone else None
        limits = self.weights.holds
        likely = kinds(chances, {**limits, "maybe": _NEVER, "maybe beside": _NEVER})
        return Assessment(
            kinds(chances, limits),
            tone,
            chances,
            frozenset(kind.name for kind in likely if kind.holds),
            self._ours(one, chances),
        )

    def _ours(self, one: Heard, chances: dict[str, float]) -> tuple[Kind, ...] | None:
        if not self._knows_ours:
            return None
        return ours(chances, self.weights.holds, one)


def tone_of(chances: Mapping[str, float]) -> float:
    """Return a tone from -1 to 1; what is sure to complain or to praise says it as well."""
    good = max(chances["positive"], chances["praise"])
    return good - max(chances["negative"], chances["complaint"])


def not_assessed(*, asks: bool) -> tuple[Kind, ...]:
    """Return what can be said of a post in a language we do not assess: nothing for sure."""
    return (*((Kind("question", 0.5, holds=False),) if asks else ()), *_UNSURE)


@cache
def shipped() -> TrainedModel:
    """Return the model that comes with Twoway."""
    return TrainedModel(load(SHIPPED), MODEL)

"""The rules as an assessor: what `twoway language evaluate` compares the model with."""

from collections.abc import Sequence

from twoway.language.assessor import Assessment, Heard
from twoway.language.model.assessor import not_assessed
from twoway.language.rules import MODEL, theirs
from twoway.language.tongue import KNOWN


class Rules:
    """Phrases and marks alone, no tone."""

    name = MODEL

    def assess(self, heard: Sequence[Heard]) -> list[Assessment]:
        """Return the kinds of posts, in their order."""
        return [self._assess(one) for one in heard]

    def _assess(self, one: Heard) -> Assessment:
        known = one.language if one.language in KNOWN else None
        known = known or (None if one.surface.has_letters else "en")
        if known is None:
            return Assessment(not_assessed(asks=one.surface.asks))
        found = theirs.read(one.surface, one.hits, known, has_link=one.utterance.has_link)
        return Assessment(found, likely=frozenset(kind.name for kind in found if kind.holds))

"""VADER as an assessor, to compare with: negative means complaint, positive praise, nothing else."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from twoway.core.readings import Kind
from twoway.language.assessor import Assessment, Heard

# Its authors' own limits.
_LIMIT = 0.05


class Vader:
    """Hutto & Gilbert's lexicon and rules (2014, English); an extra, never needed."""

    name = "VADER 3.3"

    def __init__(self, analyzer: Any) -> None:
        self._analyzer = analyzer

    @classmethod
    def where_installed(cls) -> "list[Vader]":
        """Return VADER where its package is there, else nothing."""
        if not find_spec("vaderSentiment"):
            return []
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 - an extra

        return [cls(SentimentIntensityAnalyzer())]

    def assess(self, heard: Sequence[Heard]) -> list[Assessment]:
        """Return complaint or praise by tone."""
        return [self._assess(one.surface.linkless) for one in heard]

    def _assess(self, text: str) -> Assessment:
        tone = float(self._analyzer.polarity_scores(text)["compound"])
        name = "complaint" if tone <= -_LIMIT else "praise" if tone >= _LIMIT else "statement"
        chances = {"complaint": (1 - tone) / 2, "praise": (1 + tone) / 2}
        kind = Kind(name, max(chances.values()), holds=True)
        return Assessment((kind,), tone, chances, frozenset({name}))

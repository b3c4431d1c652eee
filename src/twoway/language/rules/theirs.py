"""What a post of somebody else is, by phrases: every number here is a judgement, none is trained."""

from collections.abc import Iterator

from twoway.core.readings import CALLS_FOR_ANSWER, Kind
from twoway.language.phrases import Hits, phrasebook
from twoway.language.surface import Surface

# Certain enough to act on; between the two a post that might call for an answer is unsure.
HOLDS = 0.6
SHOWN = 0.2
_MAYBE = 0.35
# A closer says little beside its thanks.
_CLOSER_WORDS = 14
_STORY_WORDS = 15


def read(surface: Surface, hits: Hits, language: str, *, has_link: bool) -> tuple[Kind, ...]:
    """Return the kinds of a post in an assessed `language`, the likely ones only."""
    found = dict(_calls(surface, hits, language))
    found |= dict(_others(surface, hits, language, found, has_link=has_link))
    kinds = [Kind(name, p, p >= HOLDS) for name, p in found.items() if p >= SHOWN]
    held = {kind.name for kind in kinds if kind.holds}
    doubt = max((p for name, p in found.items() if name in CALLS_FOR_ANSWER), default=0.0)
    if doubt >= _MAYBE and not held & {*CALLS_FOR_ANSWER, "spam", "withdrawal", "closer"}:
        kinds.append(Kind("unsure", 1 - doubt, holds=True))
    elif not held:
        kinds.append(Kind("statement", HOLDS, holds=True))
    return tuple(kinds)


def _calls(surface: Surface, hits: Hits, language: str) -> Iterator[tuple[str, float]]:
    """Yield question, complaint and request with their certainties."""
    starts = phrasebook(language).lists["question_start"]
    if surface.asks:
        yield "question", 0.5 if "rhetorical" in hits and "question" not in hits else 0.9
    elif "question" in hits:
        yield "question", 0.7
    elif surface.tokens and surface.tokens[0] in starts and len(surface.tokens) > 2:
        yield "question", 0.3
    complaints, kind_words = len(hits.get("complaint", ())), len(hits.get("praise", ()))
    if "never_answer" in hits or (complaints == 0 and _is_hostile(surface)):
        yield "complaint", 0.8
    elif complaints:
        yield (
            "complaint",
            min(0.9, 0.5 + 0.2 * complaints) - (0.15 if kind_words > complaints else 0),
        )
    if "request" in hits:
        yield "request", 0.7


def _others(
    surface: Surface, hits: Hits, language: str, calls: dict[str, float], *, has_link: bool
) -> Iterator[tuple[str, float]]:
    """Yield the kinds that ask for nothing, as far as `calls` leave room for them."""
    called = max(calls.values(), default=0.0)
    if "spam" in hits:
        yield "spam", 0.85 if len(hits["spam"]) + has_link > 1 else 0.4
    if "withdrawal" in hits:
        yield "withdrawal", 0.8 if called < 0.9 else 0.3
    praise = len(hits.get("praise", ()))
    if praise:
        yield "praise", min(0.9, 0.5 + 0.2 * praise) - (0.4 if "complaint" in calls else 0)
    if _closes(surface, hits, language) and not surface.asks and called < HOLDS:
        yield "closer", 0.8
    if len(hits.get("story", ())) > 1 and len(surface.tokens) >= _STORY_WORDS:
        yield "story", 0.65


def _closes(surface: Surface, hits: Hits, language: str) -> bool:
    """Tell whether a post says no more than thanks, fine or a friendly emoji."""
    if _is_hostile(surface):
        return False
    words = surface.words
    if not words:
        return any(mark in surface.bare for mark in phrasebook("emoji").lists["friendly"])
    if len(words) > _CLOSER_WORDS or not {"closer", "thanks"} & hits.keys():
        return False
    filler = phrasebook(language).lists["filler"]
    return sum(word not in filler for word in words) <= len(words) // 5


def _is_hostile(surface: Surface) -> bool:
    hostile = phrasebook("emoji").lists["hostile"]
    return not surface.bare.isascii() and any(mark in surface.bare for mark in hostile)

"""What a post of the organisation does, by phrases."""

from collections.abc import Iterator

from twoway.core.readings import Kind
from twoway.language.assessor import Heard
from twoway.language.phrases import Hits, phrasebook
from twoway.language.rules.theirs import HOLDS, SHOWN
from twoway.language.surface import Surface
from twoway.language.tongue import KNOWN

# What an announcement does; where none of them holds it informs. `own_link` is not among them:
# whose site a link leads to is known in the audit alone.
_DOES = ("offer", "launch", "featuring", "daily_life")


def read(one: Heard) -> tuple[Kind, ...]:
    """Return the kinds of a post as if the organisation had written it."""
    utterance = one.utterance
    if one.language is None or one.language not in KNOWN:
        return _not_assessed(one.surface, has_poll=utterance.has_poll)
    found = dict(
        _talk(
            one.surface,
            one.hits,
            one.language,
            is_reply=utterance.is_reply,
            has_poll=utterance.has_poll,
        )
    )
    for name in _DOES:
        if name in one.hits:
            found[name] = min(0.9, 0.45 + 0.2 * len(one.hits[name]))
    kinds = [Kind(name, p, p >= HOLDS) for name, p in found.items() if p >= SHOWN]
    if not any(kind.holds for kind in kinds):
        kinds.append(Kind("information", HOLDS, holds=True))
    return tuple(kinds)


def _not_assessed(surface: Surface, *, has_poll: bool) -> tuple[Kind, ...]:
    """Return what marks alone tell in a language we do not assess."""
    asks = surface.asks or has_poll
    kinds = (Kind("question", 0.7, holds=True), Kind("asks", 0.7, holds=True)) if asks else ()
    return kinds or (Kind("information", 0.5, holds=False),)


def _talk(
    surface: Surface, hits: Hits, language: str, *, is_reply: bool, has_poll: bool
) -> Iterator[tuple[str, float]]:
    """Yield what the post does to whoever reads it."""
    asks = surface.asks or has_poll
    if asks:
        yield "question", 0.9
    private = "private" in hits
    if private:
        yield "taken_private", 0.75 if is_reply else 0.4
    # "Write to us privately" asks too: design, the turn rule 2.4.6.
    if is_reply and (asks or private or "asks" in hits):
        yield "asks", 0.85 if asks else 0.65
    if not is_reply and (has_poll or "invite" in hits):
        yield "invitation", 0.85 if asks else 0.5
    if "promise" in hits and is_reply:
        yield "promise", 0.75
    if _only_thanks(surface, hits, language) and not asks and not private and "promise" not in hits:
        yield "thanks", 0.8


def _only_thanks(surface: Surface, hits: Hits, language: str) -> bool:
    if "thanks" not in hits:
        return False
    filler = phrasebook(language).lists["filler"]
    words = surface.words
    return sum(word not in filler for word in words) <= 1 + len(words) // 5

"""How pressing a post is, by transparent rules: safety, money, time, public risk, repeated calls.

No openly licensed set of urgent posts exists, so no accuracy is claimed: the reasons are shown.
"""

from collections.abc import Sequence

from twoway.core.readings import CALLS_FOR_ANSWER, Kind
from twoway.language.phrases import phrasebook

# What each reason adds; safety alone makes a post urgent, the others need company.
REASONS = {"safety": 0.5, "money": 0.15, "time": 0.2, "public": 0.25}
_CALL = 0.15
_COMPLAINT = 0.15
_NEVER_ANSWERED = 0.1
# Without a call a safety word is a story ("the fire brigade museum").
_CALM = 0.3


def reasons(tokens: Sequence[str], language: str) -> tuple[str, ...]:
    """Return why a post may be urgent: which of the lists of `language` have a word of it."""
    lists = phrasebook(language).lists
    return tuple(name for name in REASONS if not lists[name].isdisjoint(tokens))


def urgency(
    tokens: Sequence[str], language: str, kinds: Sequence[Kind], *, says_never_answer: bool
) -> float:
    """Return 0 (can wait) to 1 (now) for a post in an assessed `language`."""
    held = {kind.name for kind in kinds if kind.holds}
    if held & {"spam", "closer", "withdrawal"}:
        return 0.0
    weight = sum(REASONS[reason] for reason in reasons(tokens, language))
    if not held & (CALLS_FOR_ANSWER | {"unsure"}):
        return round(weight * _CALM, 4)
    weight += _CALL * bool(held & CALLS_FOR_ANSWER) + _COMPLAINT * ("complaint" in held)
    return round(min(1.0, weight + _NEVER_ANSWERED * says_never_answer), 4)

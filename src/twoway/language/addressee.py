"""Whom a post speaks to, as far as its text tells: the organisation, another person, or everyone.

Who is named decides; then words for everyone ("does anybody know"); then what the post is. Where
its kind is in doubt, this is too. Networks know more (replies, mentions): the turn rule goes by that.
"""

from collections.abc import Sequence

from twoway.core.readings import CALLS_FOR_ANSWER, Kind
from twoway.language.assessor import Heard
from twoway.language.phrases import phrasebook
from twoway.language.surface import HANDLE
from twoway.language.tongue import KNOWN

ORGANISATION, PERSON, EVERYONE = "organisation", "person", "everyone"
# Said to somebody in particular, and who is not named is the one whose page it is.
_TOLD_US = CALLS_FOR_ANSWER | {"praise", "closer", "withdrawal"}


def addressee(one: Heard, kinds: Sequence[Kind]) -> str | None:
    """Return whom the post speaks to; None in a language not assessed, or where it cannot be told."""
    held = {kind.name for kind in kinds if kind.holds}
    ours = {handle.casefold().lstrip("@") for handle in one.utterance.ours}
    named = {found.casefold().lstrip("@") for found in HANDLE.findall(one.surface.plain)}
    if named & ours:
        return ORGANISATION
    if one.language not in KNOWN:
        return None
    if named and (ours or not held & _TOLD_US):
        return PERSON
    if "everyone" in one.hits:
        return EVERYONE
    if held & _TOLD_US or one.utterance.is_reply or _says_you(one):
        return ORGANISATION
    return None if "unsure" in held else EVERYONE


def _says_you(one: Heard) -> bool:
    return not phrasebook(one.language or "").lists["you"].isdisjoint(one.surface.tokens)

"""The words of a post: what must be added so that people hear, and whether they fit."""

import re
from typing import Final

from twoway.collection.values import text
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Limits
from twoway.connectors.lengths import length
from twoway.networks.bluesky.connector.limits import LIMITS
from twoway.networks.bluesky.connector.sending.facets import handles_in

# A wrong tag makes the app view drop the whole post without a word (2026-11).
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")


def worded(words: str, to: tuple[str, ...], heard: frozenset[str]) -> str:
    """Name those of `to` whom neither the text names nor the network tells anyway (`heard`)."""
    words = text(words).strip()
    named = {handle for _, _, handle in handles_in(words)} | heard
    wanted = [handle.removeprefix("@").lower() for handle in to]
    lacking = [f"@{handle}" for handle in dict.fromkeys(wanted) if handle not in named]
    return " ".join([*lacking, words]).strip()


def check_length(words: str, limits: Limits = LIMITS) -> None:
    """Raise GiveUp, with the numbers, where a text does not fit."""
    most, size = limits.characters or 0, limits.utf8_bytes or 0
    if (found := length(words, limits)) > most:
        raise GiveUp(
            "The text has {found} characters; Bluesky takes {most}.", found=found, most=most
        )
    if (found := len(words.encode())) > size:
        raise GiveUp("The text has {found} bytes; Bluesky takes {size}.", found=found, size=size)


def languages(language: str | None) -> list[str]:
    """Return the language as records state it; none where it is no language tag."""
    return [language] if language and _LANGUAGE.fullmatch(language) else []

"""Words as they are looked for: whatever their case, their accents, the form of their letters."""

import unicodedata


def fold(text: str) -> str:
    """Return a text without case, accents and forms of the same letter."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return unicodedata.normalize("NFKC", kept)

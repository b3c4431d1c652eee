"""What networks ask for when an account is connected, in the reader's language.

The words stand in each network's folder, in English; `scripts/translate` hands them on.
"""

from django.utils.translation import gettext

from twoway.connectors import registry


def texts() -> list[str]:
    """Return all labels and explanations that connect forms show, each once."""
    said = [
        text
        for network in registry.networks()
        for one in network.settings
        for text in (one.label, one.explanation)
    ]
    return [text for text in dict.fromkeys(said) if text]


def in_words(text: str) -> str:
    """Return a label or an explanation as its reader would have it; English where nobody said it yet."""
    return gettext(text) if text else ""

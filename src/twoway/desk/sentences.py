"""Says in the reader's language what was said for nobody in particular: by connectors, outbox, audits.

The catalogue has every template; `scripts/translate` finds them where they stand.
"""

from django.utils import formats
from django.utils.translation import gettext

from twoway.connectors.sentences import Sentence, Value, told


def in_words(said: str) -> str:
    """Return a sentence, or what a column kept of one, as its reader would have it."""
    one = said if isinstance(said, Sentence) else told(said)
    if not isinstance(one, Sentence):
        return gettext(one) if one else ""
    template = gettext(one.template)
    given = {name: _shown(value) for name, value in one.values.items()}
    return template.format(**given) if given else template


def _shown(value: Value) -> str:
    if isinstance(value, int):
        return formats.number_format(value, 0, force_grouping=True)
    return in_words(value) if isinstance(value, Sentence) else value

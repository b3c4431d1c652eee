"""By what conversations are judged: where it says something else, they are judged anew."""

from typing import Final

from twoway import language
from twoway.core import turns

BOXES: Final = 1
"""Raised whenever `boxes` or `order` would lay a conversation elsewhere, the rule saying the same.

`tests/test_versions.py` notices when they have changed and this has not.
"""

JUDGED_BY: Final = f"turn rule {turns.VERSION}, boxes {BOXES}, {language.MODEL}"

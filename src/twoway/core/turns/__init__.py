"""Whose turn is it? The rule of docs/reference/turn-rule.md, one situation at a time.

`conversations(situation)` judges everything at once; a desk hands over one thread together with
what lies outside it: other threads that quote or link its posts, private exchanges with the same
people, and the organisation's posts with the same words.
"""

from typing import Final

from twoway.core.turns.conversation import Conversation, Judgement, conversations
from twoway.core.turns.situation import Held, Situation
from twoway.core.turns.waiting import Wait

__all__ = ["VERSION", "Conversation", "Held", "Judgement", "Situation", "Wait", "conversations"]

VERSION: Final = 1
"""Raised whenever a conversation may come out otherwise: desks judge what they stored anew.

`tests/test_versions.py` notices when the rule has changed and this has not.
"""

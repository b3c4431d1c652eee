"""In which order a list stands, and why: every reason counts as some hours of waiting.

A conversation stands as if it had waited longer by what speaks for it, so the order needs no clock:
whoever waits long enough comes first, whatever the others say.
"""

from dataclasses import dataclass
from math import log10
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twoway.desk.clock import HOUR

Reason = tuple[str, Any]
"""A word for code, and its value: ("times", 3)."""

KINDS = {"complaint": 4.0, "question": 2.0, "request": 1.0}
"""Hours by kind, the strongest first."""

_URGENT = 0.65
"""From here on it is called urgent: danger in what calls for an answer, or a complaint with two reasons more.

Judged by hand on 1,859 posts to organisations in six languages, by whether a day would do harm
(2026-11-22): from 0.35 on 26 of 177 were urgent (15 %; a word of time in a question sufficed), from 0.5
on 16 of 94, from 0.65 on 7 of 12. What is missed waits its turn as the complaint or question it is.
"""
_TIMES = 3.0
_MOST_TIMES = 4
_FOLLOWERS = 1_000
_PER_TENFOLD = 2.0
_PRIVATE = 1.0
_NEVER = 3.0
_MEMBER = -6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about what is open in a conversation."""

    kinds: frozenset[str] = frozenset()
    urgency: float = 0.0
    times: int = 1
    """How many posts of theirs we have not answered."""
    followers: int = 0
    is_private: bool = False
    says_never_answer: bool = False
    a_member_answered: bool = False


def strongest(kinds: frozenset[str]) -> str:
    """Return the kind under which a conversation is listed."""
    return next((kind for kind in KINDS if kind in kinds), "")


def weigh(facts: Facts) -> tuple[int, list[Reason]]:
    """Return how much longer (µs) it counts as waiting, and the reasons, the weightiest first."""
    found: list[tuple[float, Reason]] = []
    kind = strongest(facts.kinds)
    if kind:
        found.append((KINDS[kind], ("kind", kind)))
    if facts.urgency >= _URGENT:
        found.append((24.0 * facts.urgency, ("urgent", round(facts.urgency, 2))))
    if facts.times > 1:
        found.append((_TIMES * min(facts.times - 1, _MOST_TIMES), ("times", facts.times)))
    if facts.followers > _FOLLOWERS:
        reach = _PER_TENFOLD * log10(facts.followers / _FOLLOWERS)
        found.append((reach, ("followers", facts.followers)))
    if facts.is_private:
        found.append((_PRIVATE, ("private", True)))
    if facts.says_never_answer:
        found.append((_NEVER, ("never", True)))
    if facts.a_member_answered:
        found.append((_MEMBER, ("member", True)))
    found.sort(key=lambda pair: -pair[0])
    return round(sum(hours for hours, _reason in found) * HOUR), [
        reason for _hours, reason in found
    ]


def in_words(reasons: list[Reason]) -> list[str]:
    """Return reasons as a list shows them, in the reader's language."""
    return [words for code, value in reasons if (words := _word(code, value))]


def _word(code: str, value: Any) -> str:
    if code == "kind":
        kinds = {"complaint": _("complaint"), "question": _("question"), "request": _("request")}
        return kinds.get(value, "")
    if code == "times":
        words = ngettext("%(n)s post unanswered", "%(n)s posts unanswered", value)
        return words % {"n": value}
    if code == "followers":
        return _("%(n)s followers") % {"n": formats.number_format(value, 0, force_grouping=True)}
    plain = {
        "urgent": _("urgent"),
        "private": _("in private"),
        "never": _("says that we never answer"),
        "member": _("another member answered"),
    }
    return plain.get(code, "")

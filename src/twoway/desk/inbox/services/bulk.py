"""One decision about many conversations."""

from collections.abc import Callable, Iterable
from typing import Any

from twoway.desk.inbox.services import deciding, sorting
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate

BULK: dict[str, Callable[..., Any]] = {
    "assign": sorting.assign,
    "snooze": sorting.snooze,
    "wake": sorting.wake,
    "tag": sorting.tag,
    "untag": sorting.untag,
    "no_answer_needed": deciding.no_answer_needed,
    "mark_spam": deciding.mark_spam,
}
MOST = 200


def in_bulk(teammate: Teammate, conversations: Iterable[int], deed: str, **what: Any) -> int:
    """Do one of BULK with each of at most 200 conversations; return how many were there.

    Each is a transaction of its own, so that colleagues never wait for all of them.
    """
    needs(teammate, "voice")
    done = 0
    for number in list(dict.fromkeys(conversations))[:MOST]:
        try:
            BULK[deed](teammate, number, **what)
        except NotThere:
            continue
        done += 1
    return done

"""In which box a conversation lies, from its turn and from what teammates decided."""

from dataclasses import dataclass

from twoway.core.turns import Conversation
from twoway.core.turns.conversation import KIND_WORD_FOR, THEIRS_FOR
from twoway.desk.clock import DAY
from twoway.desk.inbox.models import Box
from twoway.desk.inbox.order import Facts, Reason, weigh

BEFORE_YOU_CAME = 14 * DAY
"""What was older when its channel was connected is no mountain on the first morning (µs)."""

PROMISE_FOR = 7 * DAY
"""A promise without a date is due a week after it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situated:
    """What decides about the box besides the turn; times in µs, None where there is none."""

    now: int
    connected_at: int
    last_at: int
    heard_at: int | None
    """When they last wrote."""
    said_at: int | None
    """When we last wrote."""
    open_at: int | None
    """When the latest open post was written."""
    maybe_at: int | None
    kind_word_at: int | None
    """When the earliest post worth a kind word was written."""
    promise_due_at: int | None
    snoozed_at: int | None
    snoozed_until: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """Where a conversation lies: the columns of its row."""

    box: Box
    rank: int
    kind_word_rank: int | None
    wakes_at: int | None
    is_snoozed: bool
    why: list[Reason]


def lie(conversation: Conversation, facts: Facts, at: Situated) -> Lying:
    """Return where a conversation lies and when time alone will move it."""
    box = _by_turn(conversation, at)
    is_snoozed = _is_snoozed(at) and box in {Box.OURS, Box.PROMISED, Box.MAYBE}
    bonus, why = weigh(facts)
    wakes = []
    if is_snoozed and at.snoozed_until is not None:
        box, rank = Box.SNOOZED, at.snoozed_until
        wakes.append(at.snoozed_until)
    elif box == Box.OURS:
        rank = (conversation.since or at.last_at) - bonus
    elif box == Box.PROMISED:
        rank = at.promise_due_at or (at.said_at or at.last_at) + PROMISE_FOR
    elif box == Box.MAYBE:
        rank = (at.maybe_at or at.last_at) - bonus
    else:
        rank = -at.last_at
    if box == Box.THEIRS and at.said_at is not None:
        wakes.append(at.said_at + THEIRS_FOR + 1)
    kind_word_rank = None
    if at.kind_word_at is not None and at.kind_word_at >= at.connected_at - BEFORE_YOU_CAME:
        kind_word_rank = at.kind_word_at
        wakes.append(at.kind_word_at + KIND_WORD_FOR + 1)
    return Lying(
        box=box,
        rank=rank,
        kind_word_rank=kind_word_rank,
        # An edit may have made it wait from later on: then it is looked at again tomorrow.
        wakes_at=min((w if w > at.now else at.now + DAY for w in wakes), default=None),
        is_snoozed=is_snoozed,
        why=why if box in {Box.OURS, Box.MAYBE, Box.SNOOZED, Box.BEFORE} else [],
    )


def _by_turn(conversation: Conversation, at: Situated) -> Box:
    before = at.connected_at - BEFORE_YOU_CAME
    if conversation.open:
        return Box.BEFORE if (at.open_at or 0) < before else Box.OURS
    if conversation.promised:
        return Box.PROMISED
    if conversation.maybe:
        return Box.BEFORE if (at.maybe_at or 0) < before else Box.MAYBE
    return Box.THEIRS if conversation.turn == "theirs" else Box.SETTLED


def _is_snoozed(at: Situated) -> bool:
    """Whoever writes again is heard, snoozed or not."""
    if at.snoozed_until is None or at.snoozed_until <= at.now:
        return False
    return at.heard_at is None or at.heard_at <= (at.snoozed_at or 0)

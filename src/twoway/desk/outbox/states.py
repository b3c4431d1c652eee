"""The life of something we send, from the first word to the network showing it.

    awaiting approval ── held ── queued ── sending ── sent ── seen back
                    └─ sent back     │         │
                                   stale    unknown ── sent | queued

What is refused for good is `failed` with its cure; a teammate tries again or lets it be.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where an entry of the outbox stands, in the words that a page shows."""

    AWAITING = "awaiting approval", _("awaiting approval")
    SENT_BACK = "sent back", _("sent back")
    HELD = "held", _("going out in a moment")
    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    UNKNOWN = "unknown", _("sent, perhaps: looking it up")
    SENT = "sent", _("sent")
    SEEN_BACK = "seen back", _("sent and seen on the network")
    STALE = "stale", _("not sent: something changed meanwhile")
    FAILED = "failed", _("not sent")
    CANCELLED = "cancelled", _("cancelled")


ARROWS: dict[State, frozenset[State]] = {
    State.AWAITING: frozenset({State.HELD, State.SENT_BACK, State.CANCELLED}),
    State.SENT_BACK: frozenset({State.AWAITING, State.HELD, State.CANCELLED}),
    State.HELD: frozenset({State.QUEUED, State.CANCELLED}),
    State.QUEUED: frozenset({State.SENDING, State.STALE, State.FAILED, State.CANCELLED}),
    State.SENDING: frozenset(
        {State.SENT, State.QUEUED, State.UNKNOWN, State.FAILED, State.STALE, State.SEEN_BACK}
    ),
    State.UNKNOWN: frozenset({State.SENT, State.SEEN_BACK, State.QUEUED, State.FAILED}),
    State.SENT: frozenset({State.SEEN_BACK}),
    State.STALE: frozenset({State.QUEUED, State.CANCELLED}),
    State.FAILED: frozenset({State.QUEUED, State.UNKNOWN, State.CANCELLED}),
    State.SEEN_BACK: frozenset(),
    State.CANCELLED: frozenset(),
}
"""From each state the ones that may follow; whoever changes a state asks here."""


class NotAllowed(Exception):
    """A sentence for people: what cannot be done to an entry as it stands."""


def check(now: State, then: State) -> None:
    """Raise NotAllowed where an entry cannot go from one state to the other."""
    if then not in ARROWS[now]:
        said = _("This is %(now)s; it can no longer be %(then)s.")
        raise NotAllowed(str(said) % {"now": now.label, "then": then.label})

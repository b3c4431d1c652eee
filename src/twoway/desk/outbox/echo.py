"""What we sent comes back from the network: it settles its entry instead of becoming new work."""

from collections.abc import Iterable
from typing import Final

from twoway.desk.channels.models import Channel
from twoway.desk.clock import MINUTE, now
from twoway.desk.inbox.models import Post
from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.states import State

CLOCKS_DIFFER: Final = 5 * MINUTE
"""So much earlier than we sent it may the network say that a post was written."""


def seen(channel: Channel, posts: Iterable[str]) -> None:
    """Note that the network shows what we sent; in the transaction that stores these posts."""
    ids = list(posts)
    if ids:
        Entry.objects.filter(channel=channel, remote_id__in=ids, state=State.SENT).update(
            state=State.SEEN_BACK, seen_back_at=now(), changed_at=now()
        )


def seen_back(post: Post) -> None:
    """Note that a new post of ours is what a lost answer was about: by its words and place."""
    lost = Entry.objects.filter(
        organisation_id=post.organisation_id, channel__network=post.network, claimed_by="",
        state=State.UNKNOWN, text=post.text, target=post.parent or "",
        made_at__lt=post.said_at + CLOCKS_DIFFER,
    )  # fmt: skip
    one = lost.order_by("made_at").values_list("pk", flat=True).first()
    if one is not None:
        Entry.objects.filter(pk=one, state=State.UNKNOWN, claimed_by="").update(
            state=State.SEEN_BACK, remote_id=post.remote_id, seen_back_at=now(),
            sent_at=post.said_at, changed_at=now(), maybe_sent=False, cure="",
        )  # fmt: skip

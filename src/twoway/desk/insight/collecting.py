"""What the desk holds of our channels, as records for a collection: the audit reads nothing else."""

from collections.abc import Iterator
from typing import Final

from twoway.collection.records import Record
from twoway.connectors import registry
from twoway.core.accounts import Account as Said
from twoway.core.coverage import Coverage
from twoway.core.reactions import Mark as Marked
from twoway.core.reactions import Reaction
from twoway.desk.channels.models import Channel, OwnAccount
from twoway.desk.clock import DAY, now
from twoway.desk.inbox.models import Mark, Post, Signal
from twoway.desk.inbox.told import decode
from twoway.desk.people.models import Account

CHUNK: Final = 2_000
FROM_CONNECTING: Final = 14 * DAY
"""So far back a channel was read when it was connected (running.fetching.RECENT)."""


def records(organisation: int) -> Iterator[Record]:
    """Hand over everything of an organisation, a chunk at a time: memory stays flat."""
    yield from _accounts(organisation)
    yield from _ours_unheard_of(organisation)
    yield from _posts(organisation)
    yield from _reactions(organisation)
    yield from _marks(organisation)
    yield from _coverage(organisation)


def groups(organisation: int) -> list[tuple[str, ...]]:
    """Return the handles that speak for the organisation, one group a network."""
    by_network: dict[str, list[str]] = {}
    for network, _, handle in _ours(organisation):
        by_network.setdefault(network, []).append(handle)
    return [tuple(dict.fromkeys(handles)) for handles in by_network.values()]


def _ours(organisation: int) -> Iterator[tuple[str, str, str]]:
    """Hand over network, id and handle of everything that speaks for the organisation."""
    for kind in (Channel, OwnAccount):
        rows = kind.objects.filter(organisation_id=organisation)
        yield from rows.values_list("network", "remote_id", "handle")


def _ours_unheard_of(organisation: int) -> Iterator[Record]:
    """Hand over accounts of ours that no delivery told of yet: the audit asks for them by handle."""
    for network, remote_id, handle in _ours(organisation):
        known = Account.objects.filter(
            organisation_id=organisation, network=network, remote_id=remote_id
        )
        if not known.exclude(handle="").exists():
            yield Said(network=network, id=remote_id, handle=handle, name="")


def _accounts(organisation: int) -> Iterator[Record]:
    for row in Account.objects.filter(organisation_id=organisation).iterator(CHUNK):
        yield Said(
            network=row.network, id=row.remote_id, handle=row.handle, name=row.name,
            biography=row.biography or None, site=row.site or None, avatar=row.avatar or None,
            followers=row.followers, following=row.following, made_at=row.made_at,
            replies_open=row.replies_open, messages_open=row.messages_open,
            automatic=row.is_automatic, observed_at=row.observed_at,
        )  # fmt: skip


def _posts(organisation: int) -> Iterator[Record]:
    rows = Post.objects.filter(organisation_id=organisation).values_list(
        "network", "remote_id", "account__remote_id", "said_at", "text", "parent", "deleted_at",
        "observed_at", "record",
    )  # fmt: skip
    for row in rows.iterator(CHUNK):
        yield decode(*row).post


def _reactions(organisation: int) -> Iterator[Record]:
    for row in Signal.objects.filter(organisation_id=organisation).iterator(CHUNK):
        yield Reaction(
            network=row.network, account=row.account, post=row.post,
            kind="share" if row.kind == "share" else "like", reacted_at=row.reacted_at,
            taken_back_at=row.taken_back_at,
        )  # fmt: skip


def _marks(organisation: int) -> Iterator[Record]:
    rows = Mark.objects.filter(organisation_id=organisation).select_related("post")
    for row in rows.iterator(CHUNK):
        if row.kind in ("no_answer_needed", "promise_kept", "corrected_kind"):
            yield Marked(
                network=row.post.network, post=row.post.remote_id, kind=row.kind,
                marked_at=row.marked_at, value=row.value or None,
            )  # fmt: skip


def _coverage(organisation: int) -> Iterator[Record]:
    """State what each channel is told of, from the day it was connected on."""
    at = now()
    for channel in Channel.objects.filter(organisation_id=organisation):
        covered = {
            stream for feed in registry.network(channel.network).feeds for stream in feed.covers
        }
        ends = at if channel.state != "disconnected" else channel.succeeded_at or at
        for stream in sorted(covered):
            yield Coverage(
                network=channel.network, account=channel.remote_id, stream=stream,
                begins=channel.connected_at - FROM_CONNECTING, ends=ends, is_complete=True,
                how="the desk receives it since the channel was connected",
            )  # fmt: skip

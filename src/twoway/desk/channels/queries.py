"""Reads about channels: which there are, how they do, who may speak on them."""

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet, Sum

from twoway.desk.channels.models import Channel, Cursor, OwnAccount, Voice
from twoway.desk.clock import HOUR, MINUTE, now
from twoway.desk.database import ask, fetch
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate

LATE: Final = 15 * MINUTE
"""Without a successful look for so long a channel is behind, whatever its state says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a channel does: its state in a word, and sentences for people. Times are µs."""

    channel: Channel
    works: bool
    needs: str
    is_behind: bool
    is_silent: bool
    is_reading_the_past: bool
    fetched: int
    rejected: int
    missing: int
    """Posts that the last comparison with the network found missing here."""


def channels_for_observer(teammate: Teammate) -> list[Channel]:
    """Return all channels of the organisation that are connected or were, by network and handle."""
    needs(teammate, "observer")
    return fetch(
        Channel, "where organisation_id = %s order by network, handle", teammate.organisation_id
    )


def channel_for_admin(teammate: Teammate, number: int) -> Channel:
    needs(teammate, "admin")
    return _channel(teammate, number)


def voices_for_observer(teammate: Teammate, channel: int) -> list[Voice]:
    """Return who speaks on a channel."""
    needs(teammate, "observer")
    found = Voice.objects.filter(channel=_channel(teammate, channel)).select_related("teammate")
    return list(found.order_by("teammate__name"))


def voice_of(teammate: Teammate, channel: Channel) -> Voice | None:
    """Return as whom a teammate speaks on a channel, None where they do not."""
    found = fetch(Voice, "where channel_id = %s and teammate_id = %s", channel.pk, teammate.pk)
    return next(iter(found), None)


def health_for_observer(teammate: Teammate) -> list[Health]:
    """Return how all channels do, what needs somebody first."""
    needs(teammate, "observer")
    found = [
        _health(channel)
        for channel in _channels(teammate)
        .exclude(state="disconnected")
        .order_by("network", "handle")
    ]
    return sorted(found, key=lambda one: (one.works, one.channel.handle))


def our_accounts(organisation: int, network: str) -> frozenset[str]:
    """Return the remote ids of everything on a network that speaks for an organisation."""
    rows = ask(
        "select remote_id from channels_channel where organisation_id = %s and network = %s "
        "union select remote_id from channels_ownaccount where organisation_id = %s and network = %s",
        *[organisation, network] * 2,
    )
    return frozenset(remote_id for (remote_id,) in rows)


def own_accounts_for_observer(teammate: Teammate, network: str) -> list[OwnAccount]:
    """Return the accounts on a network that speak for the organisation without being connected."""
    needs(teammate, "observer")
    found = OwnAccount.objects.filter(organisation_id=teammate.organisation_id, network=network)
    return list(found.select_related("teammate").order_by("handle"))


def _health(channel: Channel) -> Health:
    at = now()
    sums = Cursor.objects.filter(channel=channel).aggregate(
        fetched=Sum("fetched"), rejected=Sum("rejected")
    )
    past = Cursor.objects.filter(channel=channel, feed__endswith=" past", is_backfilled=False)
    check = channel.checks.order_by("-checked_at").first()
    heard = max(channel.heard_at or 0, channel.connected_at)
    return Health(
        channel=channel,
        works=channel.state == "working",
        needs=channel.needs,
        is_behind=at - (channel.succeeded_at or channel.connected_at) > LATE,
        is_silent=bool(channel.quiet_hours) and at - heard > (channel.quiet_hours or 0) * HOUR,
        is_reading_the_past=past.exists(),
        fetched=sums["fetched"] or 0,
        rejected=sums["rejected"] or 0,
        missing=check.missing if check is not None else 0,
    )


def _channel(teammate: Teammate, number: int) -> Channel:
    found = _channels(teammate).filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def _channels(teammate: Teammate) -> QuerySet[Channel]:
    return Channel.objects.filter(organisation_id=teammate.organisation_id)

"""Writes about channels: connecting, describing, who speaks, how far they are read, how they do."""

from typing import Any, Final

from django.db.models import F

from twoway.connectors import sentences
from twoway.connectors.interface import Page
from twoway.core.accounts import Account
from twoway.desk.channels import queries
from twoway.desk.channels.models import STATES, Channel, Cursor, OwnAccount, Voice
from twoway.desk.clock import now
from twoway.desk.database import writing
from twoway.desk.team import queries as team
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate
from twoway.desk.team.services import record

_DESCRIBED: Final = frozenset({"purpose", "quiet_hours", "keep_days"})


def connect(
    admin: Teammate, network: str, account: Account, server: str = "", keep_days: int | None = None
) -> Channel:
    """Note a channel whose account was proved; one that was connected before comes back.

    Whoever connects it speaks on it from the start.
    """
    needs(admin, "admin")
    at = now()
    with writing():
        channel, is_new = Channel.objects.update_or_create(
            organisation_id=admin.organisation_id, network=network, remote_id=account.id,
            defaults={
                "handle": account.handle, "name": account.name, "avatar": account.avatar or "",
                "server": server, "connected_by": admin, "state": "working", "needs": "",
                "works_since": at, "keep_days": keep_days,
            },
            create_defaults={
                "handle": account.handle, "name": account.name, "avatar": account.avatar or "",
                "server": server, "connected_by": admin, "connected_at": at, "works_since": at,
                "keep_days": keep_days,
            },
        )  # fmt: skip
        Voice.objects.get_or_create(
            organisation_id=admin.organisation_id, channel=channel, teammate=admin
        )
        record(
            admin,
            "connected a channel" if is_new else "connected a channel again",
            "channel",
            channel.pk,
        )
    return channel


def disconnect(admin: Teammate, channel: int) -> Channel:
    """Let a channel go; what was said on it stays. The caller revokes its credentials."""
    return _change(admin, channel, "disconnected a channel", state="disconnected", needs="")


def pause(admin: Teammate, channel: int) -> Channel:
    """Neither fetch nor send on a channel for now."""
    return _change(admin, channel, "paused a channel", state="paused")


def resume(admin: Teammate, channel: int) -> Channel:
    """Fetch and send on a channel again."""
    return _change(admin, channel, "resumed a channel", state="working", needs="")


def describe(admin: Teammate, channel: int, **fields: Any) -> Channel:
    """Say for whom a channel is and why (purpose), and when its silence is odd (quiet_hours)."""
    if unknown := fields.keys() - _DESCRIBED:
        raise ValueError(f"cannot be changed here: {', '.join(sorted(unknown))}")
    return _change(admin, channel, "described a channel", **fields)


def let_speak(
    admin: Teammate,
    channel: int,
    teammate: int,
    signature: str = "",
    *,
    needs_approval: bool = False,
) -> Voice:
    """Let a colleague speak on a channel, signing as they do there."""
    its = queries.channel_for_admin(admin, channel)
    whom = team.teammate_for_observer(admin, teammate)
    with writing():
        voice, _ = Voice.objects.update_or_create(
            organisation_id=admin.organisation_id, channel=its, teammate=whom,
            defaults={"signature": signature.strip(), "needs_approval": needs_approval},
        )  # fmt: skip
        record(admin, "let a colleague speak", "channel", its.pk, voice=whom.pk)
    return voice


def stop_speaking(admin: Teammate, channel: int, teammate: int) -> None:
    """Let a colleague speak on a channel no longer."""
    its = queries.channel_for_admin(admin, channel)
    with writing():
        Voice.objects.filter(channel=its, teammate_id=teammate).delete()
        record(admin, "ended a voice", "channel", its.pk, voice=teammate)


def note_own_account(
    admin: Teammate, network: str, remote_id: str, handle: str, teammate: int | None = None
) -> OwnAccount:
    """Note an account that speaks for us without being connected."""
    needs(admin, "admin")
    whom = None if teammate is None else team.teammate_for_observer(admin, teammate)
    with writing():
        own, _ = OwnAccount.objects.update_or_create(
            organisation_id=admin.organisation_id, network=network, remote_id=remote_id,
            defaults={"handle": handle, "teammate": whom},
        )  # fmt: skip
        record(admin, "noted an own account", "own account", own.pk, handle=handle)
    return own


def drop_own_account(admin: Teammate, number: int) -> OwnAccount:
    """Let an account no longer speak for us; what it said is a stranger's again once reconsidered."""
    needs(admin, "admin")
    own = OwnAccount.objects.filter(pk=number, organisation_id=admin.organisation_id).first()
    if own is None:
        raise NotThere
    with writing():
        OwnAccount.objects.filter(pk=own.pk).delete()
        record(admin, "let an own account go", "own account", own.pk, handle=own.handle)
    return own


def keep_cursor(channel: Channel, feed: str, page: Page, fetched: int, rejected: int) -> None:
    """Note how far a feed has been read; in the transaction that stores the page.

    `fetched` and `rejected` count the page's posts, and what of it could not be read.
    """
    Cursor.objects.get_or_create(
        organisation_id=channel.organisation_id, channel=channel, feed=feed
    )
    Cursor.objects.filter(channel=channel, feed=feed).update(
        cursor=page.cursor, pulled_at=now(), reached=page.reached, fetched=F("fetched") + fetched,
        stored=F("stored") + fetched - rejected, rejected=F("rejected") + rejected,
    )  # fmt: skip


def report(channel: Channel, state: str, needs: str = "") -> None:
    """Note how a channel does, as whoever just used it found (`needs`); what people decided stays.

    `succeeded_at` moves at most once a minute, so that a quiet channel does not write all the time.
    """
    if state not in STATES:
        raise ValueError(f"no such state: {state}")
    at = now()
    open_to = Channel.objects.filter(pk=channel.pk).exclude(state__in=["paused", "disconnected"])
    if state != "working":
        said = sentences.kept(needs)
        with writing():
            open_to.exclude(state=state, needs=said).update(
                state=state, needs=said, works_since=None
            )
        return
    stale = open_to.exclude(state="working", succeeded_at__gt=at - 60_000_000)
    if not stale.exists():
        return
    with writing():
        open_to.exclude(state="working").update(state="working", needs="", works_since=at)
        open_to.update(succeeded_at=at)


def _change(admin: Teammate, channel: int, action: str, **fields: Any) -> Channel:
    its = queries.channel_for_admin(admin, channel)
    with writing():
        Channel.objects.filter(pk=its.pk).update(**fields)
        record(admin, action, "channel", its.pk)
    its.refresh_from_db()
    return its

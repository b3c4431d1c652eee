"""Channels: whether they work, why we are there, who speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from twoway.connectors import registry
from twoway.desk.channels import queries, services
from twoway.desk.inbox import queries as inbox
from twoway.desk.outbox import queries as outbox
from twoway.desk.pages.channels.health import shown
from twoway.desk.pages.layout.answers import back, says_why
from twoway.desk.pages.layout.reading import me, whole
from twoway.desk.team import queries as team
from twoway.desk.team.access import NotThere
from twoway.desk.team.services import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaks:
    """Somebody who speaks on a channel."""

    teammate: int
    name: str
    signature: str
    needs_approval: bool


def channels_page(_request: HttpRequest) -> str:
    """Return where to go when something about a channel was refused."""
    return reverse("channels")


def show(request: HttpRequest) -> HttpResponse:
    """Show all channels, what needs somebody first."""
    teammate = me(request)
    backlog = outbox.backlog_for_observer(teammate)
    rejudging = inbox.rejudging_for_observer(teammate)
    return render(request, "channels/channels.html", {
        "channels": [
            shown(
                one, backlog.get(one.channel.pk, 0), rejudging.get(one.channel.network),
                may_mend=teammate.may("admin"),
            )
            for one in queries.health_for_observer(teammate)
        ],
        "networks": registry.networks() if teammate.may("admin") else (),
    })  # fmt: skip


def channel(request: HttpRequest, number: int) -> HttpResponse:
    """Show one channel: its health to everybody, what can be changed to admins."""
    return shown_channel(request, number)


def shown_channel(
    request: HttpRequest, number: int, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Show a channel's page, with what was just found out about it."""
    teammate = me(request)
    health = next(
        (one for one in queries.health_for_observer(teammate) if one.channel.pk == number), None
    )
    if health is None:
        raise NotThere
    waiting = outbox.backlog_for_observer(teammate).get(number, 0)
    rejudging = inbox.rejudging_for_observer(teammate).get(health.channel.network)
    voices = [
        Speaks(
            teammate=one.teammate_id, name=one.teammate.name, signature=one.signature,
            needs_approval=one.needs_approval,
        )
        for one in queries.voices_for_observer(teammate, number)
    ]  # fmt: skip
    return render(request, "channels/channel.html", {
        "channel": shown(health, waiting, rejudging, may_mend=teammate.may("admin")),
        "voices": voices,
        "mates": team.teammates_for_observer(teammate),
        "own": queries.own_accounts_for_observer(teammate, health.channel.network), **(more or {}),
    })  # fmt: skip


@require_POST
@says_why(channels_page)
def describe(request: HttpRequest, number: int) -> HttpResponse:
    """Say for whom a channel is, and when its silence is odd."""
    purpose = request.POST.get("purpose", "").strip()[:1000]
    hours = whole(request.POST.get("quiet_hours"))
    services.describe(
        me(request), number, purpose=purpose, quiet_hours=min(hours, 8760) if hours else None
    )
    return back(request, reverse("channel", args=[number]), _("Kept."))


@require_POST
@says_why(channels_page)
def let_speak(request: HttpRequest, number: int) -> HttpResponse:
    """Let a colleague speak on a channel, with their signature."""
    whom = whole(request.POST.get("teammate"))
    if whom is None:
        raise Refused(_("Choose who may speak."))
    services.let_speak(
        me(request), number, whom, request.POST.get("signature", "")[:60],
        needs_approval=bool(request.POST.get("needs_approval")),
    )  # fmt: skip
    return back(request, reverse("channel", args=[number]), _("Kept."))


@require_POST
@says_why(channels_page)
def stop_speaking(request: HttpRequest, number: int) -> HttpResponse:
    """Let a colleague speak on a channel no longer."""
    whom = whole(request.POST.get("teammate"))
    if whom is None:
        raise NotThere
    services.stop_speaking(me(request), number, whom)
    return back(request, reverse("channel", args=[number]), _("Kept."))


@require_POST
@says_why(channels_page)
def pause(request: HttpRequest, number: int) -> HttpResponse:
    """Pause a channel, or go on."""
    if request.POST.get("do") == "resume":
        services.resume(me(request), number)
        words = _("We read and send there again.")
    else:
        services.pause(me(request), number)
        words = _("Nothing is read or sent there until you go on.")
    return back(request, reverse("channel", args=[number]), words)

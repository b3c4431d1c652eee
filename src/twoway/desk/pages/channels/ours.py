"""Accounts that speak for us without being connected: found at the network, named, let go."""

import asyncio
from dataclasses import dataclass
from typing import Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from twoway.connectors.credentials import Store
from twoway.connectors.door import Door
from twoway.connectors.errors import NotConnected
from twoway.connectors.interface import Resolved
from twoway.desk.channels import queries, services
from twoway.desk.channels.models import Channel
from twoway.desk.inbox import ingest
from twoway.desk.pages.channels.proving import network_of, run
from twoway.desk.pages.channels.views import channels_page, shown_channel
from twoway.desk.pages.layout.answers import back, says_why
from twoway.desk.pages.layout.reading import me, whole
from twoway.desk.pages.words import number as number_in_words
from twoway.desk.team.services import Refused

_SEALED_FOR: Final = 3600
"""Seconds in which somebody says yes to what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An account that the network knows by what was typed; `seal` proves later that it did."""

    handle: str
    name: str
    line: str
    seal: str


@require_POST
@says_why(channels_page)
def find(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the network whom a handle means, and show the account before anything is kept."""
    teammate = me(request)
    channel = queries.channel_for_admin(teammate, number)
    typed = request.POST.get("handle", "").strip()[:300]
    if not typed:
        raise Refused(_("Write the handle of the account, as the network shows it."))
    account = _resolved(channel, typed).account
    if account.id in queries.our_accounts(channel.organisation_id, channel.network):
        raise Refused(_("%(handle)s speaks for us already.") % {"handle": account.handle})
    followers = account.followers
    many = ngettext("%(n)s follower", "%(n)s followers", followers or 0)
    found = Found(
        handle=account.handle, name=account.name, seal=_sealed(channel, account.id, account.handle),
        line="" if followers is None else many % {"n": number_in_words(followers)},
    )  # fmt: skip
    return shown_channel(request, number, {"found": found})


@require_POST
@says_why(channels_page)
def keep(request: HttpRequest, number: int) -> HttpResponse:
    """Let the account that was found speak for us; what it said before is judged anew."""
    teammate = me(request)
    channel = queries.channel_for_admin(teammate, number)
    remote_id, handle = _opened(channel, request.POST.get("seal", ""))
    whose = whole(request.POST.get("teammate"))
    services.note_own_account(teammate, channel.network, remote_id, handle, whose)
    ingest.reconsider_ours(channel.organisation_id, channel.network)
    words = _("What %(handle)s says counts as ours from now on.") % {"handle": handle}
    return back(request, reverse("channel", args=[number]), words)


@require_POST
@says_why(channels_page)
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Let an account speak for us no longer."""
    gone = services.drop_own_account(me(request), number)
    ingest.reconsider_ours(gone.organisation_id, gone.network)
    words = _("%(handle)s no longer speaks for us.") % {"handle": gone.handle}
    return back(request, reverse("channels"), words)


def _resolved(channel: Channel, typed: str) -> Resolved:
    async def ask(door: Door) -> Resolved:
        keeper = await asyncio.to_thread(Store().keeper, channel.network, channel.remote_id)
        connector = await asyncio.to_thread(network_of(channel.network).open, door, keeper)
        return await connector.resolve(typed)

    try:
        return run(ask)
    except NotConnected as gone:
        raise Refused(_("Connect the channel again; then we can look accounts up.")) from gone


def _sealed(channel: Channel, remote_id: str, handle: str) -> str:
    return signing.dumps([remote_id, handle], salt=_salt(channel))


def _opened(channel: Channel, seal: str) -> tuple[str, str]:
    try:
        remote_id, handle = signing.loads(seal, salt=_salt(channel), max_age=_SEALED_FOR)
    except signing.BadSignature as torn:
        raise Refused(_("That was too long ago. Look the account up once more.")) from torn
    return str(remote_id), str(handle)


def _salt(channel: Channel) -> str:
    return f"own account for channel {channel.pk}"

"""Connecting an account: the form a network declares, its own page where it has one, proof, then saving."""

from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import orjson
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from twoway.connectors import places
from twoway.connectors.errors import ConnectorError, GiveUp, KeyTrouble
from twoway.connectors.interface import Credentials, Network, Setting, Visit
from twoway.connectors.sealed import Sealed
from twoway.desk.channels import queries, services
from twoway.desk.channels.models import Channel
from twoway.desk.pages.channels.proving import network_of, proved, revoke, run
from twoway.desk.pages.layout.answers import SeeOther, back, says_why
from twoway.desk.pages.layout.reading import me
from twoway.desk.pages.words import network as called
from twoway.desk.sentences import in_words
from twoway.desk.team.access import needs
from twoway.desk.team.models import Teammate

T = TypeVar("T")

_VISIT = "visit"


def _channels(_request: HttpRequest) -> str:
    return reverse("channels")


@sensitive_post_parameters()
def connect(request: HttpRequest, name: str) -> HttpResponse:
    """Show a network's connect form; prove what was entered, or send the person to the network."""
    teammate = me(request)
    needs(teammate, "admin")
    network = network_of(name)
    form = _form(network, request.POST or None)
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _begun(request, teammate, network, form.cleaned_data)
        except (ConnectorError, KeyTrouble) as why:
            trouble = in_words(why.why)
    return render(request, "channels/connect.html", {
        "form": form, "trouble": trouble, "verb": _("Connect"), "title": _title(network),
        "lead": _("Reading begins at once. Nothing is posted until one of you sends it."),
    })  # fmt: skip


@login_not_required
def describe_us(request: HttpRequest, name: str) -> HttpResponse:
    """Tell a network's servers who asks to be let in, where they fetch that before they let anybody in."""
    document = getattr(network_of(name), "client_document", None)
    if document is None:
        raise Http404
    return_to = request.build_absolute_uri(reverse("connected", args=[name]))
    try:
        return JsonResponse(document(return_to))
    except GiveUp as why:  # no server is sent to such an address
        raise Http404(str(why)) from why


def connected(request: HttpRequest, name: str) -> HttpResponse:
    """Take the person back from the network's own page."""
    teammate = me(request)
    needs(teammate, "admin")
    network = network_of(name)
    kept = request.session.pop(_VISIT, None)
    if kept is None or kept["network"] != network.name:
        return SeeOther(reverse("connect", args=[network.name]))
    visit = Visit(address=kept["address"], remember=_opened(kept["remember"]))
    answer = {key: str(value) for key, value in request.GET.items()}
    try:
        credentials = run(lambda door: network.connecting(door).finish(visit, answer))
        channel = proved(teammate, network, credentials)
    except (ConnectorError, KeyTrouble) as why:
        return render(request, "channels/connect.html", {
            "form": _form(network, None), "trouble": in_words(why.why), "verb": _("Connect"),
            "title": _title(network), "lead": "",
        })  # fmt: skip
    return back(request, reverse("channel", args=[channel.pk]), _welcome(channel))


@require_POST
@says_why(_channels)
def practise(request: HttpRequest) -> HttpResponse:
    """Open the practice network, which needs nothing to be entered."""
    teammate = me(request)
    needs(teammate, "admin")
    network = network_of("practice")
    answer = _begun(request, teammate, network, {})
    return SeeOther(reverse("our_turn")) if answer.status_code == SeeOther.status_code else answer


@require_POST
@says_why(_channels)
def disconnect(request: HttpRequest, number: int) -> HttpResponse:
    """Give the key back to the network, then let the channel go."""
    teammate = me(request)
    channel = queries.channel_for_admin(teammate, number)
    services.disconnect(teammate, number)
    words = _("%(handle)s is disconnected. What was said stays here.") % {"handle": channel.handle}
    others = Channel.objects.filter(network=channel.network, remote_id=channel.remote_id)
    if not others.exclude(state="disconnected").exists():
        try:
            revoke(channel)
        except ConnectorError as why:
            words = f"{words} {in_words(why.why)}"
    return back(request, reverse("channels"), words)


def _title(network: Network) -> str:
    if network.name == "practice":
        return _("Open the practice network")
    return _("Connect %(network)s") % {"network": called(network.name)}


def _begun(
    request: HttpRequest, teammate: Teammate, network: Network, entered: Mapping[str, Any]
) -> HttpResponse:
    """Prove what was entered; where the network wants to be visited first, show the way there."""
    return_to = request.build_absolute_uri(reverse("connected", args=[network.name]))
    given = {key: str(value) for key, value in entered.items() if value}
    begun = run(lambda door: network.connecting(door).begin(given, return_to))
    if isinstance(begun, Visit):
        if urlsplit(begun.address).scheme not in {"https", "http"}:
            raise GiveUp(_("The network named a page that no browser should open."))
        # The network's proof of who asks is secret: sealed before it enters the session's row.
        request.session[_VISIT] = {
            "network": network.name, "address": begun.address, "remember": _sealed(begun.remember),
        }  # fmt: skip
        return render(request, "channels/visit.html", {
            "address": begun.address, "host": urlsplit(begun.address).hostname, "network": called(network.name),
        })  # fmt: skip
    if _is_another_town(teammate, begun):
        raise GiveUp(
            _(
                "This desk practises in another town already, and what is said in two would mix. Choose the organisation you are there."
            )
        )
    channel = proved(teammate, network, begun)
    return back(request, reverse("channel", args=[channel.pk]), _welcome(channel))


def _form(network: Network, entered: Any) -> forms.Form:
    """Draw the connect form from the fields that a network declares."""
    fields = {one.name: _field(one) for one in network.settings}
    drawn: type[forms.Form] = type("ConnectForm", (forms.Form,), fields)
    return drawn(entered)


def _field(one: Setting) -> forms.Field:
    if one.choices:
        offered = [(value, in_words(title)) for value, title in one.choices.items()]
        return forms.ChoiceField(
            label=in_words(one.label), choices=offered, required=one.required, initial=one.example
        )
    secret = forms.PasswordInput(attrs={"autocomplete": "off"})
    plain = forms.TextInput(
        attrs={"placeholder": one.example, "autocomplete": "off", "spellcheck": "false"}
    )
    return forms.CharField(
        label=in_words(one.label), help_text=in_words(one.explanation), required=one.required, max_length=500,
        widget=secret if one.secret else plain,
    )  # fmt: skip


def _is_another_town(teammate: Teammate, begun: Credentials) -> bool:
    """Tell whether this desk lives in a practice town already: two would share their numbers."""
    known = Channel.objects.filter(
        organisation_id=teammate.organisation_id, network=begun.network, remote_id=begun.account
    )
    return begun.network == "practice" and known.exclude(server=begun.server or "").exists()


def _welcome(channel: Channel) -> str:
    if channel.network == "practice":
        return _("You are %(handle)s now, in a town of people who are not real. They write in a moment.") % {
            "handle": channel.handle
        }  # fmt: skip
    return _("Connected as %(handle)s. Say in a sentence whom it is for.") % {
        "handle": channel.handle
    }


def _sealed(remember: Mapping[str, str]) -> str:
    return Sealed.at(places.home()).seal(orjson.dumps(dict(remember))).decode("ascii")


def _opened(kept: str) -> dict[str, str]:
    remembered: dict[str, str] = orjson.loads(Sealed.at(places.home()).open(kept.encode("ascii")))
    return remembered

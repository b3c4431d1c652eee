"""The lists: showing them, keeping their filters, doing something to many at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from twoway.desk.channels import queries as channels
from twoway.desk.inbox import services
from twoway.desk.pages.conversation.choices import tomorrow
from twoway.desk.pages.layout.answers import SeeOther, back, says_why
from twoway.desk.pages.layout.reading import is_part, me, once, whole
from twoway.desk.pages.our_turn.lists import glance, shown
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.pages.words import number
from twoway.desk.team.services import Refused


def _our_turn(_request: HttpRequest) -> str:
    return reverse("our_turn")


def show(request: HttpRequest, box: str = "ours") -> HttpResponse:
    """Show a list; a fragment with the rows that follow where a page asks for them."""
    teammate = me(request)
    if box == "ours" and not once(teammate, channels.channels_for_observer):
        return SeeOther(reverse("welcome"))
    found = shown(request, teammate, Place.of(request))
    if is_part(request) and request.GET.get("after"):
        return render(request, "our_turn/list.html#rows", {"list": found})
    return render(request, "our_turn/page.html", {"list": found, "glance": glance(found)})


def boxes(request: HttpRequest) -> HttpResponse:
    """Show the lists' counts anew."""
    return render(request, "layout/boxes.html")


@require_POST
@says_why(_our_turn)
def bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing to all chosen conversations."""
    chosen = [found for value in request.POST.getlist("chosen")[:200] if (found := whole(value))]
    teammate, do = me(request), request.POST.get("do", "")
    known: dict[str, tuple[str, dict[str, Any]]] = {
        "assign": ("assign", {"to": teammate.pk}), "snooze": ("snooze", {"until": tomorrow()}),
        "no_answer": ("no_answer_needed", {"reason": _("settled together with others")}),
        "spam": ("mark_spam", {}), "tag": ("tag", {"name": request.POST.get("tag", "").strip()[:40]}),
    }  # fmt: skip
    if not chosen:
        raise Refused(_("Choose one or more conversations first."))
    if do not in known or (do == "tag" and not known["tag"][1]["name"]):
        raise Refused(_("Say with which word to tag them."))
    name, what = known[do]
    many = services.in_bulk(teammate, chosen, name, **what)
    words = ngettext("Done for %(n)s conversation.", "Done for %(n)s conversations.", many)
    return back(request, reverse("our_turn"), words % {"n": number(many)})


@require_POST
@says_why(_our_turn)
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of a list under a name."""
    name = request.POST.get("name", "").strip()[:60]
    if not name:
        raise Refused(_("A view needs a name."))
    place = Place.of(request)
    filters = {
        "box": place.box, "whose": place.whose, "channel": place.channel, "kind": place.kind,
        "tag": place.tag, "language": place.language,
    }  # fmt: skip
    view = services.keep_view(me(request), name, filters)
    return SeeOther(Place.kept(view).address)


@require_POST
@says_why(_our_turn)
def drop_view(request: HttpRequest, view: int) -> HttpResponse:
    """Forget a saved view."""
    services.drop_view(me(request), view)
    return back(request, reverse("our_turn"), _("The view is gone; its conversations stay."))

"""Shows a conversation, more of its thread, who is there, and which words made us read a post so."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from twoway.core.readings import CALLS_FOR_ANSWER
from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox import services
from twoway.desk.inbox.learned import model_of
from twoway.desk.inbox.queries.talk import present_in
from twoway.desk.inbox.readings import kept
from twoway.desk.pages.composer.composer import composer
from twoway.desk.pages.conversation.around import branch as inside_of
from twoway.desk.pages.conversation.around import branches, whole
from twoway.desk.pages.conversation.choices import kind_titles
from twoway.desk.pages.conversation.talk import talk, who_is_here
from twoway.desk.pages.layout.reading import is_part, me
from twoway.desk.pages.layout.reading import whole as number_of
from twoway.desk.pages.our_turn import lists
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.team.access import needs

_SHOWN_KINDS = 2


def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show a conversation beside its list, or alone where a page asks for that part."""
    services.see_mentions(me(request), number)
    context = around_talk(request, number)
    if is_part(request):
        return render(request, "conversation/talk.html", context)
    context["list"] = lists.shown(request, me(request), context["talk"].place, selected=number)
    return render(request, "conversation/page.html", context)


def around_talk(request: HttpRequest, number: int, **more: Any) -> dict[str, Any]:
    """Return what the conversation's template needs: the talk and the composer."""
    teammate = me(request)
    shown, found = talk(teammate, number, Place.of(request))
    return {
        "talk": shown,
        "composer": composer(teammate, found, shown.who, number_of(request.GET.get("draft"))),
        **more,
    }


def thread(request: HttpRequest, number: int) -> HttpResponse:
    """Show the next branches of a conversation's thread; a page of its own without scripts."""
    teammate, place = me(request), Place.of(request)
    window = inbox.thread_for_observer(teammate, number, request.GET.get("after"))
    context = {"number": number, "place": place, "next": window.next, "back": place.talk(number)}
    if is_part(request):
        context["branches"] = branches(window.posts, _inside(request, number, place))
        return render(request, "conversation/thread.html#branches", context)
    return render(request, "conversation/thread.html", context | {"branches": whole(window.posts)})


def branch(request: HttpRequest, number: int) -> HttpResponse:
    """Show what is inside one branch of the thread; without scripts the whole window it stands in."""
    window = inbox.thread_for_observer(me(request), number, request.GET.get("after"))
    inside = inside_of(window.posts, number_of(request.GET.get("top")) or 0)
    if is_part(request):
        return render(request, "conversation/branch.html", {"inside": inside})
    place = Place.of(request)
    context = {
        "number": number, "place": place, "next": window.next, "back": place.talk(number),
        "branches": whole(window.posts),
    }  # fmt: skip
    return render(request, "conversation/thread.html", context)


def _inside(request: HttpRequest, number: int, place: Place) -> str:
    """Return the address that fetches branches of the window one is in."""
    after = request.GET.get("after", "")
    begins = f"&after={after}" if after.isdecimal() else ""
    return f"{reverse('branch', args=[number])}?{place.whole_query}{begins}"


@require_POST
def present(request: HttpRequest, number: int) -> HttpResponse:
    """Note that a teammate looks at a conversation, and say who else does."""
    teammate = me(request)
    services.be_present(teammate, number, is_writing=False)
    here = present_in(inbox.conversation_for_observer(teammate, number), but=teammate)
    return HttpResponse(who_is_here(here), content_type="text/plain; charset=utf-8")


def why(request: HttpRequest, number: int) -> HttpResponse:
    """Say which words made us read a post as what we read it as."""
    from twoway.language.why import mattered  # noqa: PLC0415

    teammate = me(request)
    needs(teammate, "observer")
    post = inbox.post_for_observer(teammate, number)
    model = model_of(teammate.organisation_id)
    found = [
        (name in CALLS_FOR_ANSWER, certainty, name)
        for name, certainty, _holds in kept(post.reading).theirs
        if name in kind_titles()
    ]
    lines = []
    for _calls, _certainty, name in sorted(found, reverse=True)[:_SHOWN_KINDS]:
        words = mattered(model, post.text, name)
        if words:
            said = ", ".join(f"“{word}”" for word in words)
            lines.append(
                _("For %(kind)s speak: %(words)s.") % {"kind": kind_titles()[name], "words": said}
            )
    return render(request, "conversation/why.html", {"lines": lines, "post": post})

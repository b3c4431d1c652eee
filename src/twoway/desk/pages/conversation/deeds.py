"""What one can do about a conversation: each is a form that works without scripts."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from twoway.connectors.errors import ConnectorError
from twoway.desk import clock
from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox import services
from twoway.desk.outbox import services as outbox
from twoway.desk.outbox.states import NotAllowed
from twoway.desk.pages.conversation.choices import kind_titles, reasons
from twoway.desk.pages.conversation.views import around_talk
from twoway.desk.pages.layout.answers import back, say_why
from twoway.desk.pages.layout.reading import is_part, me, whole
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.pages.words import parsed, when
from twoway.desk.team.models import Teammate
from twoway.desk.team.services import Refused

Deed = Callable[[HttpRequest, Teammate, int], str]


def stays(deed: Deed) -> Callable[..., HttpResponse]:
    """Make a view of a deed after which one goes on reading the conversation."""
    return require_POST(_answering(deed, leaves=False))


def leaves(deed: Deed) -> Callable[..., HttpResponse]:
    """Make a view of a deed that settles a conversation: one goes back to the list."""
    return require_POST(_answering(deed, leaves=True))


def _answering(deed: Deed, *, leaves: bool) -> Callable[..., HttpResponse]:
    @wraps(deed)
    def answer(request: HttpRequest, number: int) -> HttpResponse:
        place, went_well = Place.of(request), True
        try:
            words = deed(request, me(request), number)
        except (Refused, NotAllowed, ConnectorError) as error:
            say_why(request, error)
            words, went_well = "", False
        if is_part(request):
            if words:
                messages.success(request, words)
            return render(request, "conversation/talk.html", around_talk(request, number))
        return back(request, place.address if leaves and went_well else place.talk(number), words)

    return answer


@stays
def assign(request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Give a conversation to somebody, or to nobody in particular."""
    to = whole(request.POST.get("to"))
    services.assign(teammate, number, to)
    if to is None:
        return _("Anybody may take it now.")
    return _("Yours now.") if to == teammate.pk else _("Given to them; they are told.")


@leaves
def hand_over(request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Give a conversation to a colleague with a word of what they should know."""
    to = whole(request.POST.get("to"))
    if to is None:
        raise Refused(_("Choose to whom you hand it over."))
    services.hand_over(teammate, number, to, request.POST.get("word", "").strip()[:5000])
    return _("Handed over.")


@leaves
def snooze(request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Let a conversation sleep until a moment."""
    until = parsed(request.POST.get("until", ""))
    if until is None or until <= clock.now():
        raise Refused(_("Choose a moment that is still to come."))
    services.snooze(teammate, number, until)
    return _("Back on the list %(when)s, or as soon as they write.") % {"when": when(until)}


@stays
def wake(_request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Wake a conversation now."""
    services.wake(teammate, number)
    return _("It is back.")


@stays
def tag(request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Tag a conversation with a word of the team's own."""
    name = " ".join(request.POST.get("name", "").split())[:40]
    if not name:
        raise Refused(_("A tag needs a word."))
    services.tag(teammate, number, name)
    return ""


@stays
def untag(request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Take a tag off."""
    services.untag(teammate, number, request.POST.get("name", "")[:40])
    return ""


@stays
def note(request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Tell colleagues something; @name tells one of them by name."""
    text = request.POST.get("text", "").strip()[:5000]
    if not text:
        raise Refused(_("The note is empty."))
    services.note(teammate, number, text)
    return _("Noted. Nobody outside sees it.")


@stays
def ask_expert(request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Ask somebody without a login by e-mail; their answer comes back as a note."""
    email, text = request.POST.get("email", "").strip(), request.POST.get("text", "").strip()[:5000]
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("“%(email)s” is no e-mail address.") % {"email": email[:80]}) from None
    if not text:
        raise Refused(_("Write what you would like to know."))
    services.ask_expert(teammate, number, email, text)
    return _("Asked. What %(email)s writes back appears here as a note.") % {"email": email}


@leaves
def no_answer(request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Settle what is open without an answer, with a reason."""
    titles = {one.value: one.title for one in reasons()}
    reason = request.POST.get("words", "").strip()[:200] or titles.get(
        request.POST.get("reason", "")
    )
    if not reason:
        raise Refused(_("Say why no answer is needed."))
    services.no_answer_needed(teammate, number, reason)
    return _("Settled: %(reason)s.") % {"reason": reason}


@stays
def promise(request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Remember by when we said we would come back."""
    due = parsed(request.POST.get("due", ""), usual_hour=17)
    if due is None or due <= clock.now():
        raise Refused(_("Choose a day that is still to come."))
    services.promise(teammate, number, due)
    return _("It stays with us under Promised until %(when)s.") % {"when": when(due)}


@stays
def keep_promise(_request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Say that a promise was kept."""
    services.keep_promise(teammate, number)
    return _("Kept. Good.")


@leaves
def spam(_request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Call a conversation spam."""
    services.mark_spam(teammate, number)
    return _("Out of everybody’s way. It can be found under Settled.")


@require_POST
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Say what a post really is; the turn follows."""
    teammate = me(request)
    post = inbox.post_for_suggests(teammate, number)
    kind = request.POST.get("kind", "")
    if kind not in kind_titles():
        raise Http404
    services.correct_kind(teammate, post.pk, [kind])
    return _at_its_talk(request, _("Put right. We learn from it."))


@require_POST
def react(request: HttpRequest, number: int, does: str) -> HttpResponse:
    """Like or share a post as its channel, or take that back."""
    if does not in {"like", "unlike", "share", "unshare"}:
        raise Http404
    try:
        outbox.react(me(request), number, does)
    except NotAllowed as why:
        messages.error(request, str(why))
    return _at_its_talk(request, "")


@stays
def take_down(request: HttpRequest, teammate: Teammate, number: int) -> str:
    """Delete a post of ours at its network; for a few seconds it can be left standing."""
    post = whole(request.POST.get("post"))
    if post is None:
        raise Http404
    outbox.take_down(teammate, number, post)
    return ""


def _at_its_talk(request: HttpRequest, words: str) -> HttpResponse:
    """Go on with the conversation that a form below a post was sent from."""
    talk = whole(request.POST.get("talk"))
    if talk is None:
        return back(request, Place.of(request).address, words or _("On its way."))
    if is_part(request):
        if words:
            messages.success(request, words)
        return render(request, "conversation/talk.html", around_talk(request, talk))
    return back(request, Place.of(request).talk(talk), words)

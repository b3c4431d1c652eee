"""Takes what was written: drafts as one types, answers to be sent, undo, approval, second tries."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox import services as inbox_services
from twoway.desk.inbox.models import Draft
from twoway.desk.outbox import attaching, queries, services
from twoway.desk.outbox.services import Words
from twoway.desk.outbox.states import NotAllowed
from twoway.desk.pages.composer.advice import advise
from twoway.desk.pages.composer.audience import usual
from twoway.desk.pages.composer.composer import Composer, Setting, answered, count, setting
from twoway.desk.pages.layout.answers import SeeOther, back
from twoway.desk.pages.layout.reading import is_part, me, whole
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.team.models import Teammate
from twoway.desk.team.services import Refused

_LONGEST = 50_000


@require_POST
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what is being written, and say what to mind about it."""
    teammate = me(request)
    fixed, talk = _fixed(teammate, number, request.POST)
    inbox_services.be_present(teammate, number, is_writing=True)
    saved = _saved(request, teammate, number, fixed)
    text = saved.draft.text
    shown = Composer(
        draft=saved.draft.pk, version=saved.draft.version, left=count(fixed, text),
        is_over=(fixed.room(text) or 0) < 0, preview=fixed.public(text) if text.strip() else "", warning=fixed.warning,
        advice=advise(teammate, fixed, talk.exchange, talk.conversation.open_posts, text),
        saved=_("The draft was changed elsewhere meanwhile; yours is kept beside it.")
        if saved.is_apart else _("Saved; colleagues see it.") if text.strip() else "",
    )  # fmt: skip
    if is_part(request):
        return render(request, "composer/advice.html", {"composer": shown})
    return back(request, Place.of(request).talk(number), shown.saved)


@require_GET
def advice(request: HttpRequest, number: int) -> HttpResponse:
    """Say what to mind about one's draft as it stands; asked for once the page is there."""
    teammate = me(request)
    fixed, talk = _fixed(teammate, number, {})
    mine = next((one.text for one in talk.drafts if one.teammate_id == teammate.pk), "")
    said = advise(teammate, fixed, talk.exchange, talk.conversation.open_posts, mine)
    return render(request, "composer/advice.html#remarks", {"composer": Composer(advice=said)})


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Send an answer, hand it in, or keep it as a draft; nothing written is ever lost."""
    teammate, place = me(request), Place.of(request)
    fixed, _talk = _fixed(teammate, number, request.POST)
    saved = _saved(request, teammate, number, fixed)
    do = request.POST.get("do", "send")
    try:
        _attach(request, teammate, number)
        _describe(request, teammate, number)
        if do == "attach":
            return SeeOther(place.talk(number) + "#composer")
        if do == "draft":
            return back(request, place.talk(number), _("Kept as a draft; colleagues see it."))
        _send(
            teammate, fixed, saved.draft, request.POST.get("key", "")[:40], approve=do == "suggest"
        )
    except (Refused, NotAllowed) as why:
        messages.error(request, str(why))
        return SeeOther(place.talk(number) + "#talk-notices")
    return SeeOther(place.talk(number) + "#exchange-end")


@require_POST
def drop_draft(request: HttpRequest, number: int) -> HttpResponse:
    """Throw a draft away."""
    teammate = me(request)
    talk = inbox.draft_for_suggests(teammate, number).conversation_id
    inbox_services.discard_draft(teammate, number)
    return back(request, Place.of(request).talk(talk), _("The draft is gone."))


@require_POST
def outgoing(request: HttpRequest, number: int) -> HttpResponse:
    """Undo, approve, send back, rewrite, or try again what is on its way."""
    teammate, text = me(request), request.POST.get("text", "").strip()[:_LONGEST]
    talk = queries.entry_for_suggests(teammate, number).conversation_id
    do = request.POST.get("do", "")
    try:
        words = _done(teammate, number, do, text, request.POST.get("remark", "").strip()[:2000])
    except (Refused, NotAllowed) as why:
        messages.error(request, str(why))
        words = ""
    place = Place.of(request)
    return back(request, place.talk(talk) if talk is not None else place.address, words)


@require_GET
def attachment(request: HttpRequest, number: int) -> HttpResponse:
    """Show a picture that waits beside a draft: as the picture it is, and as nothing else."""
    found = queries.attachment_for_suggests(me(request), number)
    return HttpResponse(
        bytes(found.content), content_type=found.type,
        headers={
            "X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=600",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )  # fmt: skip


@require_POST
def drop_attachment(request: HttpRequest, number: int) -> HttpResponse:
    """Take a picture away from a draft; what else stands in its form is kept."""
    teammate, place = me(request), Place.of(request)
    talk = queries.attachment_for_suggests(teammate, number).conversation_id
    if talk is None:
        attaching.detach(teammate, number)
        return back(request, place.address)
    if "text" in request.POST:
        _saved(request, teammate, talk, _fixed(teammate, talk, request.POST)[0])
        _describe(request, teammate, talk)
    attaching.detach(teammate, number)
    return back(request, place.talk(talk) + "#composer")


def _fixed(teammate: Teammate, number: int, form: Mapping[str, str]) -> tuple[Setting, inbox.Talk]:
    inbox.conversation_for_suggests(teammate, number)
    talk = inbox.talk_for_observer(teammate, number)
    of = talk.conversation
    return setting(teammate, of.channel, answered(talk.exchange, of.open_posts), form), talk


def _saved(
    request: HttpRequest, teammate: Teammate, number: int, fixed: Setting
) -> inbox_services.Saved:
    post = fixed.answers
    return inbox_services.save_draft(
        teammate, number, request.POST.get("text", "")[:_LONGEST], draft=whole(request.POST.get("draft")),
        version=whole(request.POST.get("version")), channel=fixed.channel.pk,
        answers=post.pk if post is not None else None, visibility=fixed.visibility, warning=fixed.warning,
    )  # fmt: skip


def _send(teammate: Teammate, fixed: Setting, draft: Draft, key: str, *, approve: bool) -> None:
    number = draft.conversation_id
    asked = fixed.answers.pk if fixed.answers is not None else None
    pictures = queries.attachments_for_suggests(teammate, number)
    text = fixed.whole(draft.text) if draft.text.strip() else ""
    room = fixed.room(draft.text)
    if room is not None and room < 0:
        raise NotAllowed(
            _("It is too long for the network. Your words are kept; shorten them and send again.")
        )
    words = Words(
        text=text, answers=asked, channel=fixed.channel.pk, to=fixed.to,
        attachments=tuple(one.pk for one in pictures), wants_approval=approve, key=key,
        visibility=fixed.visibility if fixed.visibility != usual(fixed.answers) else None,
        content_warning=fixed.warning if fixed.may_warn else None,
    )  # fmt: skip
    services.answer(teammate, number, words)
    # The words are in the outbox now; a draft that was a colleague's goes with them.
    Draft.objects.filter(pk=draft.pk).delete()


def _attach(request: HttpRequest, teammate: Teammate, number: int) -> None:
    sent = request.FILES.get("picture")
    if sent is None:
        return
    if sent.size is None or sent.size > attaching.PICTURE_BYTES:
        raise NotAllowed(_("The picture is larger than 10 MB. Make it smaller and add it again."))
    attaching.attach(
        teammate, number, sent.name or "", sent.read(), request.POST.get("alt", "")[:1500]
    )


def _describe(request: HttpRequest, teammate: Teammate, number: int) -> None:
    for one in queries.attachments_for_suggests(teammate, number):
        said = request.POST.get(f"alt-{one.pk}")
        if said is not None and said.strip() != one.alt_text:
            attaching.describe(teammate, one.pk, said[:1500])


def _done(teammate: Teammate, number: int, do: str, text: str, remark: str) -> str:
    match do:
        case "cancel":
            taken = services.cancel(teammate, number)
            return _("Taken back. Your words are a draft again.") if taken.text else _("It stays.")
        case "approve":
            services.approve(teammate, number)
            return _("On its way.")
        case "back":
            services.send_back(teammate, number, remark)
            return _("Sent back with your remark.")
        case "rewrite":
            services.rewrite(teammate, number, text)
            return _("Handed in again.")
        case "again":
            services.try_again(teammate, number, text or None)
            return _("We try again.")
        case _other:
            raise NotAllowed(_("That cannot be done here."))

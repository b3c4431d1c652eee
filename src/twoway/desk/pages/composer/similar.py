"""How people like them were answered before, fetched when somebody asks for it."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox.models import Post
from twoway.desk.outbox import queries as outbox
from twoway.desk.outbox.models import Entry
from twoway.desk.pages.composer.composer import answered
from twoway.desk.pages.layout.reading import is_part, me
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.pages.words import when
from twoway.desk.team.models import Teammate

LOOKED_AT: Final = 300
"""The latest answers; likeness to so many costs 80 ms of one core, and only when it is asked for."""
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A post like theirs, and how it was answered."""

    address: str
    words: str
    answer: str
    line: str


@require_GET
def similar(request: HttpRequest, number: int) -> HttpResponse:
    """Show posts like the one that is answered, with what was said to them."""
    teammate, place = me(request), Place.of(request)
    inbox.conversation_for_suggests(teammate, number)
    talk = inbox.talk_for_observer(teammate, number)
    post = answered(talk.exchange, talk.conversation.open_posts)
    found = _like(teammate, post, number) if post is not None else []
    context = {"befores": [_before(one, place) for one in found], "back": place.talk(number)}
    template = "composer/similar.html#befores" if is_part(request) else "composer/similar.html"
    return render(request, template, context)


def _like(teammate: Teammate, post: Post, number: int) -> list[Entry]:
    from twoway.language.similar import Similar  # noqa: PLC0415  NumPy, for those who ask

    known = {
        one.answers_id: one for one in outbox.answered_for_suggests(teammate, LOOKED_AT)
        if one.conversation_id != number and one.answers is not None
    }  # fmt: skip
    texts = [(pk, one.answers.text) for pk, one in known.items() if pk and one.answers]
    matches = Similar(texts).find(post.text, _SHOWN) if texts else []
    return [known[match.post] for match in matches]


def _before(entry: Entry, place: Place) -> Before:
    who = entry.teammate.name if entry.teammate is not None else _("somebody who left")
    return Before(
        address=place.talk(entry.conversation_id) if entry.conversation_id else "",
        words=entry.answers.text if entry.answers is not None else "", answer=entry.text,
        line=_("%(who)s answered %(when)s:") % {"who": who, "when": when(entry.sent_at or entry.made_at)},
    )  # fmt: skip

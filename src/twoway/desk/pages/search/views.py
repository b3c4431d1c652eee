"""Finds what was said, by words and filters."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from twoway.desk.channels import queries as channels
from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox.told import rest_of
from twoway.desk.pages.conversation.choices import kind_titles
from twoway.desk.pages.layout.reading import me, whole
from twoway.desk.pages.our_turn.lists import TONGUES, Choice, choice
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.pages.our_turn.rows import first_words, who_wrote
from twoway.desk.pages.words import network, tongue
from twoway.desk.team.models import Teammate


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One post that was found, and the conversation it stands in."""

    address: str
    who: str
    said_at: int
    why: str
    words: str


def show(request: HttpRequest) -> HttpResponse:
    """Show the search, and what it found, the newest first."""
    teammate, words = me(request), request.GET.get("q", "").strip()[:200]
    asked = {name: request.GET.get(name, "")[:20] for name in ("channel", "kind", "language", "by")}
    narrowed = inbox.Narrowed(
        channel=whole(asked["channel"]), kind=asked["kind"], language=asked["language"],
        is_ours={"us": True, "them": False}.get(asked["by"]),
    )  # fmt: skip
    found = inbox.search_for_observer(
        teammate, words, narrowed, before=request.GET.get("before"), size=30
    )
    following = urlencode({"q": words, **asked, "before": found.next}) if found.next else ""
    return render(request, "search/page.html", {
        "words": words, "fields": _fields(teammate, asked), "has_filters": any(asked.values()),
        "rows": [_row(hit) for hit in found.hits], "is_asked": bool(words or any(asked.values())),
        "next": f"{reverse('search')}?{following}" if following else "",
    })  # fmt: skip


def _row(hit: inbox.Hit) -> Found:
    post = hit.post
    address = (
        Place().talk(hit.conversation) if hit.conversation else rest_of(post.record).address or ""
    )
    return Found(
        address=address if address.startswith(("/", "https://", "http://")) else "",
        who=who_wrote(post.account), said_at=post.said_at, words=first_words(post.text),
        why=_("by us, on %(network)s") % {"network": network(post.network)} if post.is_ours
        else _("on %(network)s") % {"network": network(post.network)},
    )  # fmt: skip


def _fields(teammate: Teammate, asked: dict[str, str]) -> list[Choice]:
    spoken = {
        str(one.pk): f"{one.handle} ({network(one.network)})"
        for one in channels.channels_for_observer(teammate)
    }
    return [
        choice("channel", _("Channel"), spoken, asked["channel"]),
        choice("kind", _("What it is"), kind_titles(), asked["kind"]),
        choice(
            "language", _("Language"), {code: tongue(code) for code in TONGUES}, asked["language"]
        ),
        choice("by", _("Said by"), {"them": _("them"), "us": _("us")}, asked["by"]),
    ]

"""How we are doing: what the last count found, counting anew, looking at anybody, whole reports."""

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from twoway.audit.saying import ENGLISH
from twoway.connectors.registry import looks_like_an_account
from twoway.desk.channels import queries as channels
from twoway.desk.insight import queries, services
from twoway.desk.insight.models import Audit
from twoway.desk.pages.how_we_are_doing.verdicts import accounts
from twoway.desk.pages.layout.answers import back, says_why
from twoway.desk.pages.layout.reading import me
from twoway.desk.pages.our_turn.lists import Empty
from twoway.desk.pages.words import when
from twoway.desk.sentences import in_words
from twoway.desk.team.services import Refused

_STYLE: Final = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_INLINE: Final = re.compile(r'\sstyle="([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An audit under way: what it does, in words."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """An account that somebody looked at."""

    handle: str
    line: str
    address: str


def _doing(_request: HttpRequest) -> str:
    return reverse("how_we_are_doing")


def show(request: HttpRequest) -> HttpResponse:
    """Show what the last count found about us, and whom else we looked at."""
    teammate = me(request)
    audit = queries.latest_of_us_for_observer(teammate)
    ours = channels.channels_for_observer(teammate)
    running = queries.running_for_observer(teammate)
    is_counting = any(not one.subject for one in running)
    return render(request, "how_we_are_doing/page.html", {
        "accounts": accounts(teammate, audit, ours) if audit is not None else [],
        "none": _none(bool(ours), is_counting=is_counting), "may_count": bool(ours) and not is_counting,
        "made_at": audit.finished_at if audit is not None else None,
        "running": [_running(one) for one in running],
        "trouble": "" if is_counting else _trouble(queries.last_try_for_observer(teammate)),
        "others": [_other(one) for one in queries.others_for_observer(teammate)],
    })  # fmt: skip


@require_POST
@says_why(_doing)
def count_us(request: HttpRequest) -> HttpResponse:
    """Count our own channels anew."""
    services.count_us(me(request))
    return back(request, reverse("how_we_are_doing"))


@require_POST
@says_why(_doing)
def look_at(request: HttpRequest) -> HttpResponse:
    """Look at anybody whom a network lets us read."""
    handle = request.POST.get("handle", "").strip()
    # The command that reads accounts also reads files: none of this machine is for its readers.
    if handle and not looks_like_an_account(handle):
        raise Refused(
            _(
                "“%(handle)s” looks like no account. Write a handle such as @museum@server.example, or its address."
            )
            % {"handle": handle[:80]}
        )
    services.look_at(me(request), handle)
    return back(request, reverse("how_we_are_doing"))


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Say how far audits are; the whole page anew once the last has ended."""
    running = [_running(one) for one in queries.running_for_observer(me(request))]
    answer = render(request, "how_we_are_doing/progress.html", {"running": running})
    if not running:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_GET
def report(request: HttpRequest, number: int) -> HttpResponse:
    """Show a whole report: a document of its own, with a policy of its own and no script."""
    audit = queries.audit_for_observer(me(request), number)
    if audit.state != "done":
        raise Http404
    page = _with_a_way_back(request, queries.page_of(audit, get_language() or ENGLISH))
    answer = HttpResponse(page)
    # Its styles stand in the page, so their digests are what is allowed, and nothing else is.
    digests = " ".join(f"'sha256-{_digest(css)}'" for css in _styles(page))
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'unsafe-hashes' {digests}; font-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return answer


def _with_a_way_back(request: HttpRequest, page: str) -> str:
    """Put a link to the desk on top of a report, which knows nothing of desks."""
    head, body, rest = page.partition("<body>")
    return head + body + render_to_string("how_we_are_doing/way_back.html", {}, request) + rest


def _styles(page: str) -> list[str]:
    return sorted({*_STYLE.findall(page), *_INLINE.findall(page)})


def _digest(css: str) -> str:
    return b64encode(sha256(css.encode()).digest()).decode("ascii")


def _none(has_channels: bool, *, is_counting: bool) -> Empty:
    if has_channels and is_counting:
        return Empty(
            title=_("The first count is under way."), words=_("What it finds appears here.")
        )
    if has_channels:
        return Empty(
            title=_("Nothing counted yet."), words=_("The first count runs tonight; or count now.")
        )
    return Empty(
        title=_("No channel to count yet."),
        words=_(
            "Connect one, and every night says how conversational it is. Anybody else you can look at now."
        ),
    )


def _running(one: Audit) -> Running:
    what = in_words(one.doing) or _("Waiting for its turn")
    whom = one.subject or _("our channels")
    return Running(words=_("%(whom)s: %(what)s …") % {"whom": whom, "what": what})


def _trouble(one: Audit | None) -> str:
    return in_words(one.cure) if one is not None and one.state == "failed" else ""


def _other(one: Audit) -> Other:
    if one.state == "failed":
        return Other(handle=one.subject, line=in_words(one.cure), address="")
    line = _("looked at %(when)s") % {"when": when(one.finished_at)}
    return Other(handle=one.subject, line=line, address=reverse("report", args=[one.pk]))

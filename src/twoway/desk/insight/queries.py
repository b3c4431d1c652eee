"""Reads about audits: what is under way, the latest of ours, of whom else, and what is behind a figure."""

from collections.abc import Iterable

from django.db.models import QuerySet

from twoway.audit.findings import Report
from twoway.audit.report import json as reports
from twoway.audit.report.retelling import told
from twoway.audit.saying import speaking
from twoway.desk.channels.models import Channel
from twoway.desk.inbox.models import Conversation, Post
from twoway.desk.insight.models import Audit
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Teammate


def running_for_observer(teammate: Teammate) -> list[Audit]:
    """Return the audits under way, the oldest first."""
    return list(_audits(teammate).filter(state__in=["waiting", "running"]).order_by("made_at"))


def latest_of_us_for_observer(teammate: Teammate) -> Audit | None:
    """Return the latest finished audit of our channels."""
    return _audits(teammate).filter(subject="", state="done").order_by("-made_at").first()


def last_try_for_observer(teammate: Teammate) -> Audit | None:
    """Return the latest audit of our channels that ended, well or not."""
    ended = _audits(teammate).filter(subject="", state__in=["done", "failed"])
    return ended.order_by("-made_at").first()


def others_for_observer(teammate: Teammate, many: int = 20) -> list[Audit]:
    """Return the latest audits of others, without their reports."""
    others = _audits(teammate).exclude(subject="").filter(state__in=["done", "failed"])
    return list(others.defer("report").order_by("-made_at")[:many])


def audit_for_observer(teammate: Teammate, number: int) -> Audit:
    found = _audits(teammate).filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def report_of(audit: Audit) -> Report:
    """Return a finished audit's report in the language spoken now (`audit.saying`)."""
    return told(reports.read(audit.report.encode(), str(audit)))


def page_of(audit: Audit, language: str) -> str:
    """Return a finished audit's report as a page of its own, in a language."""
    from twoway.audit.report import html  # noqa: PLC0415  costs a template engine, once somebody looks

    with speaking(language):
        return html.render(report_of(audit))


def conversations_behind(
    teammate: Teammate, network: str, remote_ids: Iterable[str]
) -> dict[str, int]:
    """Return, by a post's remote id, the conversation that holds it: what is behind a figure."""
    needs(teammate, "observer")
    posts = Post.objects.filter(
        organisation_id=teammate.organisation_id, network=network, remote_id__in=list(remote_ids)
    ).values_list("remote_id", "thread_id", "account__person_id")
    rows = list(posts)
    talks = Conversation.objects.filter(thread_id__in={thread for _, thread, _ in rows})
    by_thread: dict[int, int] = {}
    exactly: dict[tuple[int, int], int] = {}
    for pk, thread, person in talks.values_list("pk", "thread_id", "person_id"):
        by_thread.setdefault(thread, pk)
        exactly[thread, person] = pk
    found = {
        remote_id: exactly.get((thread, person)) or by_thread.get(thread)
        for remote_id, thread, person in rows
    }
    return {remote_id: pk for remote_id, pk in found.items() if pk is not None}


def posts_said_at(teammate: Teammate, moments: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return network and remote id of the posts said at these times (µs), on channels of ours.

    A figure's evidence names posts by a report's own numbers; when it was said finds them here.
    """
    needs(teammate, "observer")
    channels = Channel.objects.filter(organisation_id=teammate.organisation_id)
    rows = Post.objects.filter(
        channel_id__in=list(channels.values_list("pk", flat=True)), said_at__in=list(moments)
    )
    return {
        at: (network, post)
        for at, network, post in rows.values_list("said_at", "network", "remote_id")
    }


def _audits(teammate: Teammate) -> QuerySet[Audit]:
    needs(teammate, "observer")
    return Audit.objects.filter(organisation_id=teammate.organisation_id)

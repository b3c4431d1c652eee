"""Writes about audits: asking for one, working on it, keeping what came of it."""

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext, gettext_noop

from twoway.connectors.sentences import kept
from twoway.desk.clock import DAY, HOUR, now
from twoway.desk.database import writing
from twoway.desk.insight.models import Audit
from twoway.desk.team.access import needs
from twoway.desk.team.models import Organisation, Teammate
from twoway.desk.team.services import Refused

TAKES_AT_MOST: Final = HOUR
"""An audit that has been running for longer was killed with its process."""
KEPT: Final = 30
"""Reports of our own channels that are kept, to see what changed."""
AT_ONCE: Final = 3
"""So many handles may one organisation look at at the same time."""


def count_us(teammate: Teammate) -> Audit:
    """Ask for an audit of our channels; one that is under way is the answer already."""
    needs(teammate, "observer")
    with writing():
        return _ask(teammate.organisation_id, "", teammate)


def look_at(teammate: Teammate, handle: str) -> Audit:
    """Ask for an audit of anybody. Raises Refused where nothing is named or too much is asked."""
    needs(teammate, "observer")
    named = handle.strip()[:300]
    if not named:
        raise Refused(
            gettext("Name an account: a handle such as @museum@server.example, or its address.")
        )
    with writing():
        open_ones = Audit.objects.filter(
            organisation_id=teammate.organisation_id, state__in=["waiting", "running"]
        ).exclude(subject="")
        if open_ones.exclude(subject=named).count() >= AT_ONCE:
            raise Refused(gettext("Three audits are under way. Wait until one has ended."))
        return _ask(teammate.organisation_id, named, teammate)


def count_everybody_each_night(night: int) -> int:
    """Ask for an audit of every organisation's channels, once since `night`; returns how many."""
    asked = 0
    with writing():
        for organisation in Organisation.objects.filter(channel__isnull=False).distinct():
            of_tonight = Audit.objects.filter(
                organisation=organisation, subject="", made_at__gte=night
            )
            if not of_tonight.exists():
                _ask(organisation.pk, "", None)
                asked += 1
    return asked


def claim() -> Audit | None:
    """Take the next audit to work on; None where there is none. One process gets it."""
    at = now()
    due = Q(state="waiting") | Q(state="running", claimed_at__lt=at - TAKES_AT_MOST)
    with writing():
        found = Audit.objects.filter(due).order_by("made_at").first()
        if found is None:
            return None
        taken = Audit.objects.filter(due, pk=found.pk, claimed_at=found.claimed_at).update(
            state="running", claimed_at=at, doing=gettext_noop("Beginning")
        )
    return found if taken else None


def tell(audit: int, doing: str) -> None:
    """Say what an audit is doing now."""
    with writing():
        Audit.objects.filter(pk=audit, state="running").update(doing=doing[:300])


def finish(audit: Audit, report: str) -> None:
    """Keep what came of an audit, and of our own the latest thirty."""
    with writing():
        Audit.objects.filter(pk=audit.pk).update(
            state="done", doing="", cure="", report=report, finished_at=now()
        )
        ours = Audit.objects.filter(
            organisation_id=audit.organisation_id,
            subject=audit.subject,
            state__in=["done", "failed"],
        )
        kept = list(ours.order_by("-made_at").values_list("pk", flat=True)[:KEPT])
        ours.exclude(pk__in=kept).delete()


def fail(audit: Audit, cure: str) -> None:
    """Note why an audit came to nothing, and what to do."""
    with writing():
        Audit.objects.filter(pk=audit.pk).update(
            state="failed", doing="", cure=kept(cure), finished_at=now()
        )


def _ask(organisation: int, subject: str, teammate: Teammate | None) -> Audit:
    open_one = Audit.objects.filter(
        organisation_id=organisation, subject=subject, state__in=["waiting", "running"],
        made_at__gt=now() - DAY,
    ).first()  # fmt: skip
    return open_one or Audit.objects.create(
        organisation_id=organisation, subject=subject, asked_by=teammate, made_at=now()
    )

"""Reads about the team: colleagues, teams, invitations, the audit trail."""

import hashlib

from django.db.models import QuerySet

from twoway.desk.clock import now
from twoway.desk.database import fetch
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import Event, Invitation, Organisation, Team, Teammate

TRAIL = 100
"""Lines of the audit trail on one page."""


def is_founded() -> bool:
    """Tell whether anybody works here yet."""
    return Organisation.objects.exists()


def teammates_for_observer(teammate: Teammate) -> list[Teammate]:
    """Return the colleagues who work here now, by name."""
    needs(teammate, "observer")
    found = fetch(
        Teammate,
        "where organisation_id = %s and is_active = %s order by name, id",
        teammate.organisation_id,
        True,
    )
    numbers = {one.team_id for one in found if one.team_id is not None}
    teams = {one.pk: one for one in fetch(Team, "where id in (%s)", numbers)} if numbers else {}
    for one in found:
        one.team = teams[one.team_id] if one.team_id is not None else None
    return found


def teammate_for_observer(teammate: Teammate, number: int) -> Teammate:
    needs(teammate, "observer")
    found = _teammates(teammate).filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def teams_for_observer(teammate: Teammate) -> list[Team]:
    needs(teammate, "observer")
    teams = Team.objects.filter(organisation_id=teammate.organisation_id)
    return list(teams.prefetch_related("holidays").order_by("name"))


def team_for_observer(teammate: Teammate, number: int) -> Team:
    needs(teammate, "observer")
    found = Team.objects.filter(pk=number, organisation_id=teammate.organisation_id).first()
    if found is None:
        raise NotThere
    return found


def invitations_for_admin(admin: Teammate) -> list[Invitation]:
    """Return the invitations that nobody has accepted yet, the newest first."""
    needs(admin, "admin")
    open_ones = Invitation.objects.filter(organisation_id=admin.organisation_id, accepted_at=None)
    return list(open_ones.order_by("-made_at"))


def invitation(token: str) -> Invitation | None:
    """Return the invitation of a token, None where it is used, over or unknown."""
    return (
        Invitation.objects.select_related("organisation", "team")
        .filter(
            digest=hashlib.sha256(token.encode()).hexdigest(), accepted_at=None, ends_at__gt=now()
        )
        .first()
    )


def trail_for_admin(admin: Teammate, before: int | None = None) -> list[Event]:
    """Return a page of the audit trail, the newest first, from before an event's id on."""
    needs(admin, "admin")
    events = Event.objects.filter(organisation_id=admin.organisation_id).select_related("teammate")
    if before is not None:
        edge = events.filter(pk=before).values_list("at", flat=True).first()
        events = events.filter(at__lte=edge or 0, pk__lt=before)
    return list(events.order_by("-at", "-id")[:TRAIL])


def _teammates(teammate: Teammate) -> QuerySet[Teammate]:
    return Teammate.objects.filter(organisation_id=teammate.organisation_id).select_related("team")

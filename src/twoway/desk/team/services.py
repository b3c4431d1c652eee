"""Writes about the team: founding, inviting, roles, hours, and the audit trail of it all."""

import hashlib
import secrets
from typing import Any, Final

from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext

from twoway.desk.clock import DAY, MINUTE, now
from twoway.desk.database import writing
from twoway.desk.team import queries
from twoway.desk.team.access import NotThere, needs
from twoway.desk.team.models import (
    ROLES,
    Event,
    FirstToken,
    Holiday,
    Invitation,
    Organisation,
    Team,
    Teammate,
)  # fmt: skip

FIRST_TOKEN_LASTS: Final = 7 * DAY
INVITATION_LASTS: Final = 14 * DAY
SEEN_EVERY: Final = 2 * MINUTE


class Refused(Exception):
    """A sentence for the page: why this cannot be done, and what can."""


def make_first_token() -> str:
    """Return a new token that lets the first teammate in; earlier ones no longer do."""
    token = secrets.token_urlsafe(24)
    with writing():
        FirstToken.objects.all().delete()
        FirstToken.objects.create(digest=_digest(token), made_at=now())
    return token


def found(
    token: str, organisation: str, name: str, email: str, password: str, time_zone: str = ""
) -> Teammate:
    """Found the desk's first organisation with its first admin, by the token of the terminal.

    Raises Refused for a token that is used or unknown, ValidationError for a weak password.
    """
    with writing():
        first = FirstToken.objects.filter(digest=_digest(token), used_at=None).first()
        if first is None or first.made_at < now() - FIRST_TOKEN_LASTS:
            raise Refused(
                gettext("This address has been used already, or is too old. Start the desk anew.")
            )
        ours = Organisation.objects.create(
            name=organisation.strip(), founded_at=now(), time_zone=time_zone or "UTC"
        )
        teammate = _join(ours, email, name, password, "admin")
        FirstToken.objects.filter(pk=first.pk).update(used_at=now())
        record(teammate, "founded the desk", "organisation", ours.pk)
    return teammate


def first_token_works(token: str) -> bool:
    """Tell whether a token still lets the first teammate in."""
    first = FirstToken.objects.filter(digest=_digest(token), used_at=None).first()
    return first is not None and first.made_at >= now() - FIRST_TOKEN_LASTS


def invite(admin: Teammate, email: str, role: str, team: Team | None = None) -> str:
    """Invite a colleague; returns the token of the address that goes to them by e-mail."""
    needs(admin, "admin")
    if role not in ROLES:
        raise Refused(gettext("There is no such role."))
    address = email.strip().lower()
    if Teammate.objects.filter(email__iexact=address).exists():
        raise Refused(_works_here(address))
    token = secrets.token_urlsafe(24)
    with writing():
        Invitation.objects.filter(
            organisation_id=admin.organisation_id, email=address, accepted_at=None
        ).delete()
        invitation = Invitation.objects.create(
            organisation_id=admin.organisation_id, email=address, role=role, team=team,
            invited_by=admin, digest=_digest(token), made_at=now(), ends_at=now() + INVITATION_LASTS,
        )  # fmt: skip
        record(admin, "invited a colleague", "invitation", invitation.pk, email=address, role=role)
    return token


def take_back_invitation(admin: Teammate, invitation: int) -> None:
    """Let an invitation that nobody accepted end now."""
    needs(admin, "admin")
    with writing():
        gone, _ = Invitation.objects.filter(
            pk=invitation, organisation_id=admin.organisation_id, accepted_at=None
        ).delete()
        if not gone:
            raise NotThere
        record(admin, "took an invitation back", "invitation", invitation)


def accept(token: str, name: str, password: str) -> Teammate:
    """Let an invited colleague in. Raises Refused, or ValidationError for a weak password."""
    with writing():
        invitation = queries.invitation(token)
        if invitation is None:
            raise Refused(
                gettext("This invitation was used, taken back or is too old. Ask for a new one.")
            )
        teammate = _join(
            invitation.organisation,
            invitation.email,
            name,
            password,
            invitation.role,
            invitation.team,
        )
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=now())
        record(teammate, "joined", "teammate", teammate.pk, role=invitation.role)
    return teammate


def change_role(admin: Teammate, teammate: int, role: str) -> None:
    """Give a colleague another role; the last admin stays one."""
    needs(admin, "admin")
    if role not in ROLES:
        raise Refused(gettext("There is no such role."))
    with writing():
        whom = queries.teammate_for_observer(admin, teammate)
        if whom.role == "admin" and role != "admin":
            _keeps_an_admin(whom)
        Teammate.objects.filter(pk=whom.pk).update(role=role)
        record(admin, "changed a role", "teammate", whom.pk, before=whom.role, now=role)


def leave(admin: Teammate, teammate: int) -> None:
    """Let a colleague go: no way in any more, everything they wrote stays."""
    needs(admin, "admin")
    with writing():
        whom = queries.teammate_for_observer(admin, teammate)
        if whom.role == "admin":
            _keeps_an_admin(whom)
        Teammate.objects.filter(pk=whom.pk).update(is_active=False)
        record(admin, "let a colleague go", "teammate", whom.pk)


def put_in_team(admin: Teammate, teammate: int, team: int | None) -> None:
    """Put a colleague into a team, or into none."""
    needs(admin, "admin")
    with writing():
        whom = queries.teammate_for_observer(admin, teammate)
        its = None if team is None else queries.team_for_observer(admin, team)
        Teammate.objects.filter(pk=whom.pk).update(team=its)
        record(admin, "changed a team", "teammate", whom.pk, team=team)


def describe_self(teammate: Teammate, **fields: Any) -> None:
    """Change what is one's own: name, language, time_zone, theme, wants_digest, wants_alerts."""
    allowed = {"name", "language", "time_zone", "theme", "wants_digest", "wants_alerts"}
    with writing():
        Teammate.objects.filter(pk=teammate.pk).update(**_only(fields, allowed))
        record(teammate, "changed their settings", "teammate", teammate.pk)


def be_here(teammate: Teammate) -> None:
    """Note that a teammate is at the desk; at most every two minutes, as each page asks."""
    at = now()
    if at - (teammate.seen_at or 0) > SEEN_EVERY:
        with writing():
            Teammate.objects.filter(pk=teammate.pk).update(seen_at=at)
        teammate.seen_at = at


def describe_organisation(admin: Teammate, **fields: Any) -> None:
    """Change the organisation's name, site, language or time_zone."""
    needs(admin, "admin")
    allowed = {"name", "site", "language", "time_zone"}
    with writing():
        Organisation.objects.filter(pk=admin.organisation_id).update(**_only(fields, allowed))
        record(admin, "changed the organisation", "organisation", admin.organisation_id)


def keep_team(admin: Teammate, team: int | None, **fields: Any) -> Team:
    """Make or change a team: name, time_zone, hours, answer_within, warn_before (minutes)."""
    needs(admin, "admin")
    allowed = {"name", "time_zone", "hours", "answer_within", "warn_before", "department"}
    known = _only(fields, allowed)
    with writing():
        if team is None:
            kept = Team.objects.create(organisation_id=admin.organisation_id, **known)
        else:
            kept = queries.team_for_observer(admin, team)
            Team.objects.filter(pk=kept.pk).update(**known)
            kept.refresh_from_db()
        record(admin, "changed a team", "team", kept.pk)
    return kept


def keep_holiday(admin: Teammate, team: int, day: Any, name: str = "") -> Holiday:
    """Note a day on which a team is away."""
    needs(admin, "admin")
    its = queries.team_for_observer(admin, team)
    with writing():
        holiday, _ = Holiday.objects.update_or_create(
            organisation_id=admin.organisation_id, team=its, day=day, defaults={"name": name}
        )
        record(admin, "noted a holiday", "team", its.pk, day=str(day))
    return holiday


def drop_holiday(admin: Teammate, holiday: int) -> None:
    """Take a holiday out again."""
    needs(admin, "admin")
    with writing():
        its = Holiday.objects.filter(pk=holiday, organisation_id=admin.organisation_id).first()
        if its is None:
            raise NotThere
        its.delete()
        record(admin, "took a holiday out", "team", its.team_id, day=str(its.day))


def record(
    teammate: Teammate | None, action: str, thing: str = "", number: int | None = None, *,
    organisation: int | None = None, **details: Any,
) -> Event:  # fmt: skip
    """Write into the audit trail; in the transaction of what it tells."""
    return Event.objects.create(
        organisation_id=organisation if teammate is None else teammate.organisation_id,  # type: ignore[misc]  # one of the two is given
        teammate=teammate, at=now(), action=action, thing=thing, number=number, details=details,
    )  # fmt: skip


def _join(
    ours: Organisation, email: str, name: str, password: str, role: str, team: Team | None = None
) -> Teammate:
    teammate = Teammate(
        organisation=ours, email=email.strip().lower(), name=name.strip(), role=role, team=team,
        joined_at=now(),
    )  # fmt: skip
    if Teammate.objects.filter(email__iexact=teammate.email).exists():
        raise Refused(_works_here(teammate.email))
    validate_password(password, teammate)
    teammate.set_password(password)
    teammate.save()
    return teammate


def _works_here(email: str) -> str:
    return gettext("%(email)s works at a desk here already.") % {"email": email}


def _keeps_an_admin(whom: Teammate) -> None:
    others = Teammate.objects.filter(
        organisation_id=whom.organisation_id, role="admin", is_active=True
    )
    if not others.exclude(pk=whom.pk).exists():
        raise Refused(gettext("A desk needs an admin. Make somebody else one first."))


def _only(fields: dict[str, Any], allowed: set[str]) -> dict[str, Any]:
    if unknown := fields.keys() - allowed:
        raise ValueError(f"cannot be changed here: {', '.join(sorted(unknown))}")
    return fields


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

"""A colleague, and a line of the audit trail, as the page says them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from twoway.desk import clock
from twoway.desk.pages.team.roles import roles
from twoway.desk.pages.words import when
from twoway.desk.team.models import Event, Teammate

HERE = 5 * clock.MINUTE
"""Seen so long ago at most, somebody counts as here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mate:
    """One colleague."""

    id: int
    name: str
    is_me: bool
    is_active: bool
    line: str
    role: str
    role_title: str
    team: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One thing that somebody did."""

    at: int
    who: str
    what: str


def mate(one: Teammate, reader: Teammate) -> Mate:
    """Return a colleague as another sees them."""
    parts = [one.email, one.team.name if one.team is not None else "", presence(one)]
    return Mate(
        id=one.pk, name=one.name or one.email, is_me=one.pk == reader.pk, is_active=one.is_active,
        line=" · ".join(filter(None, parts)), role=one.role,
        role_title=next(role.title for role in roles() if role.value == one.role),
        team=one.team_id,
    )  # fmt: skip


def presence(one: Teammate) -> str:
    """Say when a colleague was last here."""
    if one.seen_at is None:
        return ""
    if clock.now() - one.seen_at < HERE:
        return _("here now")
    return _("last here %(when)s") % {"when": when(one.seen_at)}


def trail_line(event: Event) -> TrailLine:
    """Return one thing that somebody did, with what it was done to."""
    thing = f"{event.thing} {event.number}" if event.number else event.thing
    details = ", ".join(f"{name}: {value}" for name, value in sorted(event.details.items()))
    what = ", ".join(filter(None, [event.action, thing, details]))
    who = event.teammate.name if event.teammate is not None else _("the desk")
    return TrailLine(at=event.at, who=who, what=what)

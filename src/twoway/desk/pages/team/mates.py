"""A colleague as the page says them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from twoway.desk import clock
from twoway.desk.pages.team.roles import roles
from twoway.desk.pages.words import when
from twoway.desk.team.models import Teammate

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

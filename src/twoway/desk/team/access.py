"""Who may do what: the two ways to be refused, and the one place that asks for a role."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from twoway.desk.team.models import Teammate


class NotThere(Http404):
    """Nothing by that number for this teammate: gone, or another organisation's."""


def needs(teammate: Teammate, role: str) -> None:
    """Raise PermissionDenied where a teammate is not at least a `role`."""
    if not teammate.may(role):
        raise PermissionDenied(f"This takes the role of {role}. An admin can give it to you.")

"""What the sign-in library may do: nobody makes an account here without an invitation."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from twoway.desk.database import fetch
from twoway.desk.team.models import Organisation, Teammate


class Colleagues(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Knows who is signed in, with their organisation: every page needs both."""

    def get_user(self, user_id: int) -> Teammate | None:
        """Return a teammate who may still sign in."""
        for found in fetch(Teammate, "where id = %s", user_id):
            if self.user_can_authenticate(found):
                (found.organisation,) = fetch(Organisation, "where id = %s", found.organisation_id)
                return found
        return None


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes the library's own sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the library's signature
        """Refuse: invitations have a page of their own."""
        return False

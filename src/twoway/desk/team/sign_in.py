"""What the sign-in library may do: nobody makes an account here without an invitation."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from twoway.desk.team.models import Teammate


class Colleagues(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Knows who is signed in, with their organisation and team: every page needs them."""

    def get_user(self, user_id: int) -> Teammate | None:
        """Return a teammate who may still sign in."""
        found = Teammate.objects.select_related("organisation", "team").filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes the library's own sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the library's signature
        """Refuse: invitations have a page of their own."""
        return False

"""What the sign-in library may do: nobody makes an account here without an invitation."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from twoway.desk.database import fetch
from twoway.desk.team.models import Organisation, Teammate

_SAYS = {
    "email_password_mismatch": _("This e-mail address and this password do not belong together."),
    "incorrect_password": _("This is not your password."),
    "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
}
"""What people meet most, in the desk's words; the rest is the library's."""
_SAYS_OF_FACTORS = {
    "incorrect_code": _(
        "This code does not fit, or no longer. Type the one that stands there now."
    ),
}


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
    """Closes the library's own sign-up page, and speaks the desk's words."""

    error_messages = {**DefaultAccountAdapter.error_messages, **_SAYS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the library's signature
        """Refuse: invitations have a page of their own."""
        return False


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Speaks the desk's words where a second proof is asked for."""

    error_messages = {**DefaultMFAAdapter.error_messages, **_SAYS_OF_FACTORS}

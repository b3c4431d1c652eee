"""Who asks for a page: a teammate, or a stranger whom the sign-in page has stopped before."""

from django.http import HttpRequest

from twoway.desk.team.models import Teammate


def me(request: HttpRequest) -> Teammate:
    """Return who is signed in; every page but the ways in has asked for that before."""
    teammate = request.user
    if not isinstance(teammate, Teammate):
        raise TypeError("a page for strangers asked who is signed in")
    return teammate


def whole(value: str | None) -> int | None:
    """Return a number from a form or an address; None where it is none."""
    return (
        int(value) if value and value.isascii() and value.isdecimal() and len(value) < 19 else None
    )

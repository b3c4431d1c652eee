"""Who asks for a page, what their forms say, and what is asked of the database once for a page."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.http import HttpRequest

from twoway.desk.team.models import Teammate

T = TypeVar("T")


def me(request: HttpRequest) -> Teammate:
    """Return who is signed in; every page but the ways in has asked for that before."""
    teammate = request.user
    if not isinstance(teammate, Teammate):
        raise TypeError("a page for strangers asked who is signed in")
    return teammate


def is_part(request: HttpRequest) -> bool:
    """Tell whether a page asks for a part of itself only, by a script."""
    return request.headers.get("HX-Request") == "true"


def whole(value: str | None) -> int | None:
    """Return a number from a form or an address; None where it is none that a row could have."""
    if not value or not value.isascii() or not value.isdecimal() or len(value) > 19:
        return None
    found = int(value)
    return found if found < 2**63 else None


def once(teammate: Teammate, ask: Callable[[Teammate], T]) -> T:
    """Ask something that several parts of a page want; a page's teammate lives as long as the page."""
    known: dict[Callable[[Teammate], object], object] = teammate.__dict__.setdefault("_asked", {})
    if ask not in known:
        known[ask] = ask(teammate)
    return cast("T", known[ask])

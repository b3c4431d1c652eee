"""Shows every page in the reader's own language and time zone."""

from collections.abc import Callable
from contextlib import ExitStack
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from twoway.desk.pages.layout.reading import is_part
from twoway.desk.team.models import Teammate
from twoway.desk.team.services import be_here

Answer = Callable[[HttpRequest], HttpResponse]


def as_the_reader_likes(get_response: Answer) -> Answer:
    """Return the middleware; who is not signed in gets what their browser asks for."""

    def answer(request: HttpRequest) -> HttpResponse:
        # Django hands over whoever it is lazily, and every look at them cost a microsecond.
        request.user = teammate = get_user(request)
        if not isinstance(teammate, Teammate):
            response = get_response(request)
            # The sign-in page must not be put into the middle of one that a script asked from.
            return (
                HttpResponse(status=401)
                if is_part(request) and response.status_code == 302
                else response
            )
        be_here(teammate)
        with ExitStack() as stack:
            if teammate.language:
                stack.enter_context(translation.override(teammate.language))
                request.LANGUAGE_CODE = teammate.language
            stack.enter_context(timezone.override(zone_of(teammate)))
            response = get_response(request)
        # On a shared machine the way back must not show what was read before signing out.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def zone_of(teammate: Teammate) -> ZoneInfo:
    """Return a teammate's time zone, else the organisation's, else UTC."""
    for name in (teammate.time_zone, teammate.organisation.time_zone):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return ZoneInfo("UTC")

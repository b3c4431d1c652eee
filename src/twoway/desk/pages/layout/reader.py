"""Shows every page in the reader's own language and time zone."""

from collections.abc import Callable
from contextlib import ExitStack
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from twoway.desk.pages.layout.reading import is_part
from twoway.desk.pages.layout.stranded import signed_out
from twoway.desk.team.models import Teammate
from twoway.desk.team.queries import is_founded
from twoway.desk.team.services import be_here

LOGIN = "account_login"
Answer = Callable[[HttpRequest], HttpResponse]


def as_the_reader_likes(get_response: Answer) -> Answer:
    """Return the middleware; who is not signed in gets what their browser asks for."""

    def answer(request: HttpRequest) -> HttpResponse:
        # Django hands over whoever it is lazily, and every look at them cost a microsecond.
        request.user = teammate = get_user(request)
        if not isinstance(teammate, Teammate):
            return _to_a_stranger(request, get_response(request))
        be_here(teammate)
        with ExitStack() as stack:
            if teammate.language:
                stack.enter_context(translation.override(teammate.language))
                request.LANGUAGE_CODE = teammate.language
            stack.enter_context(timezone.override(zone_of(teammate)))
            response = get_response(request)
            if response.status_code == 405 and request.method == "GET":
                response = render(request, "404.html", status=405)
        # On a shared machine the way back must not show what was read before signing out.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def _to_a_stranger(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Send nobody to sign in from the middle of a page, with words in their hands, or to no purpose."""
    if response.status_code != 302 or not response["Location"].startswith(reverse(LOGIN)):
        return response
    if is_part(request):
        return HttpResponse(status=401)
    if not is_founded():
        return render(request, "first_run/nobody.html", status=401)
    return signed_out(request) if request.method == "POST" else response


def zone_of(teammate: Teammate) -> ZoneInfo:
    """Return a teammate's time zone, else the organisation's, else UTC."""
    for name in (teammate.time_zone, teammate.organisation.time_zone):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return ZoneInfo("UTC")

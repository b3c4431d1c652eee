"""Shows a picture that a network has: our copy, to whoever may see its post or person."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from twoway.desk.pages.layout.reading import me
from twoway.desk.pictures import queries, services

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=3600",
}


@require_GET
def of_post(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Show a picture of a post."""
    return _shown(queries.picture_of_post_for_observer(me(request), number, place))


@require_GET
def face(request: HttpRequest, number: int) -> HttpResponse:
    """Show what somebody looks like, as they would have it."""
    return _shown(queries.face_for_observer(me(request), number))


def _shown(asked: queries.Shown) -> HttpResponse:
    copy = services.ask(asked)
    if copy is None:
        # The server asks again a few times before the reader's browser hears of it.
        return HttpResponse(status=202)
    if copy.state != "here":
        # Not to be had is no fault of ours: the description, or the initials, stand instead.
        return HttpResponse(status=204, headers=_HEADERS)
    return HttpResponse(bytes(copy.content), content_type=copy.type, headers=_HEADERS)

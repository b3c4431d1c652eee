"""Where each address leads: signing in to allauth, everything else to the pages."""

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import include, path, re_path


def not_here(request: HttpRequest) -> NoReturn:
    """Answer for pages of allauth that this desk has no use for."""
    raise Http404(request.path)


urlpatterns = [
    # Under which address somebody signs in comes with their invitation, and stays.
    re_path(r"^account/(?:email|confirm-email|password/set|login/code)/", not_here),
    path("account/", include("allauth.urls")),
    path("", include("twoway.desk.pages.urls")),
]

"""Where /live would be: the server answers it beside Django, and this only where it does not run."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET


@require_GET
def live(_request: HttpRequest) -> HttpResponse:
    """Say "no news ever": 204 keeps a page from asking again."""
    return HttpResponse(status=204)

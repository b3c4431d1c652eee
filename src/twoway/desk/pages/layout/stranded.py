"""What was written on a page that may no longer send it: given back to whoever wrote it, never lost."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from twoway.desk.pages.layout.answers import is_ours, written


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer a form of somebody who is no longer signed in."""
    before = request.headers.get("Referer", "")
    then = urlsplit(before).path if is_ours(request, before) else "/"
    sign_in = f"{reverse('account_login')}?{urlencode({'next': then})}"
    context = {"written": written(request), "sign_in": sign_in}
    return render(request, "layout/signed_out.html", context, status=401)


def unsure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django names it
    """Answer a form whose proof of where it comes from is too old, or none."""
    return render(request, "403_csrf.html", {"written": written(request)}, status=403)

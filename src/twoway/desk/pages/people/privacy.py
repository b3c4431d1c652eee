"""What a person may ask of us: their file, and to be forgotten."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from twoway.desk.clock import moment, now
from twoway.desk.pages.conversation.card import name_of
from twoway.desk.pages.layout.answers import SeeOther, back, says_why
from twoway.desk.pages.layout.reading import me
from twoway.desk.people import queries
from twoway.desk.privacy import erasing, exporting
from twoway.desk.team.access import needs

_HEADERS: Final = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def _erasing(request: HttpRequest) -> str:
    number = request.resolver_match.kwargs["number"] if request.resolver_match else 0
    return reverse("erasing_person", args=[number])


@require_POST
def export(request: HttpRequest, number: int) -> HttpResponseBase:
    """Hand over all that is held about a person, as a file."""
    parts = exporting.export(me(request), number)
    name = f"person-{number}-{moment(now()).date().isoformat()}.json"
    return StreamingHttpResponse(
        parts, content_type="application/json",
        headers={**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@require_GET
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Say what goes and what stays, and ask for their handle."""
    needs(me(request), "admin")
    person = queries.person_for_observer(me(request), number)
    if person.erased_at is not None:
        return SeeOther(reverse("person", args=[number]))
    accounts = list(person.accounts.all())
    return render(request, "people/erase.html", {
        "person": person, "name": name_of(person, accounts), "handles": erasing.names_to_type(accounts),
    })  # fmt: skip


@require_POST
@says_why(_erasing)
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Begin to erase a person whose handle was typed; their page says how far it is."""
    erasing.erase(me(request), number, request.POST.get("handle", ""))
    return back(request, reverse("person", args=[number]))

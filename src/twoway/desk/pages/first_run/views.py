"""Lets the first teammate in, then those invited, and shows both where to begin."""

from typing import Any

from allauth.usersessions.models import UserSession
from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from twoway.desk.channels import queries as channels
from twoway.desk.pages.first_run.forms import Founding, Joining
from twoway.desk.pages.first_run.steps import lead, steps, ways
from twoway.desk.pages.layout.answers import SeeOther
from twoway.desk.pages.team.roles import what
from twoway.desk.team import queries, services
from twoway.desk.team.models import Teammate
from twoway.desk.team.services import Refused


@login_not_required
@sensitive_post_parameters("password")
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Found the desk with the token that the terminal printed."""
    if not services.first_token_works(token):
        return _closed(request, _why_closed())
    form = Founding(request.POST or None)
    if request.method == "POST" and form.is_valid():
        teammate = _made(form, lambda data: services.found(token, **data))
        if teammate is not None:
            _enter(request, teammate)
            return SeeOther(reverse("welcome"))
    return render(request, "first_run/begin.html", {"form": form})


@login_not_required
@sensitive_post_parameters("password")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Let in whom an admin invited."""
    invitation = queries.invitation(token)
    if invitation is None:
        return _closed(
            request, _("This invitation was used, taken back or is too old. Ask for a new one.")
        )
    form = Joining(request.POST or None)
    if request.method == "POST" and form.is_valid():
        teammate = _made(form, lambda data: services.accept(token, **data))
        if teammate is not None:
            _enter(request, teammate)
            return SeeOther(reverse("welcome"))
    return render(request, "first_run/invitation.html", {
        "form": form, "organisation": invitation.organisation.name,
        "inviter": invitation.invited_by.name, "role": what(invitation.role),
    })  # fmt: skip


def _enter(request: HttpRequest, teammate: Teammate) -> None:
    """Sign in, and stand in the list of places where one is: nobody could end it otherwise."""
    login(request, teammate)
    UserSession.objects.create_from_request(request)


def welcome(request: HttpRequest) -> HttpResponse:
    """Show the ways to begin, and how far one has come."""
    teammate = request.user
    assert isinstance(teammate, Teammate)  # noqa: S101  LoginRequiredMiddleware sees to it
    connected = channels.channels_for_observer(teammate)
    return render(request, "first_run/welcome.html", {
        "lead": lead(teammate, connected), "ways": ways(teammate, connected),
        "steps": steps(teammate, connected),
    })  # fmt: skip


def _made(form: forms.Form, make: Any) -> Teammate | None:
    """Make the teammate; what stands against it goes to its field of the form."""
    try:
        made: Teammate = make(form.cleaned_data)
    except ValidationError as weak:
        form.add_error("password", weak)
    except Refused as why:
        form.add_error(None, str(why))
    else:
        return made
    return None


def _why_closed() -> str:
    if queries.is_founded():
        return _("This address was used, or is older than a week.")
    return _(
        "It is not the address that the terminal shows, or it is older than a week. Start the desk anew: "
        "the terminal then shows the one that lets you in."
    )


def _closed(request: HttpRequest, why: str) -> HttpResponse:
    context = {"why": why, "is_founded": queries.is_founded()}
    return render(request, "first_run/used.html", context, status=410)

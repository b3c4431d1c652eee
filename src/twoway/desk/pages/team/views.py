"""The team's page and what an admin changes there."""

from datetime import date
from zoneinfo import available_timezones

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from twoway.desk.pages.layout.answers import back, says_why
from twoway.desk.pages.layout.reading import me, whole
from twoway.desk.pages.team.hours import empty, read_goal, read_hours, shown
from twoway.desk.pages.team.mates import mate
from twoway.desk.pages.team.roles import roles
from twoway.desk.pages.team.trail import trail_lines
from twoway.desk.team import queries, services
from twoway.desk.team.access import NotThere
from twoway.desk.team.services import Refused


def _team(_request: HttpRequest) -> str:
    return reverse("team")


def show(request: HttpRequest) -> HttpResponse:
    """Show who works here, when, and what they set out to do."""
    return _shown(request)


def _shown(request: HttpRequest, link: dict[str, str] | None = None) -> HttpResponse:
    teammate = me(request)
    invited = queries.invitations_for_admin(teammate) if teammate.may("admin") else []
    return render(request, "team/team.html", {
        "mates": [mate(one, teammate) for one in queries.teammates_for_observer(teammate)],
        "roles": roles(), "invited": invited, "link": link,
        "teams": [shown(team) for team in queries.teams_for_observer(teammate)],
        "new_team": empty(teammate.time_zone or teammate.organisation.time_zone),
        "zones": sorted(available_timezones()) if teammate.may("admin") else [],
    })  # fmt: skip


@require_POST
@says_why(_team)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague by e-mail; the link is shown once, should the mail not arrive."""
    teammate = me(request)
    email = request.POST.get("email", "")[:254]
    token = services.invite(teammate, email, request.POST.get("role", ""))
    address = request.build_absolute_uri(reverse("join", args=[token]))
    words = _("%(who)s would like you to join the desk of %(organisation)s:\n\n%(address)s\n")
    send_mail(
        _("You are invited to %(organisation)s") % {"organisation": teammate.organisation.name},
        words % {"who": teammate.name, "organisation": teammate.organisation.name, "address": address},
        settings.DEFAULT_FROM_EMAIL, [email], fail_silently=True,
    )  # fmt: skip
    # Shown in this very answer: only the token's digest is kept anywhere.
    return _shown(request, {"email": email, "address": address})


@require_POST
@says_why(_team)
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """End an invitation that nobody accepted."""
    services.take_back_invitation(me(request), number)
    return back(request, reverse("team"), _("The invitation no longer opens the desk."))


@require_POST
@says_why(_team)
def change_role(request: HttpRequest, number: int) -> HttpResponse:
    """Give a colleague another role, or close their access."""
    teammate = me(request)
    whom = queries.teammate_for_observer(teammate, number)
    if request.POST.get("do") == "leave":
        services.leave(teammate, number)
        words = _("%(name)s can no longer sign in. What they wrote stays.")
    else:
        services.change_role(teammate, number, request.POST.get("role", ""))
        if "team" in request.POST:
            services.put_in_team(teammate, number, whole(request.POST.get("team")))
        words = _("%(name)s works so from now on.")
    return back(request, reverse("team"), words % {"name": whom.name})


@require_POST
@says_why(_team)
def describe_organisation(request: HttpRequest) -> HttpResponse:
    """Change the organisation's name and zone."""
    name = request.POST.get("name", "").strip()[:200]
    if not name:
        raise Refused(_("An organisation needs a name."))
    services.describe_organisation(me(request), name=name, time_zone=_zone(request))
    return back(request, reverse("team"), _("Kept."))


def _zone(request: HttpRequest) -> str:
    zone = request.POST.get("time_zone", "").strip()
    if zone not in available_timezones():
        words = _("There is no time zone “%(zone)s”. Write one such as Europe/Berlin.")
        raise Refused(words % {"zone": zone[:60]})
    return zone


@require_POST
@says_why(_team)
def keep_team(request: HttpRequest) -> HttpResponse:
    """Make or change a team with its hours and goal."""
    name = request.POST.get("name", "").strip()[:100]
    if not name:
        raise Refused(_("A team needs a name."))
    services.keep_team(
        me(request), whole(request.POST.get("team")), name=name, time_zone=_zone(request),
        hours=read_hours(request.POST), answer_within=read_goal(request.POST.get("goal", "")),
    )  # fmt: skip
    return back(request, reverse("team"), _("Kept."))


@require_POST
@says_why(_team)
def keep_holiday(request: HttpRequest) -> HttpResponse:
    """Note a day on which a team is away."""
    team = whole(request.POST.get("team"))
    if team is None:
        raise NotThere
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Refused(_("That is no day. Choose one from the calendar.")) from None
    services.keep_holiday(me(request), team, day, request.POST.get("name", "")[:100])
    return back(request, reverse("team"), _("Nobody is expected at the desk that day."))


@require_POST
@says_why(_team)
def drop_holiday(request: HttpRequest, number: int) -> HttpResponse:
    """Take a day off out again."""
    services.drop_holiday(me(request), number)
    return back(request, reverse("team"), _("That day counts like any other again."))


def trail(request: HttpRequest) -> HttpResponse:
    """Show who did what, the newest first."""
    events = queries.trail_for_admin(me(request), whole(request.GET.get("before")))
    full = len(events) == queries.TRAIL
    return render(request, "team/trail.html", {
        "events": trail_lines(me(request).organisation_id, events),
        "next": f"{reverse('trail')}?before={events[-1].pk}" if full else "",
    })  # fmt: skip

"""A teammate's own settings: name, language, zone, look, being told while away."""

from zoneinfo import available_timezones

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twoway.desk.pages.layout.answers import back
from twoway.desk.pages.layout.reading import me
from twoway.desk.pages.team.roles import what
from twoway.desk.team import services

_FIELDS = ("name", "language", "time_zone", "theme", "wants_digest", "wants_alerts")


class Preferences(forms.Form):
    """What is one's own to decide."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=100)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False,
        choices=[("", gettext_lazy("As my browser asks")), *settings.LANGUAGES],
    )  # fmt: skip
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"), required=False, max_length=60,
        help_text=gettext_lazy("Such as Europe/Berlin; empty for the organisation’s."),
        widget=forms.TextInput(attrs={"list": "zones"}),
    )  # fmt: skip
    theme = forms.ChoiceField(
        label=gettext_lazy("Light or dark"), required=False,
        choices=[("", gettext_lazy("As my system is")), ("light", gettext_lazy("Light")),
                 ("dark", gettext_lazy("Dark"))],
    )  # fmt: skip
    wants_digest = forms.BooleanField(
        label=gettext_lazy("Tell me by e-mail who waits when I was away for a day"), required=False
    )
    wants_alerts = forms.BooleanField(
        label=gettext_lazy("Tell me by e-mail before a goal of mine is missed"), required=False
    )

    def clean_time_zone(self) -> str:
        """Refuse a zone that does not exist."""
        zone: str = self.cleaned_data["time_zone"].strip()
        if zone and zone not in available_timezones():
            raise forms.ValidationError(
                _("There is no such time zone. Write one such as Europe/Berlin.")
            )
        return zone


def show(request: HttpRequest) -> HttpResponse:
    """Show and keep the settings of who is signed in."""
    teammate = me(request)
    form = Preferences(
        request.POST or None, initial={name: getattr(teammate, name) for name in _FIELDS}
    )
    if request.method == "POST" and form.is_valid():
        services.describe_self(teammate, **form.cleaned_data)
        return back(request, reverse("preferences"), _("Kept."))
    return render(request, "preferences/preferences.html", {
        "form": form, "role": what(teammate.role), "zones": sorted(available_timezones()),
        "has_second": is_mfa_enabled(teammate),
    })  # fmt: skip

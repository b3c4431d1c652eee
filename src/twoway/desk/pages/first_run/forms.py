"""The two ways in: founding the desk, joining by invitation."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _


class Founding(forms.Form):
    """Who the first teammate is."""

    organisation = forms.CharField(
        label=_("Organisation"), help_text=_("As people outside know it."), max_length=200
    )
    name = forms.CharField(
        label=_("Your name"), help_text=_("As you sign what you write."), max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=_("Password"), help_text=_("Twelve characters or more; a sentence is good."),
        max_length=500, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    time_zone = forms.CharField(
        required=False, max_length=60, widget=forms.HiddenInput(attrs={"data-here": "zone"})
    )

    def clean_time_zone(self) -> str:
        """Take the zone of the browser where it is one; no script, none told."""
        zone: str = self.cleaned_data["time_zone"]
        return zone if zone in available_timezones() else ""


class Joining(forms.Form):
    """Who was invited; the address is known already."""

    name = forms.CharField(
        label=_("Your name"), help_text=_("As you sign what you write."), max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Password"), help_text=_("Twelve characters or more; a sentence is good."),
        max_length=500, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

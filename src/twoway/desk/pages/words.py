"""How pages speak: times as people say them, numbers, networks' names, icons."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from twoway.connectors import registry
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Can
from twoway.desk import clock
from twoway.desk.pages.stock import once_a_language

register = template.Library()

_ICONS = Path(__file__).parent / "icons"

LEADING_NAMES = re.compile(r"\s*(?:@[\w.@-]+[\s,:;–-]+)+(?=\S)")
"""Whom a post is said to, which stands at its beginning on networks that need it."""


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; it stands beside a word, so readers of screens skip it."""
    return _drawn(name)


@cache
def _drawn(name: str) -> SafeString:
    drawing = (_ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inside = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
    shapes = re.sub(r"\s*\n\s*", "", inside[1] if inside else "")
    # From our own folder of icons, never from outside.
    return mark_safe(  # noqa: S308
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{shapes}</svg>'
    )


@register.filter
def said(text: str) -> str:
    """Set the names at the beginning apart: a browser would take Arabic after @museum for left to right."""
    found = LEADING_NAMES.match(text) if text.lstrip().startswith("@") else None
    names = found[0].rstrip() if found else ""
    return format_html("<bdi>{}</bdi>{}", names, text[len(names) :]) if names else text


def lasting(micros: int) -> str:
    """Say how long, with one unit: "3 hours"."""
    minutes = max(micros // clock.MINUTE, 0)
    if minutes < 1:
        return _("a moment")
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 36:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = (hours + 12) // 24
    if days < 60:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    months = days // 30
    if months < 24:
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    return ngettext("%(n)s year", "%(n)s years", months // 12) % {"n": months // 12}


@register.filter
def waiting(since: int | None) -> str:
    """Say how long it has been since a time in µs."""
    return "" if since is None else lasting(clock.now() - since)


@register.filter
def exact(at: int | None) -> str:
    """Write a time in µs out: "Sunday, 22 November 2026, 09:12"."""
    return "" if at is None else _exact(at, get_language() or "", timezone.get_current_timezone())


@lru_cache(maxsize=8192)
def _exact(at: int, language: str, zone: tzinfo) -> str:
    here = clock.moment(at).astimezone(zone)
    return f"{_day_in_full(here.date(), language)}, {here:%H:%M %Z}"


@lru_cache(maxsize=2048)
def _day_in_full(date: date, _language: str) -> str:
    return formats.date_format(date, pgettext("weekday and day", "l, j F Y"))


@register.filter
def iso(at: int | None) -> str:
    """Write a time in µs as machines read it."""
    return "" if at is None else clock.moment(at).isoformat(timespec="seconds")


@register.filter
def when(at: int | None) -> str:
    """Say when, as short as it stays clear: "9:12", "yesterday 9:12", "3 May 2024"."""
    if at is None:
        return ""
    zone = timezone.get_current_timezone()
    here, today = clock.moment(at).astimezone(zone), clock.moment(clock.now()).astimezone(zone)
    days = (today.date() - here.date()).days
    if days in _NEAR:
        return _near(days) % {"time": f"{here:%H:%M}"}
    if -7 < days < 7:
        return f"{formats.date_format(here, 'l')} {here:%H:%M}"
    return _day(here.date(), get_language() or "", is_this_year=here.year == today.year)


_NEAR = frozenset({-1, 0, 1})


def _near(days: int) -> str:
    return {0: _("today %(time)s"), 1: _("yesterday %(time)s"), -1: _("tomorrow %(time)s")}[days]


@register.filter
def day(at: int | None) -> str:
    """Say on which day; this year's without the year."""
    if at is None:
        return ""
    zone = timezone.get_current_timezone()
    here, today = clock.moment(at).astimezone(zone), clock.moment(clock.now()).astimezone(zone)
    return _day(here.date(), get_language() or "", is_this_year=here.year == today.year)


@lru_cache(maxsize=2048)
def _day(date: date, _language: str, *, is_this_year: bool) -> str:
    this_year, with_year = pgettext("day this year", "j F"), pgettext("day", "j F Y")
    return formats.date_format(date, this_year if is_this_year else with_year)


@register.filter
def month(at: int | None) -> str:
    """Say in which month: "March 2024"."""
    return "" if at is None else formats.date_format(timezone.localtime(clock.moment(at)), "F Y")


@register.filter
def number(value: int | None) -> str:
    """Write a count with its thousands apart: "41,000"."""
    return "" if value is None else _number(value, get_language() or "")


@lru_cache(maxsize=2048)
def _number(value: int, _language: str) -> str:
    return formats.number_format(value, 0, force_grouping=True)


@register.filter
def network(name: str) -> str:
    """Write a network's name as it writes itself."""
    if name == "practice":
        return _("Practice network")
    try:
        return registry.network(name).title
    except GiveUp:
        return name.capitalize()


def able(name: str) -> frozenset[Can]:
    """Return what a channel on a network can do; nothing where this Twoway no longer has it."""
    try:
        return registry.network(name).can
    except GiveUp:
        return frozenset()


@register.filter
def browser(agent: str) -> str:
    """Say which browser a user agent's line means: "Firefox, Linux"."""
    names = {
        "Edg": "Edge",
        "OPR": "Opera",
        "Firefox": "Firefox",
        "Chrome": "Chrome",
        "Safari": "Safari",
    }
    systems = {
        "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "macOS", "Linux": "Linux",
    }  # fmt: skip
    # The order matters: each claims to be those after it as well.
    found = [
        next((said for sign, said in one.items() if sign in agent), "") for one in (names, systems)
    ]
    return ", ".join(filter(None, found)) or agent[:60] or _("a browser")


@register.filter
def since(at: datetime) -> str:
    """Say since when, of a time that Django keeps."""
    return when(clock.micros(at))


@register.filter
def tongue(code: str | None) -> str:
    """Name a language in the reader's: "German"."""
    return _tongues().get(code or "", code or "")


@once_a_language
def _tongues() -> dict[str, str]:
    return {
        "ar": _("Arabic"), "de": _("German"), "en": _("English"), "es": _("Spanish"),
        "fr": _("French"), "it": _("Italian"), "ja": _("Japanese"), "nl": _("Dutch"),
        "pl": _("Polish"), "pt": _("Portuguese"), "ru": _("Russian"), "tr": _("Turkish"),
        "uk": _("Ukrainian"), "zh": _("Chinese"),
    }  # fmt: skip


@register.filter
def initials(name: str) -> str:
    """Return what stands in a circle where there is no picture."""
    letters = [word[0] for word in re.split(r"[\s._-]+", name.lstrip("@")) if word[:1].isalnum()]
    return "".join(letters[:2]).upper() or "·"


@register.simple_tag
def options(offered: Iterable[Any]) -> SafeString:
    """Draw what a select offers: there may be hundreds of tags, and a template is slow over them."""
    drawn = [
        f'<option value="{escape(one.value)}"{" selected" if one.is_chosen else ""}>'
        f"{escape(one.title)}</option>"
        for one in offered
    ]
    return mark_safe("".join(drawn))  # noqa: S308  escaped above


@register.simple_tag
def radios(name: str, offered: Iterable[Any]) -> SafeString:
    """Draw choices of which one holds; each post of a conversation has nine."""
    drawn = [
        f'<label class="choice"><input type="radio" name="{escape(name)}" value="{escape(one.value)}"'
        f"{' checked' if one.is_chosen else ''}>{escape(one.title)}</label>"
        for one in offered
    ]
    return mark_safe("".join(drawn))  # noqa: S308  escaped above


@register.simple_tag
def moment(at: int | None, form: str = "when", look: str = "") -> SafeString:
    """Write a time: short to read, exact on hover and for readers of screens."""
    if at is None:
        return mark_safe("")
    words = {"when": when, "waiting": waiting, "day": day, "month": month}[form](at)
    return mark_safe(  # noqa: S308  escaped here
        f'<time datetime="{iso(at)}" title="{escape(exact(at))}" class="{escape(look)}">'
        f"{escape(words)}</time>"
    )


def parsed(day_and_time: str, usual_hour: int = 9) -> int | None:
    """Read "2026-11-23" or "2026-11-23T14:00" in the reader's zone; None where it is neither."""
    try:
        at = datetime.fromisoformat(day_and_time)
    except ValueError:
        return None
    if "T" not in day_and_time:
        at = at.replace(hour=usual_hour)
    if at.tzinfo is None:
        at = timezone.make_aware(at)
    return clock.micros(at.astimezone(UTC))

"""A team's hours as a form shows them, and as it gives them back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from twoway.desk.pages.words import lasting
from twoway.desk.team.models import Holiday, Team
from twoway.desk.team.services import Refused

_USUAL = (8 * 60, 18 * 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One weekday of the form; 0 is Monday."""

    number: int
    title: str
    is_open: bool
    begins: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A day on which nobody of a team is there."""

    id: int
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamForm:
    """A team as the page shows it and lets it be changed."""

    id: int | None
    key: str
    name: str
    line: str
    time_zone: str
    goal: str
    days: list[Day]
    holidays: list[Away] = field(default_factory=list)


def shown(team: Team) -> TeamForm:
    """Return a team's form, and the line that says it in words."""
    return TeamForm(
        id=team.pk, key=str(team.pk), name=team.name, line=_line(team), time_zone=team.time_zone,
        goal="" if team.answer_within is None else f"{team.answer_within / 60:g}",
        days=_days(team.hours), holidays=[_away(one) for one in sorted(team.holidays.all(), key=lambda one: one.day)],
    )  # fmt: skip


def _away(one: Holiday) -> Away:
    day = formats.date_format(one.day, pgettext("weekday and day", "l, j F Y"))
    if not one.name:
        return Away(id=one.pk, line=_("away on %(day)s") % {"day": day})
    return Away(id=one.pk, line=_("away on %(day)s: %(why)s") % {"day": day, "why": one.name})


def empty(time_zone: str) -> TeamForm:
    """Return the form for a new team."""
    usual = [[day, *_USUAL] for day in range(5)]
    return TeamForm(
        id=None, key="new", name="", line="", time_zone=time_zone, goal="", days=_days(usual)
    )


def _line(team: Team) -> str:
    when = ", ".join(_spans(_days(team.hours))) or _("at any hour")
    if team.answer_within is None:
        return f"{when}, {team.time_zone}"
    within = _("answers within %(span)s") % {"span": lasting(team.answer_within * 60_000_000)}
    return f"{when}, {team.time_zone}; {within}"


def _spans(days: list[Day]) -> list[str]:
    """Say days with the same hours as one span: "Monday–Friday 08:00–18:00"."""
    spans: list[str] = []
    for (begins, ends, _gap), group in groupby(_open(days), key=lambda pair: pair[0]):
        found = [day for _key, day in group]
        names = found[0].title if len(found) == 1 else f"{found[0].title}–{found[-1].title}"
        spans.append(f"{names} {begins}–{ends}")
    return spans


def _open(days: list[Day]) -> list[tuple[tuple[str, str, int], Day]]:
    """Return open days, each with its hours and with what days in a row have in common."""
    found = [day for day in days if day.is_open]
    return [((day.begins, day.ends, day.number - place), day) for place, day in enumerate(found)]


def _days(hours: list[list[int]]) -> list[Day]:
    known = {day: (begins, ends) for day, begins, ends in hours}
    return [
        Day(
            number=day, title=str(WEEKDAYS[day]), is_open=day in known,
            begins=_clock(known.get(day, _USUAL)[0]), ends=_clock(known.get(day, _USUAL)[1]),
        )
        for day in range(7)
    ]  # fmt: skip


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def read_hours(form: Mapping[str, str]) -> list[list[int]]:
    """Return [weekday, from, to] in minutes for the days that are ticked. Raises Refused."""
    found = []
    for day in range(7):
        if form.get(f"day-{day}"):
            begins, ends = (_minutes(form.get(f"{edge}-{day}", "")) for edge in ("from", "to"))
            if begins >= ends:
                raise Refused(
                    _("%(day)s ends before it begins. Put the later hour second.")
                    % {"day": WEEKDAYS[day]}
                )
            found.append([day, begins, ends])
    return found


def _minutes(words: str) -> int:
    hour, _colon, minute = words.partition(":")
    if not (
        hour.isdecimal() and minute[:2].isdecimal() and int(hour) < 24 and int(minute[:2]) < 60
    ):
        raise Refused(
            _("“%(words)s” is no time of day. Write it as 08:30.") % {"words": words[:20]}
        )
    return int(hour) * 60 + int(minute[:2])


def read_goal(words: str) -> int | None:
    """Return a goal in minutes from hours, None where there is none. Raises Refused."""
    if not words.strip():
        return None
    try:
        hours = float(words.replace(",", "."))
    except ValueError:
        hours = 0.0
    if not 0.1 <= hours <= 1000:
        raise Refused(_("A goal is a number of hours, such as 4 or 0.5."))
    return round(hours * 60)

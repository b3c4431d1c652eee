"""A line of the audit trail in words: who did what, to what, and where that can be seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from twoway.desk.outbox.states import State
from twoway.desk.pages.conversation.card import relation
from twoway.desk.pages.conversation.choices import kind_titles
from twoway.desk.pages.team.named import POINTS_AT, Thing, named
from twoway.desk.pages.team.roles import roles
from twoway.desk.pages.words import number, when
from twoway.desk.team.models import Event

_PAGES: Final = {"conversation": "conversation", "person": "person", "channel": "channel"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One thing that somebody did: to whom or what, and how; `address` is where it was done."""

    at: int
    who: str
    what: str
    details: str
    address: str


def trail_lines(organisation: int, events: Sequence[Event]) -> list[TrailLine]:
    """Return what people did, in the order of the events."""
    names = named(organisation, events)
    return [_line(event, names) for event in events]


def _line(event: Event, names: Mapping[Thing, str]) -> TrailLine:
    who = event.teammate.name if event.teammate is not None else _("the desk")
    called = names.get((event.thing, event.number or 0), "")
    is_oneself = event.thing == "teammate" and event.number == event.teammate_id
    details = [_detail(name, value, names) for name, value in event.details.items()]
    page = _PAGES.get(event.thing)
    return TrailLine(
        at=event.at, who=who, what=_deeds().get(event.action) or _of_entry(event.action),
        details=", ".join(filter(None, ["" if is_oneself else called, *details])),
        address=reverse(page, args=[event.number]) if page and event.number else "",
    )  # fmt: skip


def _detail(name: str, value: Any, names: Mapping[Thing, str]) -> str:
    """Say a detail in words; numbers of rows tell nobody anything and are left out."""
    if name in POINTS_AT:
        return names.get((POINTS_AT[name], value or 0), "") or _("nobody")
    say = _SAID.get(name)
    if say is not None and value:
        return say(value)
    return value if isinstance(value, str) else ""


def _until(at: int) -> str:
    return _("until %(when)s") % {"when": when(at)}


def _role(name: str) -> str:
    return next((role.title for role in roles() if role.value == name), name)


def _left_alone(_is: bool) -> str:
    return _("not to be written to")


def _day(written: str) -> str:
    return formats.date_format(date.fromisoformat(written), pgettext("day", "j F Y"))


def _kinds(chosen: Sequence[str]) -> str:
    return ", ".join(kind_titles().get(kind, kind) for kind in chosen)


def _wrong(many: int) -> str:
    return ngettext("%(n)s was wrong", "%(n)s were wrong", many) % {"n": number(many)}


_SAID: Final[Mapping[str, Callable[[Any], str]]] = {
    "due_at": _until, "until": _until, "role": _role, "before": _role, "now": _role,
    "relation": relation, "do_not_contact": _left_alone, "day": _day, "kinds": _kinds, "wrong": _wrong,
}  # fmt: skip


def _of_entry(action: str) -> str:
    """Say where something that goes out went; anything unknown as it was kept."""
    state = action.removeprefix("entry is ")
    if state in State.values and state != action:
        return _("an answer: %(state)s") % {"state": State(state).label}
    return action


def _deeds() -> dict[str, str]:
    return _about_talks() | _about_people() | _about_the_desk()


def _about_talks() -> dict[str, str]:
    return {
        "wrote an answer": _("wrote an answer"), "took a post down": _("took a post of ours down"),
        "assigned": _("said who answers"), "handed over": _("handed a conversation over"),
        "snoozed": _("let a conversation sleep"), "woke": _("woke a conversation"),
        "tagged": _("tagged a conversation"), "untagged": _("took a tag off"),
        "noted": _("noted something"), "asked an expert": _("asked an expert"),
        "expert answered": _("an expert answered"), "promised": _("noted a promise"),
        "kept a promise": _("found a promise kept"),
        "no answer needed": _("found that no answer is needed"),
        "marked as spam": _("called a conversation spam"), "corrected a kind": _("put a kind right"),
    }  # fmt: skip


def _about_people() -> dict[str, str]:
    return {
        "described a person": _("said who somebody is to us"), "took a note back": _("took a note back"),
        "exported a person": _("took a person’s file"), "erased a person": _("erased a person"),
        "invited a colleague": _("invited a colleague"),
        "took an invitation back": _("took an invitation back"), "joined": _("joined the desk"),
        "changed a role": _("changed what a colleague may do"),
        "changed a team": _("changed a team"), "let a colleague go": _("closed a colleague’s access"),
        "let a colleague speak": _("let a colleague speak"), "ended a voice": _("let a colleague speak no longer"),
        "changed their settings": _("changed their settings"),
    }  # fmt: skip


def _about_the_desk() -> dict[str, str]:
    return {
        "founded the desk": _("founded the desk"), "changed the organisation": _("changed the organisation"),
        "connected a channel": _("connected a channel"),
        "connected a channel again": _("connected a channel again"),
        "disconnected a channel": _("disconnected a channel"), "paused a channel": _("paused a channel"),
        "resumed a channel": _("went on with a channel"), "described a channel": _("said whom a channel is for"),
        "noted an own account": _("named an account that speaks for us"),
        "let an own account go": _("let an account speak for us no longer"),
        "noted a holiday": _("noted a day off"), "took a holiday out": _("took a day off out"),
        "counted anew": _("counted the lists anew"), "warned before a goal": _("warned before a goal was missed"), "had the desk learn": _("had the desk learn"),
        "took back what was learned": _("took back what was learned"),
    }  # fmt: skip

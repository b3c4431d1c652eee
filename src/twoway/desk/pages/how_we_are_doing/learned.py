"""What the desk learned from its team's corrections: before and after, learn now, take back."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from twoway.desk.learning import queries, services
from twoway.desk.learning.models import Lesson
from twoway.desk.learning.queries import Learned
from twoway.desk.pages.layout.answers import back, says_why
from twoway.desk.pages.layout.reading import me
from twoway.desk.pages.words import number, when
from twoway.language.learning import FEWEST

_OPEN: Final = frozenset({"waiting", "running"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How well some posts are read, before and after learning, of 100."""

    title: str
    before: str
    after: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page says."""

    summary: str
    in_use: str
    figures: list[Figure]
    tries: list[str]
    is_in_use: bool
    is_under_way: bool
    may_learn: bool


def _page(_request: HttpRequest) -> str:
    return reverse("learned")


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show what was learned, or how far it is."""
    learned = queries.learned_for_observer(me(request))
    return render(request, "how_we_are_doing/learned.html", {"learned": _shown(learned)})


@require_POST
@says_why(_page)
def learn(request: HttpRequest) -> HttpResponse:
    """Learn from all corrections now."""
    services.ask_to_learn(me(request))
    return back(request, reverse("learned"))


@require_POST
@says_why(_page)
def take_back(request: HttpRequest) -> HttpResponse:
    """Read again as before."""
    version = services.take_back(me(request))
    words = (
        _("New posts are read as before the last lesson.")
        if version
        else _("New posts are read as the desk came.")
    )
    return back(request, reverse("learned"), words)


def _shown(learned: Learned) -> Shown:
    return Shown(
        summary=_summary(learned), in_use=_in_use(learned), figures=_figures(learned),
        tries=[_try(one) for one in learned.lessons if one.state not in _OPEN],
        is_in_use=learned.is_in_use, is_under_way=any(one.state in _OPEN for one in learned.lessons),
        may_learn=learned.corrected > 0 or learned.is_in_use,
    )  # fmt: skip


def _summary(learned: Learned) -> str:
    if not learned.corrected:
        return _(
            "Nobody has put anything right yet. Below each post of theirs stands what we took it for: choose that, and say what it is."
        )
    many = ngettext("You put %(n)s post right.", "You put %(n)s posts right.", learned.corrected)
    return many % {"n": number(learned.corrected)}


def _in_use(learned: Learned) -> str:
    if not learned.is_in_use:
        return _("Nothing of it is in use.") if learned.corrected else ""
    many = ngettext(
        "New posts are read with what %(n)s post taught.",
        "New posts are read with what %(n)s posts taught.", learned.taught,
    )  # fmt: skip
    return many % {"n": number(learned.taught)}


def _figures(learned: Learned) -> list[Figure]:
    if learned.local_after is None or learned.base_after is None:
        return []
    return [
        Figure(
            title=_("Your posts"), before=_of_hundred(learned.local_before), after=_of_hundred(learned.local_after),
            hint=_("measured on one in five, which it did not learn from"),
        ),
        Figure(
            title=_("Posts of all kinds"), before=_of_hundred(learned.base_before), after=_of_hundred(learned.base_after),
            hint=_("may lose one point at most; else nothing is used"),
        ),
    ]  # fmt: skip


def _try(lesson: Lesson) -> str:
    """Say what came of a lesson."""
    at = when(lesson.finished_at)
    taught = lesson.found.get("corrections", 0) + lesson.found.get("confirmed", 0)
    if lesson.state == "failed":
        return _("%(when)s: it ended halfway. Nothing changed; learn once more.") % {"when": at}
    known = {"when": at, "n": number(taught), "least": FEWEST}
    if taught < FEWEST:
        words = _(
            "%(when)s: %(n)s posts are too few to measure by; %(least)s are needed. Those you answered count, too."
        )
        return words % known
    if lesson.state == "used":
        return " ".join(
            [_("%(when)s: learned from %(n)s posts, and used.") % known, _measured(lesson)]
        )
    return " ".join([
        _("%(when)s: learned from %(n)s posts, and not used: it would read worse.") % known, _measured(lesson)
    ])  # fmt: skip


def _measured(lesson: Lesson) -> str:
    names = ("local_before", "local_after", "base_before", "base_after")
    figures = {name: _of_hundred(lesson.found.get(name)) for name in names}
    return (
        _(
            "Yours %(local_before)s, now %(local_after)s; all kinds %(base_before)s, now %(base_after)s."
        )
        % figures
    )


def _of_hundred(score: float | None) -> str:
    return "" if score is None else f"{100 * score:.1f}"

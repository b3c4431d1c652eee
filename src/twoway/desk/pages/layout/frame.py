"""What stands around every page: the lists with their counts, the pages, the keys."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twoway.desk.channels import queries as channels
from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox.models import SavedView
from twoway.desk.pages.layout.reading import once
from twoway.desk.pages.our_turn.boxes import BOXES
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.pages.stock import address
from twoway.desk.team.models import ROLES, Organisation, Teammate


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the rail."""

    title: str
    address: str
    is_current: bool
    slug: str = ""
    count: int = 0
    trouble: str = ""


_IN_LISTS = frozenset({"our_turn", "conversation", "composer"})


@dataclass(kw_only=True)
class Frame:
    """The frame for one teammate and one page; `screen` is the folder the page lives in."""

    me: Teammate
    screen: str
    request: HttpRequest

    @cached_property
    def place(self) -> Place | None:
        """Return the list one is in; none on other pages, and where the address names none."""
        match = self.request.resolver_match
        in_lists = self.screen in _IN_LISTS
        if match is not None and match.url_name == "boxes":
            in_lists = "box" in self.request.GET
        try:
            return Place.of(self.request) if in_lists else None
        except Http404:
            return None

    @cached_property
    def organisation(self) -> Organisation:
        return self.me.organisation

    @cached_property
    def may(self) -> dict[str, bool]:
        """Say by role what the teammate may do: `may.voice`."""
        return {role: self.me.may(role) for role in ROLES}

    @cached_property
    def boxes(self) -> list[Line]:
        """Return the lists, each with how many lie there."""
        counts = once(self.me, inbox.counts_for_observer)
        here = self.place.box if self.place is not None and not self.place.view else None
        return [
            Line(
                title=str(box.title), address=Place(box=box.slug).address, slug=box.slug,
                is_current=here == box.slug, count=box.counted(counts),
            )
            for box in BOXES
        ]  # fmt: skip

    @cached_property
    def views(self) -> list[Line]:
        """Return the lists that the teammate, or everybody, has kept under a name."""
        here = self.place.view if self.place is not None else None
        return [
            Line(title=view.name, address=_address(view), is_current=view.pk == here)
            for view in once(self.me, inbox.views_for_observer)
        ]

    @cached_property
    def pages(self) -> list[Line]:
        found = [
            ("people", _("People"), ""),
            ("channels", _("Channels"), self._trouble()),
            ("how_we_are_doing", _("How we are doing"), ""),
            ("team", _("Team"), ""),
        ]
        return [
            Line(
                title=title, address=address(name), is_current=self.screen == name, trouble=trouble
            )
            for name, title, trouble in found
        ]

    @cached_property
    def here(self) -> str:
        """Return the list one is in, as the part with the counts is told; empty on other pages."""
        return self.place.whole_query if self.place is not None else ""

    @cached_property
    def current(self) -> str:
        return self.screen

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Return the keys and what they do."""
        return [
            ("j", _("the next conversation")), ("k", _("the one before")), ("Enter", _("open it")),
            ("r", _("write an answer")), ("Ctrl Enter", _("send it")), ("a", _("who answers")),
            ("s", _("snooze")), ("n", _("note to colleagues")), ("e", _("no answer needed")),
            ("c", _("put its kind right")), ("p", _("remember a promise")), ("t", _("tag")),
            ("x", _("ask an expert")), ("f", _("filter")), ("/", _("search")), ("?", _("these keys")),
        ]  # fmt: skip

    def _trouble(self) -> str:
        known = once(self.me, channels.channels_for_observer)
        many = sum(one.state == "reconnect" for one in known)
        if self.me.may("admin"):
            words = ngettext("%(n)s needs you", "%(n)s need you", many)
        else:
            words = ngettext("%(n)s is cut off", "%(n)s are cut off", many)
        return words % {"n": many} if many else ""


def framed(request: HttpRequest) -> dict[str, object]:
    """Give every template its `frame`; what is in it is worked out where a page shows it."""
    return {"frame": _frame(request)}


def _frame(request: HttpRequest) -> Frame | None:
    teammate = getattr(request, "user", None)
    if not isinstance(teammate, Teammate):
        return None
    match = request.resolver_match
    screen = match.func.__module__.split(".")[-2] if match is not None else ""
    return Frame(me=teammate, screen=screen, request=request)


def _address(view: SavedView) -> str:
    return Place.kept(view).address

"""Everything a list shows around its rows: title, order in words, whose, filters, what follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twoway.desk.channels import queries as channels
from twoway.desk.channels.models import Channel
from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox.told import rest_of
from twoway.desk.pages.layout.reading import once
from twoway.desk.pages.our_turn.place import KINDS, Place
from twoway.desk.pages.our_turn.rows import Row, first_words, rows, who_wrote
from twoway.desk.pages.our_turn.tidings import Tiding, tidings
from twoway.desk.pages.words import network, number, tongue
from twoway.desk.team.models import Teammate

TONGUES = ("ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "tr", "uk", "zh")
SIZE = 30
BESIDE = 10
"""Rows beside an open conversation: enough to go on, cheap enough for every page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One entry of a choice."""

    value: str
    title: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice among the filters."""

    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Everyone's, mine, nobody's."""

    title: str
    address: str
    is_current: bool
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What an empty list says."""

    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """A post worth an answer, a like or a share though nobody asked us."""

    who: str
    address: str
    said_at: int
    why: str
    words: str
    post: int = 0
    may_react: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A list as its page shows it."""

    title: str
    count: int
    order: str
    address: str
    unfiltered: str
    place: Place
    whose: list[Whose]
    chosen: list[str]
    fields: list[Choice]
    rows: list[Row]
    next: str
    empty: Empty
    joining: list[Joining]
    tidings: list[Tiding]
    selected: int | None = None

    @property
    def following(self) -> Row | None:
        """The conversation after the one that is open, or the first where that has left the list."""
        here = [row.id for row in self.rows]
        after = here.index(self.selected) + 1 if self.selected in here else 0
        return self.rows[after] if after < len(self.rows) else None


def shown(
    request: HttpRequest, teammate: Teammate, place: Place, selected: int | None = None
) -> Shown:
    """Return a list, or the beginning of it beside the conversation that is `selected`."""
    after = request.GET.get("after") if selected is None else None
    page = inbox.list_for_observer(
        teammate, place.filters(), after=after, size=SIZE if selected is None else BESIDE
    )
    counts = place.listed.of(once(teammate, inbox.counts_for_observer))
    total = counts.all if counts is not None and place.listed.is_counted else 0
    known = once(teammate, channels.channels_for_observer)
    is_bare = not page.rows and place.box == "ours" and not place.is_filtered and not place.whose
    is_first = place.box == "ours" and not after
    return Shown(
        title=_title(teammate, place), count=0 if place.is_filtered else total,
        order=str(place.listed.order), address=place.address, place=place,
        unfiltered=Place(box=place.box, whose=place.whose).address, whose=_whose(place, counts),
        chosen=_chosen(place, known), fields=_fields(teammate, place, known) if selected is None else [],
        rows=rows(page.rows, place, teammate), next=_next(place, page.next), selected=selected,
        empty=_empty(place, known), joining=_joining(teammate) if is_bare else [],
        tidings=tidings(teammate, place) if is_first and selected is None else [],
    )  # fmt: skip


def _next(place: Place, after: str | None) -> str:
    if after is None:
        return ""
    return f"{place.address}{'&' if '?' in place.address else '?'}after={after}"


def _title(teammate: Teammate, place: Place) -> str:
    if place.view is not None:
        for view in once(teammate, inbox.views_for_observer):
            if view.pk == place.view:
                return view.name
    return str(place.listed.title)


def _whose(place: Place, counts: inbox.Counted | None) -> list[Whose]:
    found = [
        ("", _("Everyone’s"), "all"),
        ("mine", _("Mine"), "mine"),
        ("nobody", _("Nobody’s yet"), "nobody"),
    ]
    return [
        Whose(
            title=title, address=place.but(whose=value).address, is_current=place.whose == value,
            count=getattr(counts, field, 0) if counts is not None and place.listed.is_counted else 0,
        )
        for value, title, field in found
    ]  # fmt: skip


def _chosen(place: Place, known: Sequence[Channel]) -> list[str]:
    names = {one.pk: f"{one.handle} ({network(one.network)})" for one in known}
    found = [
        names.get(place.channel, "") if place.channel else "", _kinds().get(place.kind, ""),
        f"#{place.tag}" if place.tag else "", tongue(place.language),
    ]  # fmt: skip
    return [one for one in found if one]


def _fields(teammate: Teammate, place: Place, known: Sequence[Channel]) -> list[Choice]:
    spoken = {str(one.pk): f"{one.handle} ({network(one.network)})" for one in known}
    tags = {tag: tag for tag in once(teammate, inbox.tags_for_observer)}
    found: list[tuple[str, str, dict[str, str], str]] = [
        ("channel", _("Channel"), spoken, str(place.channel or "")),
        ("kind", _("Kind"), _kinds(), place.kind), ("tag", _("Tag"), tags, place.tag),
        ("language", _("Language"), {code: tongue(code) for code in TONGUES}, place.language),
    ]  # fmt: skip
    return [choice(*one) for one in found if one[2]]


def choice(name: str, label: str, options: dict[str, str], chosen: str) -> Choice:
    """Return a choice that begins with "any"."""
    listed = [
        Option(value=value, title=title, is_chosen=value == chosen)
        for value, title in options.items()
    ]
    return Choice(
        name=name,
        label=label,
        options=[Option(value="", title=_("any"), is_chosen=not chosen), *listed],
    )


def _kinds() -> dict[str, str]:
    names = {"complaint": _("complaints"), "question": _("questions"), "request": _("requests")}
    return {kind: names[kind] for kind in KINDS}


def _empty(place: Place, known: Sequence[Channel]) -> Empty:
    if place.is_filtered or place.whose:
        return Empty(
            title=_("None of these."), words=_("No conversation fits what you chose to see.")
        )
    if place.box == "ours" and (unread := _unread(known)) is not None:
        return unread
    return Empty(title=str(place.listed.empty_title), words=str(place.listed.empty_words))


def _unread(known: Sequence[Channel]) -> Empty | None:
    """Say what keeps us from knowing whether somebody waits; None where nothing does."""
    if any(one.state == "working" and one.succeeded_at is None for one in known):
        return Empty(
            title=_("We are taking the first look."),
            words=_("Whoever waits appears here by themselves, in a moment."),
        )
    silent = [one.handle for one in known if one.state in {"trouble", "reconnect"}]
    if not silent:
        return None
    words = _(
        "What people say to %(handles)s does not reach us now. Channels says why, and what to do."
    )
    return Empty(
        title=_("Nobody is waiting, as far as we can hear."),
        words=words % {"handles": ", ".join(silent)},
    )


def _joining(teammate: Teammate) -> list[Joining]:
    return [
        Joining(
            who=who_wrote(one.post.account), address=rest_of(one.post.record).address or "",
            said_at=one.post.said_at, why=one.why, words=first_words(one.post.text),
            post=one.post.pk,
            may_react=teammate.may("voice"),
        )
        for one in inbox.worth_joining_for_observer(teammate)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What stands beside a list while no conversation is open."""

    sentence: str
    lines: list[str]
    first: Row | None


def glance(shown: Shown) -> Glance:
    """Say how things stand in one sentence, and with whom to begin."""
    first = shown.rows[0] if shown.rows else None
    if first is None:
        return Glance(sentence=shown.empty.title, lines=[shown.empty.words], first=None)
    if shown.place.box != "ours":
        return Glance(sentence=shown.title, lines=[shown.order], first=first)
    first_of_all = _("%(who)s comes first: %(why)s.") % {"who": first.who, "why": first.why}
    return Glance(sentence=_how_many(shown), lines=[first_of_all, *_how_late(shown)], first=first)


def _how_many(shown: Shown) -> str:
    """Say how many wait; of what was chosen only this page is counted."""
    if not shown.place.is_filtered:
        many = shown.count or len(shown.rows)
        words = ngettext(
            "One conversation is waiting for us.",
            "%(n)s conversations are waiting for us.",
            many,
        )
        return words % {"n": number(many)}
    if shown.next:
        return _("More than %(n)s fit what you chose.") % {"n": number(len(shown.rows))}
    words = ngettext("One fits what you chose.", "%(n)s fit what you chose.", len(shown.rows))
    return words % {"n": number(len(shown.rows))}


def _how_late(shown: Shown) -> list[str]:
    late = sum(row.look == "late" for row in shown.rows)
    if not late:
        return []
    if shown.next:
        words = _("%(n)s of the first longer than we set out to let anybody wait.")
    else:
        words = ngettext(
            "One of them longer than we set out to let anybody wait.",
            "%(n)s of them longer than we set out to let anybody wait.",
            late,
        )
    return [words % {"n": number(late)}]

"""The person beside a conversation: accounts, since when, what was before, what colleagues know."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twoway.desk.inbox.queries import Row
from twoway.desk.pages.our_turn.boxes import BOXES
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.pages.our_turn.rows import first_words
from twoway.desk.pages.pictures.addresses import face_of
from twoway.desk.pages.words import month, network, number, when
from twoway.desk.people.erased import STANDS_FOR
from twoway.desk.people.models import Account, Person, PersonNote
from twoway.desk.team.models import Teammate

_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """One account: handle, and the rest on a line."""

    handle: str
    line: str
    address: str
    biography: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One earlier conversation."""

    address: str
    words: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """What a colleague knows."""

    id: int
    text: str
    line: str
    may_drop: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A person as the column beside a conversation shows them."""

    id: int
    name: str
    face: str
    relation: str
    accounts: list[AccountLine]
    biography: str
    facts: list[str]
    history: list[Earlier]
    notes: list[NoteLine]


def card(
    reader: Teammate, person: Person, accounts: Sequence[Account], known: Sequence[PersonNote],
    elsewhere: Sequence[Row], place: Place,
) -> Card:  # fmt: skip
    """Return the card of a person as a teammate sees it; `known` is what colleagues keep about them."""
    lines = [account_line(one) for one in accounts]
    told = [one.biography for one in lines if one.biography]
    facts = [_("First seen in %(month)s") % {"month": month(person.first_seen_at)}]
    if person.do_not_contact:
        facts.append(_("Asked not to be approached"))
    if any(one.is_automatic for one in accounts):
        facts.append(_("Says of itself that it is automatic"))
    return Card(
        id=person.pk, name=name_of(person, accounts), face=face_of(accounts), relation=relation(person.relation), accounts=lines,
        biography=told[0] if told else "", facts=facts,
        history=[earlier(one, place) for one in elsewhere[:_SHOWN]],
        notes=[note_line(one, reader) for one in known[:_SHOWN]],
    )  # fmt: skip


def name_of(person: Person, accounts: Sequence[Account]) -> str:
    """Return a person's name, else that of an account, else a handle."""
    known = [person.name, *(one.name for one in accounts), *(one.handle for one in accounts)]
    return next((name for name in known if name.strip()), _("somebody"))


def relation(name: str) -> str:
    """Say who somebody is to us."""
    titles = {
        "customer": _("customer"), "prospect": _("prospect"), "partner": _("partner"),
        "supplier": _("supplier"), "press": _("press"),
    }  # fmt: skip
    return titles.get(name, "")


def account_line(one: Account) -> AccountLine:
    """Return an account with what is known of it."""
    parts = [network(one.network)]
    if one.followers is not None:
        many = ngettext("%(n)s follower", "%(n)s followers", one.followers)
        parts.append(many % {"n": number(one.followers)})
    if one.follows_us:
        parts.append(_("follows us"))
    if one.we_follow:
        parts.append(_("we follow"))
    site = one.site if one.site.startswith(("https://", "http://")) else ""
    return AccountLine(
        handle=one.handle or one.name or _id_of(one),
        line=" · ".join(parts),
        address=site,
        biography=one.biography,
    )


def _id_of(one: Account) -> str:
    return _("erased") if one.remote_id.startswith(STANDS_FOR) else one.remote_id


def earlier(row: Row, place: Place) -> Earlier:
    """Return another conversation with the same person."""
    talk = row.conversation
    where = next((str(box.title) for box in BOXES if box.filter == talk.box), "")
    parts = [when(talk.last_at), network(talk.network), where]
    words = first_words(row.last.text if row.last is not None else "")
    return Earlier(address=place.talk(talk.pk), words=words, line=", ".join(filter(None, parts)))


def note_line(one: PersonNote, reader: Teammate) -> NoteLine:
    """Return what a colleague knows, with who said so; one's own can be taken back."""
    who = one.teammate.name if one.teammate is not None else _("somebody who left")
    is_mine = one.teammate_id == reader.pk and reader.may("suggests")
    return NoteLine(
        id=one.pk, text=one.text, line=f"{who}, {when(one.noted_at)}",
        may_drop=is_mine or reader.may("admin"),
    )  # fmt: skip

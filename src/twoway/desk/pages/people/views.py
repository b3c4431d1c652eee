"""People: finding one, one person whole, and what colleagues keep about them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from twoway.desk.inbox import queries as inbox
from twoway.desk.pages.conversation.card import (
    AccountLine,
    Earlier,
    NoteLine,
    account_line,
    earlier,
    name_of,
    note_line,
    relation,
)
from twoway.desk.pages.conversation.choices import Offer
from twoway.desk.pages.layout.answers import back, says_why
from twoway.desk.pages.layout.reading import is_part, me, whole
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.pages.pictures.addresses import face_of
from twoway.desk.pages.words import day, month, network, number, when
from twoway.desk.people import queries, services
from twoway.desk.people.models import RELATIONS, Account, Person
from twoway.desk.privacy import queries as privacy
from twoway.desk.team.models import Teammate
from twoway.desk.team.services import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A person in the list of all."""

    id: int
    name: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A person whole."""

    id: int
    name: str
    face: str
    summary: str
    history: list[Earlier]
    next: str
    accounts: list[AccountLine]
    notes: list[NoteLine]
    relations: list[Offer]
    do_not_contact: bool
    is_erased: bool


def _people(_request: HttpRequest) -> str:
    return reverse("people")


def people(request: HttpRequest) -> HttpResponse:
    """Show everybody, or those whose name or handle begins as asked."""
    words = request.GET.get("q", "").strip()[:100]
    found = queries.people_for_observer(me(request), words, whole(request.GET.get("after")) or 0)
    following = (
        urlencode({"q": words, "after": str(found[-1].pk)}) if len(found) == queries.MANY else ""
    )
    return render(request, "people/people.html", {
        "people": [_listed(one) for one in found], "words": words,
        "next": f"{reverse('people')}?{following}" if following else "",
    })  # fmt: skip


def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show one person with the whole history over networks."""
    found = inbox.history_for_observer(me(request), number, request.GET.get("before"))
    context = {"person": _whole(me(request), found), "erasing": _erasing(me(request), found.person)}
    if is_part(request) and request.GET.get("before"):
        return render(request, "people/person.html#history", context)
    return render(request, "people/person.html", context)


@require_POST
@says_why(_people)
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what is worth knowing about a person."""
    text = request.POST.get("text", "").strip()[:2000]
    if not text:
        raise Refused(_("There is nothing to keep yet."))
    services.note(me(request), number, text)
    return back(request, reverse("person", args=[number]), _("Kept, for colleagues only."))


@require_POST
def drop_note(request: HttpRequest, number: int) -> HttpResponse:
    """Take a note on a person back."""
    person = services.drop_note(me(request), number)
    return back(request, reverse("person", args=[person]), _("The note is gone."))


@require_POST
@says_why(_people)
def describe(request: HttpRequest, number: int) -> HttpResponse:
    """Say who somebody is to us, and whether they want to be left alone."""
    said = request.POST.get("relation", "")
    services.describe(
        me(request), number, relation=said if said in RELATIONS else "",
        do_not_contact=bool(request.POST.get("do_not_contact")),
    )  # fmt: skip
    return back(request, reverse("person", args=[number]), _("Kept."))


def _listed(one: Person) -> Listed:
    accounts = list(one.accounts.all())
    name = name_of(one, accounts)
    places = [_place(account, name) for account in accounts[:3]]
    return Listed(
        id=one.pk, name=name, line=" · ".join(filter(None, [*places, relation(one.relation)]))
    )


def _place(account: Account, name: str) -> str:
    """Say where an account is, with its handle where that is not what the person is called."""
    handle, where = account.handle or account.remote_id, network(account.network)
    if handle == name:
        return _("on %(network)s") % {"network": where}
    return _("%(handle)s on %(network)s") % {"handle": handle, "network": where}


def _erasing(reader: Teammate, person: Person) -> str:
    """Say how far an erasure is; empty where none is under way."""
    if person.erased_at is None:
        return ""
    found = privacy.erasing_for_observer(reader, person.pk)
    if found is None:
        return ""
    begun = _("Is being erased since %(when)s.") % {"when": when(found.begun_at)}
    left = ngettext(
        "%(n)s post of theirs is left.", "%(n)s posts of theirs are left.", found.posts_left
    ) % {"n": number(found.posts_left)}
    rest = left if found.posts_left else _("Their name is taken out of what others wrote.")
    return f"{begun} {rest}"


def _whole(reader: Teammate, found: inbox.PersonShown) -> Whole:
    person, accounts = found.person, list(found.person.accounts.all())
    since = (
        _("First seen in %(month)s.") % {"month": month(person.first_seen_at)}
        if person.erased_at is None
        else _("Erased on %(day)s. Only our own answers are left.") % {"day": day(person.erased_at)}
    )
    who = relation(person.relation)
    place = Place()
    return Whole(
        id=person.pk, name=name_of(person, accounts), face=face_of(accounts), summary=f"{who[:1].upper()}{who[1:]}. {since}" if who else since,
        history=[earlier(row, place) for row in found.rows],
        next=f"{reverse('person', args=[person.pk])}?before={found.next}" if found.next else "",
        accounts=[account_line(one) for one in accounts], notes=[note_line(one, reader) for one in person.notes.all()],
        relations=[
            Offer(value=name, title=relation(name) or _("not said yet"), is_chosen=name == person.relation)
            for name in RELATIONS
        ],
        do_not_contact=person.do_not_contact, is_erased=person.erased_at is not None,
    )  # fmt: skip

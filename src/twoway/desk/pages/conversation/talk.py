"""A conversation as its page shows it: state in a sentence, the exchange, what is around it, the person."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twoway.desk import clock
from twoway.desk.channels import queries as channels
from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox.models import Box, Conversation, Presence
from twoway.desk.outbox import queries as outbox
from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.states import State
from twoway.desk.pages.composer.outgoing import Outgoing, outgoing
from twoway.desk.pages.conversation import around as thread
from twoway.desk.pages.conversation.card import Card, card
from twoway.desk.pages.conversation.choices import Offer, in_days, reasons, snoozes
from twoway.desk.pages.conversation.items import Around, Fold, event, note, post, question
from twoway.desk.pages.layout.reading import once
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.pages.team.mates import presence
from twoway.desk.pages.words import able, day, lasting, network, number, waiting, when
from twoway.desk.team import queries as team
from twoway.desk.team.models import Teammate

_PROMISE_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mate:
    """A colleague to whom a conversation can be given."""

    id: int
    name: str
    is_me: bool
    is_chosen: bool
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkShown:
    """Everything the page needs; `place` is the list one came from."""

    id: int
    who: str
    address: str
    place: Place
    state: str
    presence: str
    exchange: list[object]
    around: list[Fold]
    around_title: str
    around_next: str
    person: Card
    is_promised: bool
    assigned: str
    has_assignee: bool
    is_snoozed: bool
    is_pending: bool
    mates: list[Mate]
    snoozes: list[Offer]
    reasons: list[Offer]
    promise_day: str
    tags: list[str]
    known_tags: list[Offer]


def talk(teammate: Teammate, number: int, place: Place) -> tuple[TalkShown, inbox.Talk]:
    """Return a conversation's page, and what it was made of, for the composer beside it."""
    found = inbox.talk_for_observer(teammate, number)
    entries = outbox.entries_for_observer(teammate, number)
    shared = _around(teammate, found, entries)
    who = card(teammate, found.person, found.accounts, found.known, found.elsewhere, place)
    folds = thread.branches(
        found.around.posts, f"{reverse('branch', args=[number])}?{place.whole_query}"
    )
    of = found.conversation
    pending = [one for one in entries if _stands_alone(one, found)]
    return TalkShown(
        id=of.pk, who=who.name, address=place.talk(of.pk), place=place, state=state(of, found.reasons),
        presence=who_is_here(found.present), exchange=_exchange(found, shared, pending, teammate),
        around=folds, around_title=_around_title(found), around_next=_next(of, found.around.next, place),
        person=who, is_promised=of.is_promised,
        assigned=_assigned(teammate, of), has_assignee=of.assignee_id is not None,
        is_snoozed=of.box == Box.SNOOZED,
        is_pending=any(one.state in {State.HELD, State.QUEUED, State.SENDING, State.UNKNOWN, State.SENT} for one in pending),
        mates=_mates(teammate, of), snoozes=snoozes(), reasons=reasons(), promise_day=in_days(_PROMISE_DAYS),
        tags=found.tags, known_tags=[Offer(value=tag, title=tag) for tag in once(teammate, inbox.tags_for_observer)],
    ), found  # fmt: skip


def state(of: Conversation, why: Sequence[str]) -> str:
    """Say where a conversation stands, since when, and why."""
    where = network(of.network)
    match of.box:
        case Box.OURS if of.since is not None:
            first = _("Waits for us since %(when)s (%(span)s), on %(network)s.") % {
                "when": when(of.since), "span": waiting(of.since), "network": where,
            }  # fmt: skip
        case Box.OURS | Box.PROMISED if of.promise_due_at is not None:
            first = _("We promised to come back by %(day)s, on %(network)s.") % {
                "day": day(of.promise_due_at), "network": where,
            }  # fmt: skip
        case Box.PROMISED:
            first = _("We promised to come back, and no day is set, on %(network)s.") % {
                "network": where
            }
        case Box.SNOOZED if of.snoozed_until is not None:
            first = _("Sleeps until %(when)s, on %(network)s.") % {
                "when": when(of.snoozed_until),
                "network": where,
            }
        case Box.THEIRS:
            first = _("We asked and wait for them, on %(network)s.") % {"network": where}
        case Box.MAYBE:
            first = _("Hard to say whether they ask something, on %(network)s.") % {
                "network": where
            }
        case Box.BEFORE:
            first = _("Said before this channel was connected, on %(network)s.") % {
                "network": where
            }
        case _settled:
            first = _("Nobody waits, on %(network)s.") % {"network": where}
    second = ", ".join(why)
    return f"{first} {second[:1].upper()}{second[1:]}." if second else first


def who_is_here(present: Sequence[Presence]) -> str:
    """Say which colleagues look at it or write in it."""
    writing = [one.teammate.name for one in present if one.is_writing]
    looking = [one.teammate.name for one in present if not one.is_writing]
    said = []
    if writing:
        said.append(
            ngettext("%(who)s is writing here.", "%(who)s are writing here.", len(writing))
            % {"who": ", ".join(writing)}
        )
    if looking:
        said.append(
            ngettext("%(who)s is looking at this.", "%(who)s are looking at this.", len(looking))
            % {"who": ", ".join(looking)}
        )
    return " ".join(said)


def _around(teammate: Teammate, found: inbox.Talk, entries: Sequence[Entry]) -> Around:
    of = found.conversation
    voices = {
        one.remote_id: one.teammate.name
        for one in entries if one.remote_id and one.teammate is not None
    }  # fmt: skip
    theirs = [one.pk for one in found.exchange if not one.is_ours]
    return Around(
        voices=voices, open_posts=frozenset(of.open_posts), latest=theirs[-1] if theirs else None,
        marks=found.marks, reactions=found.reactions, may_react=teammate.may("voice"),
        speaking=_speaking(teammate, of),
    )  # fmt: skip


def _speaking(teammate: Teammate, of: Conversation) -> frozenset[str]:
    """Return our accounts on a network whose posts this teammate may have deleted there."""
    if not teammate.may("voice") or "delete" not in able(of.network):
        return frozenset()
    known = once(teammate, channels.channels_for_observer)
    return frozenset(
        one.remote_id for one in known if one.network == of.network and one.state != "disconnected"
    )


def _exchange(
    found: inbox.Talk, shared: Around, pending: Sequence[Entry], teammate: Teammate
) -> list[object]:
    """Put posts, notes and what happened into the order of time; what is going out stands last."""
    items: list[tuple[int, object]] = [(one.said_at, post(one, shared)) for one in found.exchange]
    items += [(one.noted_at, note(one)) for one in found.notes]
    items += [(one.asked_at, question(one)) for one in found.questions]
    names = (
        {one.pk: one.name for one in once(teammate, team.teammates_for_observer)}
        if found.events
        else {}
    )
    items += [(one.at, shown) for one in found.events if (shown := event(one, names)) is not None]
    items.sort(key=lambda pair: pair[0])
    top = thread.above(found.above, shared)
    leaving: list[Outgoing] = [outgoing(one, teammate) for one in pending]
    return [*([top] if top is not None else []), *(item for _at, item in items), *leaving]


def _stands_alone(entry: Entry, found: inbox.Talk) -> bool:
    """Tell whether an entry is to be shown: not once the network shows its post, nor when taken back."""
    if entry.state in {State.SEEN_BACK, State.CANCELLED}:
        return False
    if entry.does == "delete":
        return entry.state != State.SENT
    if entry.does not in {"say", "message"}:
        return False
    return not (entry.remote_id and any(one.remote_id == entry.remote_id for one in found.exchange))


def _around_title(found: inbox.Talk) -> str:
    posts = len(found.around.posts)
    people = len({one.account_id for one in found.around.posts})
    if found.around.next is not None:
        return _("Around it: more than %(n)s posts") % {"n": number(posts)}
    said = ngettext("%(n)s more post", "%(n)s more posts", posts) % {"n": number(posts)}
    by = ngettext("by one person", "by %(n)s people", people) % {"n": number(people)}
    return _("Around it: %(posts)s %(by)s") % {"posts": said, "by": by}


def _next(of: Conversation, after: str | None, place: Place) -> str:
    return (
        ""
        if after is None
        else f"{reverse('thread', args=[of.pk])}?after={after}&{place.whole_query}"
    )


def _assigned(teammate: Teammate, of: Conversation) -> str:
    if of.assignee is None:
        return _("Take it")
    return _("Yours") if of.assignee_id == teammate.pk else of.assignee.name


def _mates(teammate: Teammate, of: Conversation) -> list[Mate]:
    if not teammate.may("voice"):
        return []
    known = once(teammate, team.teammates_for_observer)
    found = sorted(known, key=lambda one: one.pk != teammate.pk)
    return [
        Mate(
            id=one.pk, name=one.name, is_me=one.pk == teammate.pk, is_chosen=one.pk == of.assignee_id,
            line="" if one.pk == teammate.pk else presence(one),
        )
        for one in found
    ]  # fmt: skip


def ago(at: int) -> str:
    """Say how long ago something was: "a moment", "3 hours"."""
    return lasting(clock.now() - at)

"""What somebody should know before the list: who named them, what could not be sent, what waits for approval."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from twoway.desk.inbox import queries as inbox
from twoway.desk.outbox import queries as outbox
from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.states import State
from twoway.desk.pages.our_turn.place import Place
from twoway.desk.pages.our_turn.rows import first_words
from twoway.desk.team.models import Teammate

_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiding:
    """One line that leads to a conversation."""

    icon: str
    title: str
    words: str
    address: str
    look: str = ""


def tidings(teammate: Teammate, place: Place) -> list[Tiding]:
    """Return the few things worth knowing first."""
    found = [
        Tiding(
            icon="sticky-note", address=place.talk(one.note.conversation_id), words=first_words(one.note.text),
            title=_("%(who)s names you") % {
                "who": one.note.teammate.name if one.note.teammate is not None else one.note.expert or _("the desk")
            },
        )
        for one in inbox.mentions_of(teammate)[:_MOST]
    ]  # fmt: skip
    if not teammate.may("suggests"):
        return found
    trouble = outbox.trouble_for_suggests(teammate, _MOST)
    failed = [_failed(one, place) for one in trouble.failed]
    title = _("An answer waits for you to read it")
    awaiting = [_entry(one, place, "eye", title, "") for one in trouble.awaiting]
    return [*found, *failed, *awaiting]


def _failed(one: Entry, place: Place) -> Tiding:
    if one.state == State.SENT_BACK:
        title = _("A colleague asks you to look at it again")
        return _entry(one, place, "undo-2", title, "waiting")
    return _entry(one, place, "circle-alert", _("An answer was not sent"), "late")


def _entry(entry: Entry, place: Place, icon: str, title: str, look: str) -> Tiding:
    assert entry.conversation_id is not None  # noqa: S101  what has none is no trouble that is told
    address = place.talk(entry.conversation_id)
    return Tiding(icon=icon, title=title, words=first_words(entry.text), address=address, look=look)

"""What is on its way out, as the conversation shows it: state in words, and what one can still do."""

from dataclasses import dataclass, field
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.states import State
from twoway.desk.pages.composer.audience import in_words as audience_in_words
from twoway.desk.pages.words import network
from twoway.desk.sentences import in_words
from twoway.desk.team.models import Teammate


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A button beside it; `address` takes it, `value` says which."""

    address: str
    value: str
    title: str
    look: str = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """An answer between its writer and the network."""

    template: ClassVar[str] = "conversation/outgoing.html"
    id: int
    at: int
    voice: str
    channel: str
    text: str
    look: str
    words: str
    audience: str = ""
    warning: str = ""
    remark: str = ""
    deeds: list[Deed] = field(default_factory=list)
    address: str = ""
    may_rewrite: bool = False
    may_send_back: bool = False
    rewriting: str = "again"


def outgoing(entry: Entry, reader: Teammate) -> Outgoing:
    """Return an entry of the outbox as a colleague sees it."""
    state = State(entry.state)
    failed = state in {State.FAILED, State.STALE, State.SENT_BACK}
    is_deletion = entry.does == "delete"
    is_mine = entry.teammate_id == reader.pk or reader.may("voice")
    return Outgoing(
        id=entry.pk, at=entry.made_at,
        voice=entry.teammate.name if entry.teammate is not None else _("somebody who left"),
        channel=_("%(handle)s on %(network)s") % {
            "handle": entry.channel.handle, "network": network(entry.channel.network),
        },
        text=_text(entry), look="failed" if failed else "held" if state == State.HELD else "going",
        words=_deletion(entry, state) if is_deletion else _words(entry, state), remark=entry.remark, deeds=_deeds(entry, state, reader, is_mine=is_mine),
        audience=_audience(entry), warning=entry.details.get("content_warning") or "",
        address=reverse("outgoing", args=[entry.pk]), may_rewrite=failed and is_mine and not is_deletion,
        may_send_back=state == State.AWAITING and reader.may("approver") and entry.teammate_id != reader.pk,
        rewriting="rewrite" if state == State.SENT_BACK else "again",
    )  # fmt: skip


def _text(entry: Entry) -> str:
    """Return the words at stake: of a deletion those that are to go."""
    return entry.answers.text if entry.does == "delete" and entry.answers else entry.text


def _audience(entry: Entry) -> str:
    """Say who will read it, where somebody chose."""
    asked = entry.details.get("visibility")
    return audience_in_words(asked) if asked else ""


def _deletion(entry: Entry, state: State) -> str:
    cure = in_words(entry.cure)
    said = {
        State.HELD: _("Is taken down in a few seconds."),
        State.FAILED: cure or _("It still stands. Try again, or delete it at the network."),
        State.UNKNOWN: _("Perhaps gone: we look it up before anything is done again."),
    }
    return said.get(state) or cure or _("Is being taken down.")


def _words(entry: Entry, state: State) -> str:
    cure = in_words(entry.cure)
    who = entry.approver.name if entry.approver is not None else _("A colleague")
    said = {
        State.AWAITING: _("Waits for a colleague to read it first."),
        State.SENT_BACK: _("%(who)s asks you to look at it again.") % {"who": who},
        State.HELD: _("Goes out in a few seconds."),
        State.QUEUED: cure or _("Waits to be sent."),
        State.SENDING: _("Is being sent."),
        State.UNKNOWN: _("Perhaps sent: we look it up before anything is sent again."),
        State.SENT: _("Sent."),
        State.STALE: cure or _("Not sent: something changed meanwhile. Look at it again."),
        State.FAILED: cure or _("Not sent. Nothing is lost; try again."),
    }
    return said.get(state, str(state.label))


def _deeds(entry: Entry, state: State, reader: Teammate, *, is_mine: bool) -> list[Deed]:
    address = reverse("outgoing", args=[entry.pk])
    found = []
    if state == State.AWAITING and reader.may("approver") and entry.teammate_id != reader.pk:
        found.append(Deed(address=address, value="approve", title=_("Let it go out"), look="main"))
    if state in {State.FAILED, State.STALE} and is_mine:
        found.append(Deed(address=address, value="again", title=_again(state), look="main"))
    if state in {State.HELD, State.QUEUED, State.AWAITING} and is_mine:
        found.append(
            Deed(address=address, value="cancel", title=_undo(entry, state), look="second")
        )
    if state in {State.FAILED, State.STALE, State.SENT_BACK} and is_mine:
        found.append(Deed(address=address, value="cancel", title=_let_be(entry), look=""))
    return found


def _again(state: State) -> str:
    """Something changed meanwhile, and it may go out as it is; or it was refused, and is tried anew."""
    return _("Send it after all") if state == State.STALE else _("Try again")


def _undo(entry: Entry, state: State) -> str:
    """It is undone while it is held; later it is taken back from where it waits."""
    return _("Undo") if state == State.HELD else _let_be(entry)


def _let_be(entry: Entry) -> str:
    return _("Let it stand") if entry.does == "delete" else _("Take it back as a draft")

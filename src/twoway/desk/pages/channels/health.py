"""How a channel does, in plain words: what is so, since when, what it needs."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twoway.desk.channels.models import Channel
from twoway.desk.channels.queries import Health
from twoway.desk.inbox.models import Rejudging
from twoway.desk.pages.words import network, number, waiting, when
from twoway.desk.sentences import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """The one thing to do, as a button."""

    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A channel as its page says it."""

    id: int
    handle: str
    network: str
    purpose: str
    quiet_hours: int | None
    look: str
    icon: str
    health: str
    lines: list[str]
    cure: Cure | None
    is_paused: bool


def shown(
    one: Health, backlog: int, rejudging: Rejudging | None = None, *, may_mend: bool
) -> Shown:
    """Return a channel with its health in words; `backlog` answers wait to be sent there.

    `rejudging` is what is judged anew of its network after an update.
    """
    channel = one.channel
    look, icon, words = _state(one)
    needs_person = channel.state == "reconnect"
    cure = Cure(
        title=_("Connect %(network)s again") % {"network": network(channel.network)},
        address=reverse("connect", args=[channel.network]),
    )  # fmt: skip
    return Shown(
        id=channel.pk, handle=channel.handle, network=network(channel.network),
        purpose=channel.purpose, quiet_hours=channel.quiet_hours, look=look, icon=icon,
        health=words, lines=[
            *_lines(one, backlog), *_judging(rejudging), *_for_others(needs_person and not may_mend),
        ],
        cure=cure if needs_person and may_mend else None,
        is_paused=channel.state == "paused",
    )  # fmt: skip


def _for_others(cannot_mend: bool) -> list[str]:
    return [_("Whoever looks after the desk can connect it again.")] if cannot_mend else []


def _judging(rejudging: Rejudging | None) -> list[str]:
    if rejudging is None:
        return []
    words = _(
        "Twoway was updated and looks again whose turn it is: %(done)s of %(all)s threads so far. Lists may move."
    )
    return [words % {"done": number(rejudging.done), "all": number(rejudging.threads)}]


def _state(one: Health) -> tuple[str, str, str]:
    channel = one.channel
    if channel.state == "reconnect":
        needs = in_words(one.needs) or _("The network no longer accepts our key.")
        return "needs", "circle-alert", needs
    if channel.state == "paused":
        return "trouble", "circle-alert", _("Paused by us: nothing is read or sent.")
    if channel.state == "trouble":
        needs = in_words(one.needs) or _("The network does not answer.")
        return "trouble", "triangle-alert", needs + " " + _("We try again by ourselves.")
    if one.is_behind:
        return "trouble", "triangle-alert", _("Nothing was read for %(span)s. We go on trying.") % {
            "span": waiting(channel.succeeded_at or channel.connected_at)
        }  # fmt: skip
    return "works", "circle-check", _working(channel)


def _working(channel: Channel) -> str:
    if channel.succeeded_at is None:
        return _("Connected; the first look is under way.")
    since = when(channel.works_since or channel.connected_at)
    ago = waiting(channel.succeeded_at)
    return _("Works since %(since)s. Last looked %(ago)s ago.") % {"since": since, "ago": ago}


def _lines(one: Health, backlog: int) -> list[str]:
    lines = []
    if one.channel.state == "reconnect":
        lines.append(_("Nothing is lost: it is read from there on."))
    if one.is_reading_the_past:
        lines.append(_("Still reading what was said before you came; new posts go first."))
    if backlog:
        lines.append(
            ngettext("%(n)s answer waits to be sent.", "%(n)s answers wait to be sent.", backlog)
            % {"n": number(backlog)}
        )
    if one.missing:
        lines.append(
            ngettext(
                "%(n)s post that the network shows is missing here; we fetch it again.",
                "%(n)s posts that the network shows are missing here; we fetch them again.", one.missing,
            ) % {"n": number(one.missing)}
        )  # fmt: skip
    if one.is_silent:
        lines.append(
            _("Nobody has written for %(span)s, which is odd for this channel.")
            % {"span": waiting(one.channel.heard_at or one.channel.connected_at)}
        )
    if one.rejected:
        lines.append(
            ngettext(
                "%(n)s answer of the network could not be read; it is kept for a better reader.",
                "%(n)s answers of the network could not be read; they are kept for a better reader.",
                one.rejected,
            ) % {"n": number(one.rejected)}
        )  # fmt: skip
    return lines

"""What a worker does with an entry that it holds: ask whether it still fits, send it, say how it went."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from asgiref.sync import sync_to_async

from twoway.connectors.errors import ConnectorError, GiveUp, Reconnect, TryLater, Unknown
from twoway.connectors.interface import Connector, Key, Sent
from twoway.connectors.sentences import Sentence, kept
from twoway.desk.channels import services as channels
from twoway.desk.channels.models import Channel
from twoway.desk.clock import HOUR, MINUTE, SECOND, now
from twoway.desk.inbox import ingest
from twoway.desk.inbox.models import Post
from twoway.desk.outbox import actions
from twoway.desk.outbox.claiming import Worker, claim, give_back, holds
from twoway.desk.outbox.models import Entry
from twoway.desk.outbox.states import State


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a channel's network; `key_lasts` is how long that remembers a key, in seconds."""

    connector: Connector
    key_lasts: int | None


Opening = Callable[[Channel], Awaitable[Way]]
"""How the way to a channel is had; raises Reconnect where its credentials are gone."""

GIVES_UP_AFTER: Final = 24 * HOUR
LOOKS_AFTER: Final = 5 * SECOND
SETTLES_AFTER: Final = 30 * SECOND
"""A post that is not there so long after its answer was lost will not come any more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry: the state it went to, None where the lease was lost."""

    entry: int
    state: State | None


async def send_next(who: Worker, opening: Opening) -> Outcome | None:
    """Work on the next entry that is due; None where there is none."""
    entry = await sync_to_async(claim)(who)
    if entry is None:
        return None
    looks = entry.state == State.UNKNOWN
    try:
        way = await opening(entry.channel)
        state = await (_look_up(entry, way) if looks else _send(entry, way.connector))
    except ConnectorError as error:
        state = await sync_to_async(_stumbled)(entry, error)
    return Outcome(entry.pk, state)


async def _send(entry: Entry, connector: Connector) -> State | None:
    why_not = await sync_to_async(reason_against)(entry)
    if why_not:
        return await sync_to_async(_back)(entry, State.STALE, cure=kept(why_not))
    action = await sync_to_async(actions.of)(entry)
    if not holds(entry):
        return await sync_to_async(_back)(entry, State.QUEUED, not_before=now())
    sent = await connector.send(action, _key(entry))
    return await sync_to_async(_stands)(entry, sent, connector)


async def _look_up(entry: Entry, way: Way) -> State | None:
    action = await sync_to_async(actions.of)(entry)
    found = await way.connector.find(action, _key(entry))
    if found is not None:
        return await sync_to_async(_stands)(entry, found, way.connector)
    if _may_be_repeated(entry, way.key_lasts):
        return await sync_to_async(_back)(entry, State.QUEUED, not_before=now(), maybe_sent=False)
    later = now() + LOOKS_AFTER
    return await sync_to_async(_back)(entry, State.UNKNOWN, not_before=later)


def _may_be_repeated(entry: Entry, key_lasts: int | None) -> bool:
    """Tell whether sending it anew is safe though nothing was found.

    It is while the network remembers the key; else only when the lost request is so long ago that
    nothing can come of it any more.
    """
    at = now()
    if key_lasts is None or at - entry.made_at < (key_lasts - 60) * SECOND:
        return True
    return at - int(entry.details.get("lost_at", 0)) > SETTLES_AFTER


def _key(entry: Entry) -> Key:
    # Whatever was lost, by the network or by a worker's death, leaves `lost_at` behind for good.
    return Key(text=entry.key, made_at=entry.made_at, is_first="lost_at" not in entry.details)


def reason_against(entry: Entry) -> str:
    """Return why an entry should not go out as it is any more; empty where nothing changed."""
    if entry.maybe_sent or entry.details.get("anyway") or entry.does not in ("say", "message"):
        return ""
    post = entry.answers
    if post is None:
        return ""
    if post.deleted_at is not None:
        return Sentence(
            "Their post was deleted meanwhile, so nothing was sent. Keep the text, or let it be."
        )
    answered = Post.objects.filter(
        thread_id=post.thread_id, parent=post.remote_id, is_ours=True, is_machine=False,
        said_at__gt=entry.made_at, deleted_at__isnull=True,
    )  # fmt: skip
    if answered.exists():
        return Sentence(
            "Somebody of us answered this post meanwhile, so nothing was sent. Send it as well, or let it be."
        )
    return ""


def _stands(entry: Entry, sent: Sent, connector: Connector) -> State | None:
    """Note that it was sent, and let the inbox know at once; both or neither."""
    at = now()
    is_seen = entry.does in ("say", "message") and _is_here(entry, sent)
    then = State.SEEN_BACK if is_seen else State.SENT
    kept: list[bool] = []

    def note() -> None:
        kept[:] = [
            give_back(
                entry, then, remote_id=sent.id, address=sent.address or "", sent_at=sent.sent_at or at,
                seen_back_at=at if is_seen else None, cure="", maybe_sent=False,
            )
        ]  # fmt: skip

    told = connector.parse(sent.raw) if sent.raw else actions.as_records(entry, sent, at)
    ingest.receive(entry.channel, () if is_seen else told, beside=note)
    return then if kept[0] else None


def _is_here(entry: Entry, sent: Sent) -> bool:
    """Tell whether the network has told us of the post before it answered the send."""
    return Post.objects.filter(
        organisation_id=entry.organisation_id, network=entry.channel.network, remote_id=sent.id
    ).exists()


def _stumbled(entry: Entry, error: ConnectorError) -> State | None:
    """Put the entry where its error belongs: later, to be looked up, or to a teammate."""
    looks = entry.state == State.UNKNOWN
    match error:
        case Unknown():
            lost = {**entry.details, "lost_at": now()}
            return _back(
                entry, State.UNKNOWN, not_before=now() + LOOKS_AFTER, maybe_sent=True, details=lost
            )
        case TryLater():
            if now() - entry.made_at > GIVES_UP_AFTER:
                cure = Sentence(
                    "{why} It was tried for a day. Try again, or let it be.", why=error.why
                )
                return _back(entry, State.FAILED, cure=kept(cure))
            then = State.UNKNOWN if looks else State.QUEUED
            return _back(entry, then, not_before=_later(entry, error), cure=kept(error.why))
        case Reconnect():
            channels.report(entry.channel, "reconnect", needs=error.why)
            return _back(entry, State.FAILED, cure=kept(error.why))
        case GiveUp():
            return _back(entry, State.FAILED, cure=kept(error.why))
    raise error


def _later(entry: Entry, error: TryLater) -> int:
    wait = min(15 * SECOND * 2 ** min(entry.attempts - 1, 8), 30 * MINUTE)
    return max(error.at or 0, now() + (5 * SECOND if error.at else wait))


def _back(entry: Entry, then: State, **fields: object) -> State | None:
    return then if give_back(entry, then, **fields) else None

"""Writes what goes out: composing, approving, taking back, trying again."""

import secrets
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext

from twoway.desk.channels.models import Channel, Voice
from twoway.desk.clock import SECOND, now
from twoway.desk.database import lock_names, writing
from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox import services as inbox_services
from twoway.desk.inbox.models import Conversation, Draft, Post
from twoway.desk.inbox.told import rest_of
from twoway.desk.outbox import queries
from twoway.desk.outbox.models import Attachment, Entry
from twoway.desk.outbox.states import NotAllowed, State, check
from twoway.desk.team import services as team
from twoway.desk.team.models import Teammate

UNDO: Final = 8 * SECOND
"""So long an answer can be taken back before it leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a composer hands over; `answers` is the post (our id) that it stands below.

    `key` is the form's own: handed in twice, also after a crash, it makes one entry. A voice
    that `wants_approval` asks a colleague to read it first.
    """

    text: str
    key: str = ""
    answers: int | None = None
    channel: int | None = None
    to: tuple[str, ...] = ()
    visibility: str | None = None
    language: str | None = None
    content_warning: str | None = None
    attachments: tuple[int, ...] = ()
    wants_approval: bool = False
    more: dict[str, Any] = field(default_factory=dict)


def answer(teammate: Teammate, conversation: int, words: Words) -> Entry:
    """Send an answer in a conversation: held for an undo, or put before an approver first.

    Whoever only suggests, or speaks with approval on that channel, needs one. Raises NotAllowed
    where there is nothing to send or nobody to speak as.
    """
    talk = inbox.conversation_for_suggests(teammate, conversation)
    if talk.person.erased_at is not None:
        raise NotAllowed(
            gettext("Whom you would answer was erased here. Nobody can be written to.")
        )
    post = _post(talk, words.answers)
    channel = _channel(talk, words.channel)
    if not words.text.strip() and not words.attachments:
        raise NotAllowed(gettext("There is nothing to send yet. Write a few words first."))
    does, target = _where(post)
    details = {name: value for name, value in (
        ("to", list(words.to)), ("visibility", words.visibility), ("language", words.language),
        ("content_warning", words.content_warning),
    ) if value} | words.more  # fmt: skip
    state = State.AWAITING if words.wants_approval else _first_state(teammate, channel)
    with writing():
        if words.key:
            # Handed in again while it is still being kept, it waits here for what comes of that.
            lock_names([f"form {words.key}"])
            if (known := _known(teammate, words.key)) is not None:
                return known
        entry = _add(
            teammate, channel, does, conversation=talk, answers=post, target=target,
            text=words.text.strip(), details=details, state=state,
            key=words.key or _key(),
        )  # fmt: skip
        Attachment.objects.filter(
            pk__in=words.attachments, organisation_id=teammate.organisation_id, entry=None
        ).update(entry=entry)
        Draft.objects.filter(conversation=talk, teammate=teammate).delete()
        team.record(teammate, "wrote an answer", "conversation", talk.pk, entry=entry.pk)
    return entry


def react(teammate: Teammate, post: int, does: str) -> Entry:
    """Like, share, unlike or unshare a post as its channel; goes out at once."""
    found = inbox.post_for_voice(teammate, post)
    _needs_voice(teammate, found.channel)
    if does == "share" and found.is_private:
        raise NotAllowed(gettext("A private message cannot be shared."))
    with writing():
        return _add(
            teammate, found.channel, does, target=found.remote_id, answers=found,
            conversation=None, text="", details={}, state=State.QUEUED,
        )  # fmt: skip


def take_down(teammate: Teammate, conversation: int, post: int) -> Entry:
    """Delete a post of ours at its network; held for an undo like everything that leaves."""
    talk = inbox.conversation_for_voice(teammate, conversation)
    found = _post(talk, post)
    if found is None or not found.is_ours or found.deleted_at is not None:
        raise NotAllowed(gettext("Only a post of ours that still stands can be taken down."))
    channel = _author(found)
    _needs_voice(teammate, channel)
    leaving = Entry.objects.filter(channel=channel, target=found.remote_id, does="delete")
    if leaving.exclude(state__in=[State.CANCELLED, State.SENT]).exists():
        raise NotAllowed(gettext("It is being taken down already."))
    with writing():
        entry = _add(
            teammate, channel, "delete", conversation=talk, answers=found, target=found.remote_id,
            text="", details={}, state=State.HELD,
        )  # fmt: skip
        team.record(teammate, "took a post down", "conversation", talk.pk, post=found.pk)
    return entry


def approve(teammate: Teammate, entry: int) -> Entry:
    """Let an answer go out; nobody approves their own."""
    found = queries.entry_for_approver(teammate, entry)
    if found.teammate_id == teammate.pk:
        raise PermissionDenied("Somebody else has to read it first.")
    return _move(found, State.HELD, teammate, approver=teammate, not_before=now(), remark="")


def send_back(teammate: Teammate, entry: int, remark: str) -> Entry:
    """Give an answer back to its author with a remark."""
    found = queries.entry_for_approver(teammate, entry)
    return _move(found, State.SENT_BACK, teammate, approver=teammate, remark=remark.strip())


def rewrite(teammate: Teammate, entry: int, text: str) -> Entry:
    """Put other words into an answer that was sent back, and hand it in again."""
    found = queries.entry_for_suggests(teammate, entry)
    then = _first_state(teammate, found.channel)
    return _move(found, then, teammate, text=text.strip(), not_before=now() + UNDO)


def cancel(teammate: Teammate, entry: int) -> Entry:
    """Take back what has not left yet; its words become a draft again."""
    found = queries.entry_for_suggests(teammate, entry)
    with writing():
        moved = _move(found, State.CANCELLED, teammate)
        if found.conversation is not None and found.text:
            known = found.details
            inbox_services.save_draft(
                teammate, found.conversation.pk, _unsigned(found), visibility=known.get("visibility"),
                warning=known.get("content_warning") or "",
            )  # fmt: skip
    return moved


def try_again(teammate: Teammate, entry: int, text: str | None = None) -> Entry:
    """Send what failed or went stale after all, with other words where some are given.

    Other words make another post: they get a key of their own, unless the old ones may have
    reached the network, which is looked up first.
    """
    found = queries.entry_for_suggests(teammate, entry)
    then = State.UNKNOWN if found.maybe_sent else State.QUEUED
    fields: dict[str, Any] = {"not_before": now(), "cure": ""}
    if text is not None and text.strip() != found.text:
        if found.maybe_sent:
            raise NotAllowed(
                gettext(
                    "This may have been sent already. Let it be looked up before you change it."
                )
            )
        fields |= {"text": text.strip(), "key": _key(), "made_at": now()}
    if found.state == State.STALE:
        fields["details"] = {**found.details, "anyway": True}
    return _move(found, then, teammate, **fields)


def _add(teammate: Teammate, channel: Channel, does: str, *, state: State, **fields: Any) -> Entry:
    at = now()
    return Entry.objects.create(
        organisation_id=teammate.organisation_id, channel=channel, teammate=teammate, does=does,
        state=state, made_at=at, changed_at=at, not_before=at + UNDO if state == State.HELD else at,
        **{"key": _key(), **fields},
    )  # fmt: skip


def _known(teammate: Teammate, key: str) -> Entry | None:
    """Return what a form made when it was handed in before; a key of anybody else's is refused."""
    found = Entry.objects.filter(key=key).first()
    if found is not None and (found.organisation_id, found.teammate_id) != (
        teammate.organisation_id, teammate.pk,
    ):  # fmt: skip
        raise NotAllowed(gettext("This form belongs to somebody else. Open the conversation anew."))
    return found


def _key() -> str:
    return secrets.token_hex(16)


def _move(entry: Entry, then: State, teammate: Teammate, **fields: Any) -> Entry:
    """Change the state by hand; whoever was quicker (a worker, a colleague) wins."""
    check(State(entry.state), then)
    with writing():
        changed = Entry.objects.filter(pk=entry.pk, state=entry.state).update(
            state=then, changed_at=now(), **fields
        )
        if not changed:
            raise NotAllowed(gettext("Somebody was quicker. Look at it again."))
        team.record(teammate, f"entry is {then.value}", "entry", entry.pk)
    entry.refresh_from_db()
    return entry


def _first_state(teammate: Teammate, channel: Channel) -> State:
    voice = Voice.objects.filter(channel=channel, teammate=teammate).first()
    if not teammate.may("voice") or (voice is None and not teammate.may("admin")):
        return State.AWAITING
    return State.AWAITING if voice is not None and voice.needs_approval else State.HELD


def _unsigned(entry: Entry) -> str:
    """Return the words of an answer without the signature, which is put below them as they leave."""
    voice = Voice.objects.filter(channel=entry.channel, teammate=entry.teammate).first()
    return entry.text.removesuffix(voice.signature).rstrip() if voice is not None else entry.text


def _needs_voice(teammate: Teammate, channel: Channel) -> None:
    is_voice = Voice.objects.filter(channel=channel, teammate=teammate).exists()
    if not is_voice and not teammate.may("admin"):
        raise PermissionDenied("You do not speak on this channel. An admin can let you.")


def _post(talk: Conversation, post: int | None) -> Post | None:
    """Return the post to stand below: of this thread, theirs unless named otherwise."""
    thread = Post.objects.filter(thread_id=talk.thread_id, organisation_id=talk.organisation_id)
    if post is not None:
        found = thread.filter(pk=post).first()
        if found is None:
            raise NotAllowed(gettext("That post is not part of this conversation any more."))
        return found
    return thread.filter(account__person_id=talk.person_id, deleted_at=None).order_by("-pk").first()


def _where(post: Post | None) -> tuple[str, str]:
    """Return what an answer is and to what: in a chat a message to the person, else a post below."""
    if post is None:
        return "say", ""
    if rest_of(post.record).nesting == "chat":
        return "message", post.account.remote_id
    return "say", post.remote_id


def _author(post: Post) -> Channel:
    """Return the channel that wrote a post of ours, whichever delivered it."""
    channel = Channel.objects.filter(
        organisation_id=post.organisation_id, network=post.network, remote_id=post.account.remote_id
    ).first()
    if channel is None or channel.state == "disconnected":
        raise NotAllowed(
            gettext("It was written from an account that is not connected. Delete it there.")
        )
    return channel


def _channel(talk: Conversation, channel: int | None) -> Channel:
    if channel is None or channel == talk.channel_id:
        return talk.channel
    return Channel.objects.get(
        pk=channel, organisation_id=talk.organisation_id, network=talk.channel.network
    )

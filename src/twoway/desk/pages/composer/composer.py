"""The composer as its page shows it: who speaks, to whom, how it will read, what is left, what to mind."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twoway.connectors import registry
from twoway.connectors.errors import GiveUp
from twoway.connectors.interface import Limits
from twoway.connectors.lengths import left
from twoway.core.posts import Visibility
from twoway.desk.channels import queries as channels
from twoway.desk.channels.models import Channel, Voice
from twoway.desk.inbox import queries as inbox
from twoway.desk.inbox.models import Draft, Post
from twoway.desk.inbox.told import rest_of
from twoway.desk.outbox import queries as outbox
from twoway.desk.outbox.models import Attachment
from twoway.desk.pages.composer.audience import choices, chosen, in_words, offers
from twoway.desk.pages.conversation.choices import Offer
from twoway.desk.pages.words import able, network, number, waiting
from twoway.desk.team.models import Teammate

WARNING = 200
"""Characters of a content warning."""
_NEAR_THE_END = 250
"""From here on the count is worth a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that goes out with the answer."""

    id: int
    address: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Words of a colleague, or of one's own that a colleague's saving has put aside."""

    id: int
    line: str
    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Everything the composer shows; only `why_not` where nobody may write."""

    why_not: str = ""
    draft: int | None = None
    version: int | None = None
    answers: int | None = None
    channel: int | None = None
    channel_title: str = ""
    audience: str = ""
    audiences: list[Offer] = field(default_factory=list)
    """What may be chosen of who reads it; `audience` alone where nothing may."""
    may_warn: bool = False
    warning: str = ""
    to: str = ""
    text: str = ""
    signature: str = ""
    placeholder: str = ""
    saved: str = ""
    left: str = ""
    is_over: bool = False
    advice: list[str] = field(default_factory=list)
    preview: str = ""
    pictures: list[Picture] = field(default_factory=list)
    may_attach: bool = False
    media_types: str = ""
    needs_approval: bool = False
    send_title: str = ""
    others: list[Other] = field(default_factory=list)
    key: str = ""
    """Handed in twice, a form makes one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is fixed before the first word: the post answered, the channel, the voice, its limits."""

    channel: Channel
    answers: Post | None
    voice: Voice | None
    limits: Limits
    to: tuple[str, ...]
    visibility: Visibility
    warning: str = ""

    @property
    def is_private(self) -> bool:
        return self.answers is not None and self.answers.is_private

    @property
    def may_warn(self) -> bool:
        return "content_warning" in able(self.channel.network) and not self.is_private

    def whole(self, text: str) -> str:
        """Return the text as it goes out: with the signature, where there is one."""
        signature = self.voice.signature if self.voice is not None else ""
        return (
            f"{text.strip()} {signature}" if signature and signature not in text else text.strip()
        )

    def public(self, text: str) -> str:
        """Return the text as people will read it: also with those whom it names."""
        return " ".join([*self._named(text), self.whole(text)])

    def room(self, text: str) -> int | None:
        """Return how much still fits, as the network counts."""
        return left(self.public(text), self.limits, self.warning)

    def _named(self, text: str) -> list[str]:
        return [name for name in self.to if name.casefold() not in text.casefold()]


def setting(
    teammate: Teammate, channel: Channel, post: Post | None, kept: Mapping[str, str] | None = None
) -> Setting:
    """Return what stands before the first word; `kept` is what the draft, or its form, says of it."""
    kept = kept or {}
    try:
        limits = registry.network(channel.network).limits
    except GiveUp:
        limits = Limits()
    # Where a mention counts by its name alone, it is the mention that makes people hear.
    names = (
        limits.mention_counts_name_only
        and post is not None
        and rest_of(post.record).nesting != "chat"
    )
    return Setting(
        channel=channel, answers=post, voice=channels.voice_of(teammate, channel), limits=limits,
        to=(f"@{post.account.handle.removeprefix('@')}",) if names and post is not None else (),
        visibility=chosen(kept.get("visibility"), channel.network, post),
        warning=kept.get("warning", "").strip()[:WARNING],
    )  # fmt: skip


def composer(teammate: Teammate, talk: inbox.Talk, who: str, wanted: int | None = None) -> Composer:
    """Return the composer of a conversation for a teammate; `wanted` is the draft to write on with."""
    of = talk.conversation
    if (refusal := _why_not(teammate, of.channel)) is not None:
        return Composer(why_not=refusal)
    draft = _draft(teammate, talk.drafts, wanted)
    post = answered(talk.exchange, of.open_posts)
    fixed = setting(teammate, of.channel, post, draft.details if draft is not None else None)
    text = draft.text if draft is not None else ""
    return Composer(
        draft=draft.pk if draft is not None else None, version=draft.version if draft is not None else None,
        answers=fixed.answers.pk if fixed.answers is not None else None, channel=of.channel_id,
        channel_title=_("%(handle)s on %(network)s") % {"handle": of.channel.handle, "network": network(of.network)},
        audience=in_words(fixed.visibility), audiences=offers(choices(of.network, post), fixed.visibility),
        may_warn=fixed.may_warn, warning=fixed.warning, to=" ".join(fixed.to), text=text,
        signature=fixed.voice.signature if fixed.voice is not None else "",
        placeholder=_("Write to %(who)s as you would speak to them.") % {"who": who},
        saved=_saved(draft), left=count(fixed, text), is_over=(fixed.room(text) or 0) < 0,
        preview=fixed.public(text) if text else "",
        pictures=[picture(one) for one in outbox.attachments_for_suggests(teammate, of.pk)],
        may_attach=fixed.limits.media > 0 and not fixed.is_private,
        media_types=",".join(fixed.limits.media_types) or "image/*",
        needs_approval=needs_approval(teammate, fixed), send_title=send_title(teammate, fixed),
        others=_others(talk.drafts, draft, teammate), key=secrets.token_hex(16),
    )  # fmt: skip


def answered(exchange: Sequence[Post], open_posts: Sequence[int]) -> Post | None:
    """Return the post an answer stands below: the latest that waits, else their latest."""
    theirs = [one for one in exchange if not one.is_ours and one.deleted_at is None]
    waiting_ones = [one for one in theirs if one.pk in set(open_posts)]
    return (waiting_ones or theirs or [None])[-1]  # type: ignore[list-item]  # none of theirs stands


def count(fixed: Setting, text: str) -> str:
    """Say how much room is left, where the network sets a limit."""
    room = fixed.room(text)
    if room is None:
        return ""
    if room < 0:
        words = ngettext("%(n)s character too long", "%(n)s characters too long", -room)
        return words % {"n": number(-room)}
    if room > _NEAR_THE_END:
        return ""
    return ngettext("%(n)s character left", "%(n)s characters left", room) % {"n": number(room)}


def needs_approval(teammate: Teammate, fixed: Setting) -> bool:
    """Tell whether somebody reads it before it goes out."""
    if not teammate.may("voice") or (fixed.voice is None and not teammate.may("admin")):
        return True
    return fixed.voice is not None and fixed.voice.needs_approval


def send_title(teammate: Teammate, fixed: Setting) -> str:
    """Say what the button does, with the name it does it as."""
    name = teammate.name.split()[0] if teammate.name else _("us")
    if needs_approval(teammate, fixed):
        return _("Hand in for approval")
    return _("Send as %(name)s") % {"name": name}


def picture(one: Attachment) -> Picture:
    """Return a picture with its description."""
    return Picture(id=one.pk, address=reverse("attachment", args=[one.pk]), alt=one.alt_text)


def _why_not(teammate: Teammate, channel: Channel) -> str | None:
    if not teammate.may("suggests"):
        return _("You watch here. An admin can let you suggest answers.")
    if channel.state == "disconnected":
        return _("%(handle)s is disconnected, so nothing can be sent from here. Connect it again under Channels.") % {
            "handle": channel.handle
        }  # fmt: skip
    return None


def _draft(teammate: Teammate, drafts: Sequence[Draft], wanted: int | None) -> Draft | None:
    if wanted is not None:
        return next((one for one in drafts if one.pk == wanted), None)
    return next((one for one in drafts if one.teammate_id == teammate.pk), None)


def _saved(draft: Draft | None) -> str:
    if draft is None or not draft.text:
        return ""
    return _("Draft, saved %(ago)s ago; colleagues see it.") % {"ago": waiting(draft.saved_at)}


def _of(one: Draft, reader: Teammate) -> str:
    ago = waiting(one.saved_at)
    if one.teammate_id == reader.pk:
        return _("You wrote this %(ago)s ago in another window, not sent:") % {"ago": ago}
    who = one.teammate.name if one.teammate is not None else _("Somebody who left")
    return _("%(who)s wrote this %(ago)s ago, not sent:") % {"who": who, "ago": ago}


def _others(drafts: Sequence[Draft], mine: Draft | None, teammate: Teammate) -> list[Other]:
    found = [one for one in drafts if one.text.strip() and (mine is None or one.pk != mine.pk)]
    return [
        Other(
            id=one.pk, text=one.text, address=f"?draft={one.pk}",
            line=_of(one, teammate),
        )
        for one in found
    ]  # fmt: skip

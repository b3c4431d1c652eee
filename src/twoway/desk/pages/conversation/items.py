"""What stands in a conversation, one item after the other: posts, notes, what happened, folds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twoway.core.posts import Media
from twoway.desk.inbox.models import ExpertQuestion, Mark, Note, Post
from twoway.desk.inbox.readings import kept
from twoway.desk.inbox.told import rest_of
from twoway.desk.pages.conversation.choices import Offer, kinds
from twoway.desk.pages.conversation.readings import in_full, in_short, strongest
from twoway.desk.pages.our_turn.rows import who_wrote
from twoway.desk.pages.pictures.addresses import picture_of
from twoway.desk.pages.stock import address
from twoway.desk.pages.words import network, number
from twoway.desk.team.models import Event

_LONG, _TINY = 280, 3
# Only these addresses are ever made into links.
_SCHEMES = ("https://", "http://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A button below a post."""

    address: str
    icon: str
    title: str
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """Something attached to a post: what it is in words, and a picture's own address here."""

    words: str
    alt: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostShown:
    """A post, theirs or ours."""

    template: ClassVar[str] = "conversation/post.html"
    id: int
    at: int
    said_at: int
    look: str
    is_ours: bool
    who: str
    voice: str
    channel: str
    text: str
    language: str
    address: str = ""
    role: str = ""
    edited_at: int | None = None
    deleted_at: int | None = None
    is_private: bool = False
    media: list[Attached] = field(default_factory=list)
    is_open: bool = False
    is_latest: bool = False
    kind: str = ""
    reading: list[str] = field(default_factory=list)
    choices: list[Offer] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    signals: str = ""
    may_take_down: bool = False

    @property
    def footer(self) -> bool:
        return bool(self.kind or self.deeds or self.signals or self.is_open)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShown:
    """A word among colleagues, or what an expert wrote back."""

    template: ClassVar[str] = "conversation/note.html"
    id: int
    at: int
    who: str
    text: str
    is_expert: bool = False
    is_question: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """Something that happened to the conversation."""

    template: ClassVar[str] = "conversation/event.html"
    at: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Posts folded to one line."""

    template: ClassVar[str] = "conversation/fold.html"
    title: str
    gist: str
    inside: Sequence[object] = ()
    address: str = ""
    """Where what is inside is fetched from when somebody opens it; empty where it is here."""
    top: int = 0
    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the posts of a page share: who speaks for us, what is open, marked and liked."""

    voices: Mapping[str, str] = field(default_factory=dict)
    """By remote id of a post of ours, who sent it from here."""
    open_posts: frozenset[int] = frozenset()
    latest: int | None = None
    marks: Mapping[int, list[Mark]] = field(default_factory=dict)
    reactions: Mapping[int, dict[str, int]] = field(default_factory=dict)
    may_react: bool = False
    speaking: frozenset[str] = frozenset()
    """Remote ids of our channels that can take back what they said."""


def post(one: Post, around: Around, *, in_front: bool = True) -> PostShown:
    """Return a post; only those in front carry how they were read and what one can do."""
    rest, read = rest_of(one.record), kept(one.reading)
    is_theirs = in_front and not one.is_ours and one.deleted_at is None
    corrected = _corrected(around.marks.get(one.pk, ()))
    counted = around.reactions.get(one.pk, {})
    held = [(certainty, name) for name, certainty, holds in read.theirs if holds]
    chosen = corrected or (strongest(held)[1] if held else "")
    return PostShown(
        id=one.pk, at=one.said_at, said_at=one.said_at, is_ours=one.is_ours, text=one.text or "",
        look=_look(one), who=author(one),
        voice=around.voices.get(one.remote_id) or read.signature or author(one),
        channel=_channel(one), language=one.language or read.language,
        address=rest.address if rest.address and rest.address.startswith(_SCHEMES) else "",
        edited_at=rest.texts[-1].first if len(rest.texts) > 1 else None,
        deleted_at=one.deleted_at, is_private=one.is_private,
        media=[_attached(one, place, media) for place, media in enumerate(rest.media)],
        is_open=one.pk in around.open_posts, is_latest=one.pk == around.latest,
        kind=in_short(read, corrected) if is_theirs else "",
        reading=in_full(read, corrected) if is_theirs else [], choices=kinds(chosen) if is_theirs else [],
        deeds=_deeds(one, counted) if is_theirs and around.may_react else [],
        signals=_signals(rest.seen_likes, rest.seen_shares, counted),
        may_take_down=in_front and one.is_ours and one.deleted_at is None
        and one.account.remote_id in around.speaking,
    )  # fmt: skip


def note(one: Note) -> NoteShown:
    """Return a note; of an expert, with the address it came from."""
    who = one.expert or (one.teammate.name if one.teammate is not None else _("somebody who left"))
    return NoteShown(id=one.pk, at=one.noted_at, who=who, text=one.text, is_expert=bool(one.expert))


def event(one: Event, names: Mapping[int, str]) -> EventShown | None:
    """Return what happened, None for what the page shows anyway; `names` are those of colleagues."""
    who = one.teammate.name if one.teammate is not None else _("the desk")
    said = {
        "assigned": _assigned(one),
        "snoozed": _("%(who)s let it sleep"), "woke": _("%(who)s woke it"),
        "tagged": _("%(who)s tagged it %(tag)s"), "untagged": _("%(who)s took the tag %(tag)s off"),
        "no answer needed": _("%(who)s found that no answer is needed: %(reason)s"),
        "promised": _("%(who)s noted a promise"), "kept a promise": _("%(who)s found the promise kept"),
        "marked as spam": _("%(who)s called it spam"), "took a post down": _("%(who)s took a post of ours down"),
    }.get(one.action)  # fmt: skip
    if said is None:
        return None
    known = {name: str(one.details.get(name, "")) for name in ("tag", "reason")}
    words = said % {
        "who": who,
        "to": names.get(one.details.get("to") or 0, _("a colleague")),
        **known,
    }
    return EventShown(at=one.at, words=words)


def _assigned(one: Event) -> str:
    to = one.details.get("to")
    if not to:
        return _("%(who)s let anybody take it")
    return _("%(who)s took it") if to == one.teammate_id else _("%(who)s gave it to %(to)s")


def question(one: ExpertQuestion) -> NoteShown:
    """Return what an expert was asked, and whether the letter has left."""
    who = one.teammate.name if one.teammate is not None else _("somebody who left")
    told = _("%(who)s asked %(email)s") % {"who": who, "email": one.email}
    if one.sent_at is None:
        told = _("%(told)s (the letter leaves in a moment)") % {"told": told}
    return NoteShown(id=-one.pk, at=one.asked_at, who=told, text=one.text, is_question=True)


def author(one: Post) -> str:
    """Return who wrote a post; of ours the channel, where nobody signs."""
    return one.channel.name or one.channel.handle if one.is_ours else who_wrote(one.account)


def _look(one: Post) -> str:
    side = "ours" if one.is_ours else "theirs"
    size = (
        " long" if len(one.text) > _LONG else " tiny" if 0 < len(one.text.strip()) <= _TINY else ""
    )
    return side + size


def _channel(one: Post) -> str:
    if not one.is_ours:
        return ""
    return _("%(handle)s on %(network)s") % {
        "handle": one.channel.handle,
        "network": network(one.network),
    }


def _corrected(marks: Sequence[Mark]) -> str:
    said = [mark.value for mark in marks if mark.kind == "corrected_kind"]
    return said[-1].partition(" ")[0] if said else ""


def _attached(one: Post, place: int, media: Media) -> Attached:
    names = {"image": _("Picture"), "video": _("Video"), "audio": _("Sound")}
    shows = media.alt_text or _("nobody has said what it shows")
    words = _("%(what)s: %(shows)s") % {
        "what": names.get(media.kind, _("Attachment")),
        "shows": shows,
    }
    is_gone = one.deleted_at is not None
    address = "" if is_gone else picture_of(one.pk, place, media.address)
    return Attached(words=words, alt=shows, address=address)


def _deeds(one: Post, counted: Mapping[str, int]) -> list[Deed]:
    liked, shared = bool(counted.get("our like")), bool(counted.get("our share"))
    found = [
        Deed(
            address=address("react", one.pk, "unlike" if liked else "like"), icon="heart",
            title=_("Liked") if liked else _("Like"), is_done=liked,
        )
    ]  # fmt: skip
    if not one.is_private:
        found.append(
            Deed(
                address=address("react", one.pk, "unshare" if shared else "share"),
                icon="repeat-2", title=_("Shared") if shared else _("Share"), is_done=shared,
            )
        )  # fmt: skip
    return found


def _signals(likes: int | None, shares: int | None, counted: Mapping[str, int]) -> str:
    many_likes = max(likes or 0, counted.get("like", 0))
    many_shares = max(shares or 0, counted.get("share", 0))
    parts = []
    if many_likes:
        parts.append(ngettext("%(n)s like", "%(n)s likes", many_likes) % {"n": number(many_likes)})
    if many_shares:
        parts.append(
            ngettext("%(n)s share", "%(n)s shares", many_shares) % {"n": number(many_shares)}
        )
    return ", ".join(parts)

"""One message on a network, public or private, ours or theirs."""

from dataclasses import dataclass, field
from typing import Literal

Nesting = Literal["threaded", "flat", "chat"]
Visibility = Literal["public", "followers", "private"]


@dataclass(frozen=True, slots=True)
class Mention:
    """An account named in a post; not `is_new` where the network copied the parent's handles.

    A reader that cannot know says None and `collection` infers it from the parent. `account` is a
    remote id, or "@handle" where only that is known: `collection` finds the id.
    """

    account: str
    is_new: bool | None = True


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a post; `leads_to` is the remote id of the post it opens, where it is one."""

    address: str
    title: str | None = None
    leads_to: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """Something attached: image, video, audio or other, with its description for the blind.

    `address` is where the network shows it, the smaller picture where it has two; no part of what
    it is, as networks move such things about.
    """

    kind: str
    alt_text: str | None = None
    address: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Version:
    """A text that stood until `replaced_at`, when an edit replaced it."""

    replaced_at: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post; ids and authors are remote ids on the same network, times are microseconds UTC.

    `root` and `parent` may name posts that we do not have. A plain share has `shared` and no
    text of its own. `is_reply` is for files that say so without naming the parent. `language` is
    what the network says, not what we read. Counts are as seen at `observed_at`.
    """

    network: str
    id: str
    author: str
    said_at: int
    text: str = ""
    address: str | None = None
    language: str | None = None
    visibility: Visibility = "public"
    nesting: Nesting = "threaded"
    parent: str | None = None
    parent_author: str | None = None
    root: str | None = None
    root_author: str | None = None
    quoted: str | None = None
    quoted_author: str | None = None
    shared: str | None = None
    shared_author: str | None = None
    is_reply: bool = False
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    media: tuple[Media, ...] = ()
    poll: tuple[str, ...] = ()
    client: str | None = None
    automatic: bool = False
    deleted_at: int | None = None
    author_followers: int | None = None
    observed_at: int | None = None
    seen_replies: int | None = None
    seen_shares: int | None = None
    seen_likes: int | None = None
    earlier: tuple[Version, ...] = ()

"""What a network offers to commands and desk. Read this file first.

A network lives in `networks/<name>/connector` (a module or a package) and puts one `Network` there
under the name NETWORK; `registry` finds it. `Network.open` gives a `Connector`: one account's way
in and out, or, without credentials, what the public may read.

In: `pull` hands out pages of raw answers, oldest first, each with the cursor to keep once the page
is stored; `parse` turns raw answers into the core's dataclasses, pure, so that a better parser can
read old answers anew. At least once: whoever receives merges by identity. Networks that only hand
out the newest first are walked backwards (`backwards`): the first walk of a long history comes in
legs, the newest leg first, each of them oldest first.
Out: `send` carries a key; the same key never publishes twice. Where a network cannot promise that,
a lost answer raises errors.Unknown and `find` looks the post up.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from twoway.collection.records import Record
from twoway.connectors.door import Door
from twoway.core.accounts import Account
from twoway.core.coverage import Coverage, Stream
from twoway.core.posts import Visibility

Can = Literal[
    "answer",
    "publish",
    "quote",
    "message",
    "like",
    "share",
    "follow",
    "vote",
    "poll",
    "edit",
    "delete",
    "media",
    "content_warning",
    "visibility",
    "listen",
]
"""What a channel can do besides reading; a network lists what it has, the desk shows no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What fits into a post; None where the network sets no limit.

    `counted` says in what `characters` is counted; an address counts as `address_counts` of them
    where that is fixed. `per_server` limits are those of a usual server: `Connector.limits` has
    what this one says.
    """

    characters: int | None = None
    counted: Literal["characters", "graphemes", "bytes"] = "characters"
    utf8_bytes: int | None = None
    address_counts: int | None = None
    mention_counts_name_only: bool = False
    warning_counts: bool = False
    media: int = 0
    media_bytes: int | None = None
    media_types: tuple[str, ...] = ()
    alt_characters: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One field of the connect form, from which command and desk draw it.

    A `secret` is never shown again, logged or put on a command line. Of `choices`, by what a person
    calls them, the form offers no others.
    """

    name: str
    label: str
    explanation: str = ""
    secret: bool = False
    required: bool = True
    example: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Something a network hands out in one go: an author's posts, notifications, a thread.

    `covers` are the streams of the account that it holds. `is_public` feeds need no credentials.
    `every` is how often asking is polite and useful, in seconds. A feed `about` a post is given
    that post's remote id in place of an account's, and is asked for only when a thread is opened.
    """

    name: str
    covers: frozenset[Stream]
    is_public: bool
    every: int = 60
    about: Literal["account", "post"] = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One answer as the network gave it, or one item of it: bytes with what they are.

    `kind` is the network's own word for what `parse` will find in it ("notification", "status").
    `fetched_at` is µs UTC. `about` is the account (remote id) it was fetched for.
    """

    network: str
    kind: str
    body: bytes
    fetched_at: int
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Raw answers, oldest first, and the cursor to keep when they are stored.

    A page without items is told for its cursor, its coverage, or `reached` alone.

    `reached` is the time (µs UTC) up to which a walk backwards has come, for progress. `coverage`
    says what the walk has covered so far; `is_last` where there is nothing more for now.
    """

    items: tuple[Raw, ...]
    cursor: str
    reached: int | None = None
    coverage: tuple[Coverage, ...] = ()
    is_last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Media to send: its bytes, its type ("image/png") and its description for the blind."""

    content: bytes
    type: str
    alt_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A post to send: an answer where `answers` names a post, else an original.

    `to` are the handles that must be named so that the people hear; the connector adds what the
    network needs and the text lacks. `visibility` None keeps that of the post answered.
    """

    text: str
    answers: str | None = None
    quotes: str | None = None
    to: tuple[str, ...] = ()
    visibility: Visibility | None = None
    language: str | None = None
    content_warning: str | None = None
    media: tuple[Picture, ...] = ()
    poll: tuple[str, ...] = ()
    poll_hours: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A private message to `to` (remote id of an account), in `conversation` where one goes on."""

    text: str
    to: str
    conversation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    """Like or share `post`, or take that back."""

    kind: Literal["like", "share"]
    post: str
    undo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowAccount:
    """Follow `account` (remote id), or no longer."""

    account: str
    undo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """Choose answers of the poll in `post`, by their places from 0."""

    post: str
    choices: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Replace the text of our own `post`."""

    post: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Take our own `post` down."""

    post: str


Action = Say | Message | React | FollowAccount | Vote | Change | Delete


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What makes a send unrepeatable: a random text, and when it was made (µs UTC).

    Equal keys mean equal actions. Some networks forget keys after a while, so its age counts.
    `is_first` says that this key was surely never tried: it spares networks looking it up, which
    otherwise they do before they send.
    """

    text: str
    made_at: int
    is_first: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the network made of an action: the post's remote id and address, and when (µs UTC).

    `is_repeat` where the network says that this key had been sent before. `raw` is its answer for
    `parse`, where that tells the whole post: what the public sees may differ from what was sent.
    """

    id: str
    address: str | None = None
    sent_at: int | None = None
    is_repeat: bool = False
    raw: Raw | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Does it work, since when, and what does it need? `needs` is empty where all is well."""

    works: bool
    account: Account | None = None
    needs: str = ""
    since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What an address or handle that a person typed means: an account, with what may be read of it."""

    account: Account
    may_be_audited: bool = True
    why_not: str = ""


class Connector(Protocol):
    """One way into a network: as an account of ours, or as the public."""

    limits: Limits
    """As this very server states them, where it does."""

    async def check(self) -> Health:
        """Prove the account, before anything is saved and whenever somebody asks."""
        ...

    async def resolve(self, name: str) -> Resolved:
        """Find the account meant by a handle, a domain or an address. Raises GiveUp where none is."""
        ...

    def pull(
        self, feed: str, cursor: str | None, account: str | None = None, since: int | None = None
    ) -> AsyncIterator[Page]:
        """Hand out what is new in a feed after `cursor`, oldest first; None begins at `since`.

        `account` (remote id) is whom the feed is about, ours where None. Ends when all is told.
        """
        ...

    def parse(self, raw: Raw) -> Iterable[Record]:
        """Say what a raw answer holds; pure. What cannot be read becomes a Rejected, never an error."""
        ...

    async def send(self, action: Action, key: Key) -> Sent:
        """Do it, at most once for a key. Raises TryLater, Reconnect, GiveUp or Unknown."""
        ...

    async def find(self, action: Action, key: Key) -> Sent | None:
        """Look up what became of a send whose answer was lost; None where nothing stands of it."""
        ...

    def listen(self, cursor: str | None) -> AsyncIterator[Page]:
        """Hand out what happens as it happens, from `cursor` on where the network remembers.

        A hint beside `pull`, which is the truth. Only where the network can "listen".
        """
        ...

    async def disconnect(self) -> None:
        """Revoke the credentials at the network."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What proves an account to a network; `secrets` never leave the store but for the network.

    A connector that is given new ones (a refreshed token) keeps them by `Keeper.keep`.
    """

    network: str
    account: str
    handle: str
    server: str | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


class Keeper(Protocol):
    """Where a connector keeps refreshed credentials: one writer at a time over all processes."""

    def read(self) -> Credentials:
        """Return them as they are now: another process may have refreshed them meanwhile."""
        ...

    def keep(self, credentials: Credentials) -> None:
        """Replace them; on disk before it returns."""
        ...

    def locked(self) -> "Lock":
        """Return what serialises a refresh across tasks and processes."""
        ...


class Lock(Protocol):
    """Held by one task of one process at a time."""

    async def __aenter__(self) -> None: ...
    async def __aexit__(self, *error: object) -> None: ...


class Connecting(Protocol):
    """How an account is connected: by a form alone, or by the network's own page (OAuth)."""

    async def begin(self, settings: Mapping[str, str], return_to: str) -> "Credentials | Visit":
        """Return credentials already proved, or the page that the person must visit."""
        ...

    async def finish(self, visit: "Visit", answer: Mapping[str, str]) -> Credentials:
        """Turn what the network's page sent back into proved credentials."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A page of the network where a person says yes; `remember` is secret and ours alone."""

    address: str
    remember: Mapping[str, str] = field(default_factory=dict, repr=False)


class Network(Protocol):
    """A network as a whole: what it is called, what it can do, how one gets in."""

    name: str
    """As in every table: "bluesky"."""
    title: str
    """As people write it: "Bluesky"."""
    can: frozenset[Can]
    limits: Limits
    feeds: tuple[Feed, ...]
    settings: Sequence[Setting]
    """The connect form."""
    retention_days: int | None
    """How long the network lets others' posts be kept; None where it sets no limit."""
    key_lasts: int | None
    """How long the network remembers a key, in seconds; 0 where it has none, None for ever."""

    def means(self, name: str) -> bool:
        """Tell from its look alone whether a handle or address belongs to this network."""
        ...

    def public(self, door: Door) -> Connector:
        """Open what may be read without credentials."""
        ...

    def open(self, door: Door, keeper: Keeper) -> Connector:
        """Open as the account whose credentials the keeper holds."""
        ...

    def connecting(self, door: Door) -> Connecting:
        """Begin to connect an account."""
        ...

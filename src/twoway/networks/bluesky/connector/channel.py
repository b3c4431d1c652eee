"""One way into Bluesky: as an account of ours, or as the public."""

from collections.abc import AsyncIterator, Iterable
from typing import Final

from twoway.collection.records import Record
from twoway.connectors.door import Door
from twoway.connectors.errors import ConnectorError, GiveUp, Reconnect
from twoway.connectors.interface import Action, Health, Keeper, Key, Page, Raw, Resolved, Sent
from twoway.networks.bluesky.connector import parsing
from twoway.networks.bluesky.connector.directory import Directory
from twoway.networks.bluesky.connector.feeds import FEEDS, pages
from twoway.networks.bluesky.connector.hosts import Hosts
from twoway.networks.bluesky.connector.jetstream import Listener
from twoway.networks.bluesky.connector.limits import LIMITS
from twoway.networks.bluesky.connector.names import actor_of
from twoway.networks.bluesky.connector.oauth.session import KIND, OAuth
from twoway.networks.bluesky.connector.password import Password
from twoway.networks.bluesky.connector.reading.subject import Subject
from twoway.networks.bluesky.connector.sending.actions import Actions
from twoway.networks.bluesky.connector.sending.records import Records
from twoway.networks.bluesky.connector.views import read_account, wants_no_strangers
from twoway.networks.bluesky.connector.xrpc import Refused, Xrpc

NOT_SIGNED_IN: Final = "This needs an account: connect one with `twoway connect bluesky`."
_SHY: Final = (
    "This account asks not to be shown to anybody who is not signed in, so it is not audited "
    "without an account. Connect one with `twoway connect bluesky`."
)


class Public:
    """What everybody may read, from the app view that answers without credentials."""

    limits = LIMITS
    is_public = True

    def __init__(self, door: Door, hosts: Hosts) -> None:
        self._door = door
        self._hosts = hosts
        self._directory = Directory(door, hosts)
        self._xrpc = Xrpc(door, hosts.public)

    async def check(self) -> Health:
        """Tell whether the app view answers."""
        try:
            await self._xrpc.ask("app.bsky.actor.getProfiles", {"actors": ["bsky.app"]})
        except ConnectorError as error:
            return Health(works=False, needs=error.why)
        return Health(works=True)

    async def resolve(self, name: str) -> Resolved:
        """Find an account by handle, domain, DID, or the address of a profile or post."""
        actor = actor_of(name)
        if actor is None:
            raise GiveUp(
                "{name} is no handle, domain or address of an account on Bluesky.", name=name[:200]
            )
        try:
            view = await self._xrpc.ask("app.bsky.actor.getProfile", {"actor": actor})
        except Refused as error:
            raise GiveUp(
                "There is no account {actor} on Bluesky. ({why})", actor=actor, why=error.why
            ) from error
        is_shy = self.is_public and wants_no_strangers(view)
        return Resolved(
            account=read_account(view, self._door.clock.now()),
            may_be_audited=not is_shy,
            why_not=_SHY if is_shy else "",
        )

    async def pull(
        self, feed: str, cursor: str | None, account: str | None = None, since: int | None = None
    ) -> AsyncIterator[Page]:
        """Hand out what is new in a feed; see feeds.FEEDS for which there are."""
        about = account or self._account()
        if self.is_public and any(one.name == feed and not one.is_public for one in FEEDS):
            raise GiveUp(NOT_SIGNED_IN)
        xrpc = await self._server_of(about) if feed == "likes" else self._xrpc
        async for page in pages(feed, Subject(about, xrpc), cursor, since, self._hosts.chat):
            yield page

    def parse(self, raw: Raw) -> Iterable[Record]:
        """Say what a raw answer holds."""
        return parsing.parse(raw, is_public=self.is_public)

    async def send(self, action: Action, key: Key) -> Sent:
        """Refuse: the public says nothing."""
        raise GiveUp(NOT_SIGNED_IN)

    async def find(self, action: Action, key: Key) -> Sent | None:
        """Refuse: the public has sent nothing."""
        raise GiveUp(NOT_SIGNED_IN)

    def listen(self, cursor: str | None) -> AsyncIterator[Page]:
        """Refuse: the stream is filtered for an account."""
        raise GiveUp(NOT_SIGNED_IN)

    async def disconnect(self) -> None:
        """Nothing is connected, so nothing is to be revoked."""

    def _account(self) -> str:
        """Return whom a feed is about where nobody is named."""
        raise GiveUp("Say whose posts are to be read.")

    async def _server_of(self, account: str) -> Xrpc:
        """Return the account's own server, which holds its repository."""
        home = await self._directory.home_of(account)
        return Xrpc(self._door, home.server)


class Channel(Public):
    """An account of ours."""

    is_public = False

    def __init__(self, door: Door, hosts: Hosts, keeper: Keeper) -> None:
        super().__init__(door, hosts)
        self._known = keeper.read()
        if self._known.server is None:
            raise Reconnect("This channel does not say where its server is. Connect it again.")
        is_oauth = self._known.secrets.get("kind") == KIND
        self._prover = OAuth(door, keeper) if is_oauth else Password(door, keeper)
        self._xrpc = Xrpc(door, self._known.server, self._prover)
        self._actions = Actions(Records(self._xrpc, hosts.jetstream), hosts.chat)

    async def check(self) -> Health:
        """Prove the account to its server."""
        try:
            await self._xrpc.ask("com.atproto.server.getSession")
            found = await self.resolve(self._known.account)
        except ConnectorError as error:
            return Health(works=False, needs=error.why)
        return Health(works=True, account=found.account)

    async def send(self, action: Action, key: Key) -> Sent:
        """Do it, at most once for a key."""
        return await self._actions.send(action, key)

    async def find(self, action: Action, key: Key) -> Sent | None:
        """Look up what stands of an action."""
        return await self._actions.find(action, key)

    def listen(self, cursor: str | None) -> AsyncIterator[Page]:
        """Hand out posts that name us, answer us or quote us, as they are written."""
        listener = Listener(
            self._door, self._hosts.jetstream, self._known.account, (self._known.handle,)
        )
        return listener.pages(cursor)

    async def disconnect(self) -> None:
        """Revoke the session at the server."""
        await self._prover.end()

    def _account(self) -> str:
        return self._known.account

    async def _server_of(self, account: str) -> Xrpc:
        own = account == self._known.account
        return self._xrpc if own else await super()._server_of(account)

"""Our account on a server: everything that it can hear, and all that it can do."""

from collections.abc import AsyncIterator, Iterable

from twoway.collection.records import Record
from twoway.collection.values import identifier, mapping
from twoway.connectors.door import Door
from twoway.connectors.errors import ConnectorError, GiveUp
from twoway.connectors.interface import Action, Health, Keeper, Key, Page, Raw, Resolved, Sent
from twoway.networks.mastodon.connector import connecting, resolving
from twoway.networks.mastodon.connector.entities import reading
from twoway.networks.mastodon.connector.entities.accounts import completed, read_account
from twoway.networks.mastodon.connector.entities.instance import USUAL
from twoway.networks.mastodon.connector.hearing import feeds, streaming
from twoway.networks.mastodon.connector.names import read_name
from twoway.networks.mastodon.connector.place import Place
from twoway.networks.mastodon.connector.sending.sender import Sender
from twoway.networks.mastodon.connector.server import VERIFY, Server


class AccountConnector:
    """A connected account; its credentials never change, they are only revoked."""

    def __init__(self, door: Door, keeper: Keeper) -> None:
        self.limits = USUAL
        self._held = keeper.read()
        token = self._held.secrets.get("token", "")
        server = Server(door, self._held.server or "", token, self._held.account)
        self._place = Place(server)
        self._sender = Sender(self._place)

    async def check(self) -> Health:
        """Prove the account at its server."""
        try:
            await self._prove()
        except ConnectorError as error:
            return Health(works=False, needs=error.why)
        return Health(works=True, account=read_account(self._place.us, self._place.now))

    async def resolve(self, name: str) -> Resolved:
        """Find an account as our server sees it, which asks others about those it never met."""
        typed = read_name(name)
        if typed is None:
            raise GiveUp(
                "‘{name}’ is no account here. Write it like @museum@server.example.",
                name=name[:100],
            )
        is_here = typed.address == self._place.server.address
        account = await resolving.find(self._place, typed.user if is_here else typed.handle)
        return resolving.resolved(account, self._place.now)

    async def pull(
        self, feed: str, cursor: str | None, account: str | None = None, since: int | None = None
    ) -> AsyncIterator[Page]:
        """Walk a feed about our account, or a public one about another."""
        await self._ready()
        about = account or self._held.account
        async for page in feeds.pull(self._place, feed, cursor, about, since):
            yield page

    def parse(self, raw: Raw) -> Iterable[Record]:
        """Say what a raw answer holds."""
        return reading.read(raw)

    async def send(self, action: Action, key: Key) -> Sent:
        """Do it, at most once for a key."""
        await self._ready()
        return await self._sender.send(action, key)

    async def find(self, action: Action, key: Key) -> Sent | None:
        """Look up what became of a send whose answer was lost."""
        await self._ready()
        return await self._sender.find(action, key)

    async def listen(self, cursor: str | None) -> AsyncIterator[Page]:
        """Hear from the server's stream; raises GiveUp where it has none."""
        await self._ready()
        async for page in streaming.listen(self._place, self._held.account, cursor or ""):
            yield page

    async def disconnect(self) -> None:
        """Revoke the token at the server."""
        await connecting.revoke(self._place.server, self._held.secrets)

    async def _ready(self) -> None:
        if not self._place.us:
            await self._prove()

    async def _prove(self) -> None:
        """Learn who we are there, and what this server takes."""
        us = mapping(await self._place.server.get(VERIFY))
        if identifier(us.get("id")) is None:
            raise GiveUp("{host} does not say who we are.", host=self._place.server.host)
        instance = await self._place.server.instance()
        self._place.us = completed(us, instance.domain)
        self._place.known.meet(us, self._held.account)
        self.limits = instance.limits
